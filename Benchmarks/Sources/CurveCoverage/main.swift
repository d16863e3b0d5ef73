// How often intervals of an ED50 hold the true one, and how often a curve without effect passes as
// flat, in simulated assays.
//
//   CurveCoverage FOLDER SEED CURVES   writes intervals.csv, flatness.csv and samples.csv into FOLDER
//
// Stops with status 1 where a profile interval covers less or more than it should, give or take twice
// the Monte-Carlo error, or has no lower limit or a negative one, or the flatness test is off its level.

import DoseResponse
import Foundation
import Inference
import Probability

guard CommandLine.arguments.count == 4, let seed = UInt64(CommandLine.arguments[2]),
  let count = Int(CommandLine.arguments[3])
else {
  FileHandle.standardError.write(Data("usage: CurveCoverage FOLDER SEED CURVES\n".utf8))
  exit(64)
}
let folder = URL(filePath: CommandLine.arguments[1])
let stream = RandomStream(seed: seed)
let curve = ResponseCurve(.logLogistic4)
var violations: [String] = []

/// `body` for every sample, in order, on all cores.
func forEverySample<Result: Sendable>(
  _ body: @escaping @Sendable (Int) throws -> Result
) async throws -> [Result] {
  let share = 50
  return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
    for start in stride(from: 0, to: count, by: share) {
      group.addTask { (start, try (start..<min(count, start + share)).map(body)) }
    }
    var parts: [Int: [Result]] = [:]
    for try await (start, results) in group { parts[start] = results }
    return parts.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}

func write(_ rows: [String], _ name: String) throws {
  try (rows.joined(separator: "\n") + "\n")
    .write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
}

print("seed \(seed), \(count) curves a design")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

var rows = ["design,ed50,method,curves,coverage,standard_error,open_below,open_above,negative,none"]
var samples = ["design,dose,mean"]
for design in Design.curves {
  guard let truth = design.ed50 else { continue }
  let intervals = try await forEverySample { index in
    let fit = try CurveSet(curve, [design.sample(index, stream)]).fit()
    return Method.allCases.map { fit.interval($0) }
  }
  for (place, method) in Method.allCases.enumerated() {
    var tally = Tally()
    for found in intervals { tally.count(found[place], truth: truth) }
    let (coverage, error) = (tally.coverage, tally.standardError)
    rows.append(
      "\(design.name),\(truth),\(method.rawValue),\(tally.curves),\(coverage),\(error),"
        + "\(tally.openBelow),\(tally.openAbove),\(tally.negative),\(tally.none)")
    print(rows.last ?? "")
    guard method == .profile else { continue }
    if coverage < design.asked.lowerBound - 2 * error
      || coverage > design.asked.upperBound + 2 * error
    {
      violations.append("\(design.name): profile intervals cover \(coverage)")
    }
    if tally.negative > 0 { violations.append("\(design.name): negative limits") }
    if tally.openBelow > 0 { violations.append("\(design.name): intervals open below") }
    if tally.none > 0 { violations.append("\(design.name): curves without an interval") }
  }
  samples += try design.sample(0, stream).means.map { "\(design.name),\($0.dose),\($0.mean)" }
}
try write(rows, "intervals.csv")
try write(samples, "samples.csv")

let test = FlatnessTest(
  curve, try Design.flat.sample(0, stream), samples: 9999,
  stream: stream.split(named: "calibration"))
let pValues = try await forEverySample { test.pValue(try Design.flat.sample($0, stream)) }
try write(["p"] + pValues.map(\.description), "flatness.csv")
let kept = Double(pValues.count { $0 > 0.05 }) / Double(count)
let error = (0.95 * 0.05 / Double(count)).squareRoot()
print("flat,,flatness test,\(count),\(kept),\(error)")
if abs(kept - 0.95) > 2 * error { violations.append("\(kept) of flat curves pass as flat") }

for violation in violations { print("off: \(violation)") }
exit(violations.isEmpty ? 0 : 1)
