/// A seeded generator of 64 random bits at a time: Steele, Lea & Flood (2014), OOPSLA '14, 453.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// An index of a list of `count`, which is not empty.
  mutating func index(below count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  /// One of `choices`, which are not empty.
  mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
    guard let element = choices.randomElement(using: &self) else {
      preconditionFailure("nothing to choose from")
    }
    return element
  }
}
