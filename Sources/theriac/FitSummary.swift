import BulkFits
import Foundation
import JSON
import Results

extension BulkFitSummary {
  /// How many curves, how fast, and how they fared.
  func text(output: String?) -> String {
    let name = statuses.map(\.name.count).max() ?? 0
    let digits = String(curveCount).count
    let lines = statuses.map { status in
      let share = 100 * Double(status.count) / Double(max(curveCount, 1))
      return "  \(status.name.padding(toLength: name, withPad: " ", startingAt: 0))  "
        + String(repeating: " ", count: digits - String(status.count).count)
        + "\(status.count)  \(String(format: "%.1f", share)) %\n"
    }
    let speed =
      "\(counted(curveCount, "curve")) in \(String(format: "%.2f", elapsedTime)) s: "
      + "\(rate(curveCount, elapsedTime)) with \(counted(jobs, "job"))\n"
    guard let output else { return speed + lines.joined() }
    let names = output.hasSuffix(".npy") ? ", columns \(columns.joined(separator: ","))" : ""
    return speed + lines.joined() + "Results: \(output)\(names)\n"
  }

  /// The same for programs; the times of reading, fitting and writing are summed over threads.
  var json: JSONValue {
    [
      "curves": .integer(curveCount), "converged": .integer(convergedCount),
      "statuses": .object(statuses.map { (key: $0.name, value: .integer($0.count)) }),
      "columns": .array(columns.map { .string($0) }),
      "read_seconds": .number(readingTime), "fit_seconds": .number(fitTime),
      "write_seconds": .number(writingTime), "seconds": .number(elapsedTime),
      "jobs": .integer(jobs),
    ]
  }
}
