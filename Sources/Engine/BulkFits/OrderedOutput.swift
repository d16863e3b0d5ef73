import Foundation

/// Text that threads bring chunk by chunk, as they finish, and that is written in the order of the
/// chunks.
///
/// Whoever brings the chunk that is next writes it and those after it that wait; whoever is too far
/// ahead waits, so that what waits is bounded.
package final class OrderedOutput: Sendable {
  /// How many chunks may wait.
  private static let window = 16

  /// Writes text at an offset from the beginning.
  private let write: @Sendable ([UInt8], Int) throws(UnwritableFile) -> Void
  private let condition = NSCondition()
  // Touched only by who holds the condition's lock.
  nonisolated(unsafe) private var waiting: [Int: [UInt8]] = [:]
  nonisolated(unsafe) private var next = 0
  nonisolated(unsafe) private var offset = 0
  nonisolated(unsafe) private var isWriting = false
  nonisolated(unsafe) private var isStopped = false
  nonisolated(unsafe) private var spare: [[UInt8]] = []

  package init(_ write: @escaping @Sendable ([UInt8], Int) throws(UnwritableFile) -> Void) {
    self.write = write
  }

  /// Takes the text of `chunk`.
  ///
  /// - Throws: the failure to write it, or one that had to wait for it.
  package func deliver(_ bytes: consuming [UInt8], of chunk: Int) throws(UnwritableFile) {
    condition.lock()
    defer { condition.unlock() }
    while chunk >= next + Self.window, !isStopped { condition.wait() }
    guard !isStopped else { return }
    waiting[chunk] = bytes
    guard !isWriting else { return }
    isWriting = true
    while !isStopped, var text = waiting.removeValue(forKey: next) {
      let start = offset
      condition.unlock()
      let outcome = Result { () throws(UnwritableFile) in try write(text, start) }
      condition.lock()
      offset += text.count
      text.removeAll(keepingCapacity: true)
      spare.append(text)
      next += 1
      condition.broadcast()
      if case .failure(let error) = outcome {
        isStopped = true
        throw error
      }
    }
    isWriting = false
  }

  /// An empty buffer, perhaps one that was used before.
  func buffer() -> [UInt8] {
    condition.lock()
    defer { condition.unlock() }
    return spare.popLast() ?? []
  }

  /// Wakes all who wait, for whom nothing will come any more.
  package func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }
}
