import JSON
import Results
import StudyDefinition
import StudyRunner

/// A study that came as a line, answered.
struct StreamedStudy: Sendable {
  enum Status: String, CaseIterable, Sendable {
    case completed
    /// An analysis failed.
    case failed
    /// A published value did not come out.
    case differs
    /// The study definition or data are not as expected.
    case invalid
    /// Data that it names cannot be read.
    case unreadable

    /// Whether `--fail-fast` begins no further study.
    var stops: Bool { self != .completed && self != .differs }
  }

  let status: Status
  /// The answer, with its line feed.
  let line: String
  /// How the analyses ended, where they were begun.
  let results: StudyStatus?

  /// Computes the study in `line`.
  static func answer(
    to line: LineSource.Line, by workforce: Workforce, failFast: Bool
  ) async -> StreamedStudy {
    guard let bytes = line.bytes else {
      let found = "a line of more than \(LineSource.maximumLength) bytes"
      return StreamedStudy(
        line.number, study: nil, .invalid,
        [["found": .string(found), "expected": "a study"]])
    }
    do {
      let plan = try StudyPlan(bytes) { name throws(UnreadableFile) in
        do throws(InputError) { return try FileInput(name).bytes } catch {
          throw UnreadableFile(reason: error.reason)
        }
      }
      let outcome = try await plan.run(
        by: workforce, only: nil, failFast: failFast, program: ProgramIdentity.current,
        progress: { _ in })
      return StreamedStudy(line.number, outcome.results)
    } catch let invalid as InvalidStudy {
      let id = (try? JSONDocument(bytes))?.root[member: "id"]?.asString
      return StreamedStudy(
        line.number, study: id, invalid.unreadableFiles.isEmpty ? .invalid : .unreadable,
        invalid.faults.map(\.json))
    } catch {
      preconditionFailure("a study in memory failed with \(error)")
    }
  }

  private init(_ number: Int, _ results: StudyResults) {
    let summary = StudyStatus(results)
    status = summary.hasFailed ? .failed : summary.isComplete ? .completed : .differs
    self.results = summary
    var text = OneLine(Self.opening(number, study: results.id, status))
    text.write(",\"published\":" + summary.published.json.compact + ",\"results\":")
    results.writeNestedJSON(to: &text)
    text.write("}")
    line = text.text + "\n"
  }

  private init(_ number: Int, study: String?, _ status: Status, _ faults: [JSONValue]) {
    self.status = status
    results = nil
    line =
      Self.opening(number, study: study, status) + ",\"faults\":"
      + JSONValue.array(faults).compact + "}\n"
  }

  private static func opening(_ number: Int, study: String?, _ status: Status) -> String {
    let members: JSONValue = [
      "line": .integer(number), "study": study.map { .string($0) } ?? .null,
      "status": .string(status.rawValue),
    ]
    return String(members.compact.dropLast())
  }
}

extension Fault {
  /// The line is that of the stream, so the column alone is told.
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      (key: "column", value: .integer(position.column)), (key: "pointer", value: .string(pointer)),
      (key: "found", value: .string(found)), (key: "expected", value: .string(expected)),
    ]
    if let suggestion { members.append((key: "suggestion", value: .string(suggestion))) }
    return .object(members)
  }
}

/// JSON without the line feeds and the indentation behind them, which in JSON never stand in a text.
private struct OneLine: TextOutputStream {
  private(set) var text: String
  private var isIndentation = false

  init(_ text: String) {
    self.text = text
  }

  mutating func write(_ piece: String) {
    for line in piece.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.offset > 0 { isIndentation = true }
      let rest = isIndentation ? line.element.drop { $0 == " " } : line.element
      if !rest.isEmpty { isIndentation = false }
      text += rest
    }
  }
}
