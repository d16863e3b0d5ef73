/// Room for numbers, used again and again by one thread.
final class Scratch {
  private var numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: 0)

  deinit { numbers.deallocate() }

  /// Room for `count` numbers, whose values are anything.
  func buffer(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    if numbers.count < count {
      numbers.deallocate()
      numbers = .allocate(capacity: count)
      numbers.initialize(repeating: 0)
    }
    return UnsafeMutableBufferPointer(rebasing: numbers[..<count])
  }
}
