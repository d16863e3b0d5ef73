// The probability that an interval holds the true value, summed over all outcomes.
//
//   Coverage FOLDER SEED LARGEST   writes one-arm.csv, curves.csv and two-arms.csv into FOLDER
//
// Stops with status 1 where an exact method is below its level anywhere.

import Comparison
import Foundation
import Incidence
import Inference
import Probability

guard CommandLine.arguments.count == 4, let seed = UInt64(CommandLine.arguments[2]),
  let largest = Int(CommandLine.arguments[3])
else {
  FileHandle.standardError.write(Data("usage: Coverage FOLDER SEED LARGEST\n".utf8))
  exit(64)
}
let folder = URL(filePath: CommandLine.arguments[1])
var stream = RandomStream(seed: seed)
var violations: [String] = []

@MainActor func write(_ rows: [String], _ name: String) throws {
  try (rows.joined(separator: "\n") + "\n")
    .write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
}

/// Prints a line at once.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

/// Notes a coverage below the level by more than rounding.
@MainActor func require(_ coverage: Double, _ what: String) {
  if coverage < 0.95 - 1e-9 { violations.append("\(what): \(coverage)") }
}

/// One count: for each n the least coverage anywhere, and its mean over the parameter.
@MainActor func oneArm() throws {
  let methods: [ProportionIntervalMethod] = [
    .clopperPearson, .blaker, .midP, .wilson, .jeffreys, .wald,
  ]
  let exact: Set<ProportionIntervalMethod> = [.clopperPearson, .blaker]
  var rows = ["measure,method,n,least,at,mean"]
  var curves = ["n,method,p,coverage"]
  for method in methods {
    for n in 1...largest {
      let arm = try OneArm(subjects: n, method: method)
      let least = arm.least
      rows.append("risk,\(method.rawValue),\(n),\(least.coverage),\(least.value),\(arm.mean)")
      if exact.contains(method) { require(least.coverage, "\(method) \(n) at \(least.value)") }
      guard n == 20 || n == 50 else { continue }
      for index in 0...1000 {
        let p = Double(index) / 1000
        curves.append("\(n),\(method.rawValue),\(p),\(arm.coverage(at: p))")
      }
    }
  }
  for method in [RateIntervalMethod.exact, .midP, .score, .jeffreys, .wald] {
    let arm = try OneArm(expected: Double(largest), method: method)
    let least = arm.least
    rows.append("rate,\(method.rawValue),\(largest),\(least.coverage),\(least.value),\(arm.mean)")
    if method == .exact { require(least.coverage, "rate at \(least.value)") }
  }
  try write(rows, "one-arm.csv")
  try write(curves, "curves.csv")
}

/// Two groups: for each pair of sizes the least coverage found, and its mean over both risks.
@MainActor func twoArms() throws {
  let exact: [RiskInterval] = [
    .difference(.exactScore), .difference(.exactSimple), .difference(.exactTwoSided),
    .ratio(.exactScore), .oddsRatio(.conditionalExact), .oddsRatio(.baptistaPike),
  ]
  let approximate: [RiskInterval] = [
    .difference(.miettinenNurminen), .difference(.newcombe), .difference(.wald),
    .ratio(.miettinenNurminen), .ratio(.logAdjusted), .oddsRatio(.miettinenNurminen),
    .oddsRatio(.gart),
  ]
  var rows = ["contrast,method,n1,n2,least,p1,p2,mean,seconds"]
  for n in [5, 10, 20, 35, 50] where n <= largest {
    for (n1, n2) in [(n, n), (n, (n + 1) / 2)] {
      for method in exact + approximate {
        let start = ContinuousClock.now
        let arms = try TwoArms(n1, n2, method)
        let least = arms.least(places: 24, using: &stream)
        let name = "\(method.contrast.rawValue),\(method.name),\(n1),\(n2)"
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        rows.append("\(name),\(least.coverage),\(least.p1),\(least.p2),\(arms.mean),\(seconds)")
        say(rows.last ?? "")
        if exact.contains(method) {
          require(least.coverage, "\(name) at \(least.p1), \(least.p2)")
        }
      }
    }
  }
  try write(rows, "two-arms.csv")
}

say("seed \(seed)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
try oneArm()
try twoArms()
for violation in violations { say("below 95 %: \(violation)") }
exit(violations.isEmpty ? 0 : 1)
