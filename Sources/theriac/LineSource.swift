import Foundation
import StudyRunner
import Synchronization

/// The lines of standard input, read by a thread of their own as far ahead as one line.
///
/// So a program that waits for each answer before it sends the next study is answered at once.
final class LineSource: Sendable {
  /// A line without its end.
  struct Line: Sendable {
    /// From 1.
    let number: Int
    /// `nil` where it is too long to be held.
    let bytes: [UInt8]?
  }

  /// A study of so many bytes is a mistake, and memory is bounded.
  static let maximumLength = 1 << 28

  private struct State {
    var ready: Line?
    var hasEnded = false
    var waiter: CheckedContinuation<Line?, Never>?
    var failure: InputError?
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)

  init() {
    room.signal()
    let thread = Thread { self.readAll() }
    thread.start()
  }

  /// The next line that is not blank, or `nil` behind the last.
  ///
  /// One call at a time.
  func next() async -> Line? {
    await withCheckedContinuation { continuation in
      let (line, isKnown) = state.withLock { state -> (Line?, Bool) in
        if let line = state.ready {
          state.ready = nil
          room.signal()
          return (line, true)
        }
        guard !state.hasEnded else { return (nil, true) }
        state.waiter = continuation
        return (nil, false)
      }
      if isKnown { continuation.resume(returning: line) }
    }
  }

  /// Gives no line any more.
  func end() {
    let waiter = state.withLock { state in
      state.hasEnded = true
      state.ready = nil
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: nil)
  }

  /// Why the input ended where it should not have.
  var failure: InputError? { state.withLock(\.failure) }

  private func readAll() {
    var lines = LineSplitter()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        let failure = InputError("standard input", errno: errno)
        state.withLock { $0.failure = failure }
      }
      guard count > 0 else { break }
      lines.split(piece[..<count], give)
    }
    lines.finish(give)
    room.wait()
    end()
  }

  private func give(_ line: Line) {
    room.wait()
    let waiter = state.withLock { state -> CheckedContinuation<Line?, Never>? in
      guard let waiter = state.waiter else {
        state.ready = line
        return nil
      }
      state.waiter = nil
      return waiter
    }
    guard let waiter else { return }
    room.signal()
    waiter.resume(returning: line)
  }
}

/// Divides what is read into lines, and leaves out blank ones.
private struct LineSplitter {
  private var number = 1
  private var line: [UInt8] = []
  private var isTooLong = false

  mutating func split(_ bytes: ArraySlice<UInt8>, _ give: (LineSource.Line) -> Void) {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<end])
      finish(give)
      rest = rest[(end + 1)...]
    }
    append(rest)
  }

  /// Ends the line that was begun.
  mutating func finish(_ give: (LineSource.Line) -> Void) {
    defer {
      number += 1
      (line, isTooLong) = ([], false)
    }
    if isTooLong { return give(LineSource.Line(number: number, bytes: nil)) }
    let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if !isBlank { give(LineSource.Line(number: number, bytes: line)) }
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard !isTooLong, line.count + bytes.count <= LineSource.maximumLength else {
      (line, isTooLong) = ([], true)
      return
    }
    line += bytes
  }
}
