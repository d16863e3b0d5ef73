/// A seeded stream of random numbers that can be split by name into independent streams.
///
/// SplitMix64: the state advances by an odd constant of the stream, and a bit mixer turns each
/// state into an output. Steele, Lea & Flood (2014), OOPSLA '14, 453.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private var state: UInt64
  private let gamma: UInt64

  public init(seed: UInt64) {
    self.init(state: seed, gamma: 0x9e37_79b9_7f4a_7c15)
  }

  private init(state: UInt64, gamma: UInt64) {
    self.state = state
    self.gamma = gamma
  }

  public mutating func next() -> UInt64 {
    state &+= gamma
    return Self.mixed(state)
  }

  /// A number uniform on the open interval (0, 1), one of the 2⁵² midpoints (k + ½) 2⁻⁵².
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// The stream called `name` at this place of this stream, which does not advance.
  ///
  /// It depends on the name and not on which other streams were split before.
  public func split(named name: String) -> RandomStream {
    split(by: Self.mixed(Self.hash(name)))
  }

  /// The stream whose state differs by `difference`.
  func split(by difference: UInt64) -> RandomStream {
    let place = state ^ difference
    return RandomStream(
      state: Self.mixed(place), gamma: Self.mixedGamma(place &+ 0x9e37_79b9_7f4a_7c15))
  }

  /// A bijection of 64 bits with good avalanche: Stafford's thirteenth variant.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// An odd increment with enough bit changes.
  private static func mixedGamma(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 33)) &* 0xff51_afd7_ed55_8ccd
    z = (z ^ (z >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    z = (z ^ (z >> 33)) | 1
    return (z ^ (z >> 1)).nonzeroBitCount < 24 ? z ^ 0xaaaa_aaaa_aaaa_aaaa : z
  }

  /// FNV-1a, 64 bits, of the UTF-8 bytes: the same on every machine, unlike `Hasher`.
  private static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
