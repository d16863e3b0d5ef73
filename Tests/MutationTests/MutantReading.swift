import Glibc
import JSON
import StudyDefinition
import StudyRunner
import TestSupport

/// What came of reading a mutant, and what was wrong with that.
struct MutantReading {
  let mutant: Mutant
  private(set) var faults: [Fault] = []
  private(set) var complaints: [String] = []
  let duration: Duration

  /// Longer than this is a hang: the whole of a study is read in some milliseconds.
  static let bound = Duration.seconds(10)

  init(_ mutant: Mutant) {
    self.mutant = mutant
    let start = Self.processorTime
    var invalid: InvalidStudy?
    do throws(InvalidStudy) {
      _ = try StudyPlan(mutant.bytes) { name throws(UnreadableFile) in
        guard let bytes = mutant.files[name] else { throw UnreadableFile(reason: "no such file") }
        return bytes
      }
    } catch {
      invalid = error
    }
    duration = Self.processorTime - start
    if duration > Self.bound { complaints.append("it took \(duration)") }
    guard let invalid else { return }
    faults = invalid.faults
    if faults.isEmpty { complaints.append("it was refused without a fault") }
    if faults.map(\.position).sorted() != faults.map(\.position) {
      complaints.append("its faults are not in the order of the file")
    }
    let text = SourceText(mutant.bytes)
    let document = try? JSONDocument(mutant.bytes)
    let end = text.position(of: mutant.bytes.count)
    for fault in faults {
      if fault.position < Position(line: 1, column: 1) || fault.position > end {
        complaints.append("no such place: \(fault)")
      }
      if fault.found.isEmpty || fault.expected.isEmpty {
        complaints.append("nothing found or expected: \(fault)")
      }
      if let document, !document.root.has(fault.pointer) {
        complaints.append("no such value: \(fault)")
      }
    }
  }

  /// What this thread has used: a loaded machine makes no hang.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// The mutant that took longest.
  struct Slowest: CustomStringConvertible {
    private var index = 0
    private var duration = Duration.zero

    mutating func note(_ reading: MutantReading) {
      guard reading.duration > duration else { return }
      (index, duration) = (reading.mutant.index, reading.duration)
    }

    var description: String { "slowest number \(index) in \(duration)" }
  }
}

extension JSONNode {
  /// Whether the JSON Pointer `text` leads to a value of this document.
  fileprivate func has(_ text: String) -> Bool {
    guard !text.isEmpty else { return true }
    guard text.hasPrefix("/") else { return false }
    var nodes = [self]
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
      // A key may stand there several times.
      nodes = nodes.flatMap { node -> [JSONNode] in
        switch node.value {
        case .object(let members): members.filter { $0.key == key }.map(\.value)
        case .array(let elements):
          Int(key).map { elements.indices.contains($0) ? [elements[$0]] : [] } ?? []
        case .null, .bool, .number, .string: []
        }
      }
    }
    return !nodes.isEmpty
  }
}
