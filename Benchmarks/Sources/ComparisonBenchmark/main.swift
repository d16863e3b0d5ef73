// Intervals and tests of two groups, for many tables of adverse events and for a few exact ones.
//
//   ComparisonBenchmark tables COUNT FILE       writes seeded tables, `x1,n1,x2,n2` a line
//   ComparisonBenchmark run FILE ANSWERS        prints `method,tables,number,seconds`, and writes answers
//   ComparisonBenchmark exact ANSWERS           the same for the unconditional exact methods

import Comparison
import Foundation
import Incidence
import Inference
import Probability

/// Tables as safety comparisons have them: groups of 50 to 500, risks of the reference group from 1
/// in 1,000 to 1 in 2 evenly over the logarithm, and those of the other one up to threefold.
func tables(count: Int) throws -> [TwoByTwoTable] {
  var stream = RandomStream(seed: 20_220_601)
  func arm(_ risk: Double) throws -> BinomialCount {
    let subjects = Int.random(in: 50...500, using: &stream)
    let events = Binomial(trials: subjects, probability: risk)
      .quantile(lowerTail: stream.uniform())
    return try BinomialCount(events: events, total: subjects)
  }
  return try (0..<count).map { _ in
    let risk = 0.001 * pow(500, stream.uniform())
    let other = min(0.9, risk * pow(9, stream.uniform() - 0.5))
    return TwoByTwoTable(treatment: try arm(other), reference: try arm(risk))
  }
}

func table(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> TwoByTwoTable {
  TwoByTwoTable(
    treatment: try BinomialCount(events: x1, total: n1),
    reference: try BinomialCount(events: x2, total: n2))
}

extension TwoByTwoTable {
  var described: String {
    "\(treatment.events)/\(treatment.total) v \(reference.events)/\(reference.total)"
  }

  var fields: String {
    "\(treatment.events),\(treatment.total),\(reference.events),\(reference.total)"
  }
}

func readTables(_ path: String) throws -> [TwoByTwoTable] {
  try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
    let fields = line.split(separator: ",").compactMap { Int($0) }
    return try table(fields[0], fields[1], fields[2], fields[3])
  }
}

/// The answer of a method to a table, its limits or its p-value.
enum Method {
  case interval(RiskInterval)
  case test(TwoByTwoTest)

  var name: String {
    switch self {
    case .interval(let interval): "\(interval.contrast.rawValue) \(interval.name)"
    case .test(let test): test.rawValue
    }
  }

  func answer(_ table: TwoByTwoTable) throws -> [Double] {
    switch self {
    case .interval(let method):
      let interval = try table.confidenceInterval(method)
      return [interval.lower, interval.upper].compactMap { $0 }
    case .test(let method): return [try table.test(method).pValue]
    }
  }

  /// Prints the seconds for all `tables` and gives back the answers as lines.
  func run(_ tables: [TwoByTwoTable]) throws -> [String] {
    var answers: [[Double]] = []
    answers.reserveCapacity(tables.count)
    let duration = try ContinuousClock().measure {
      for table in tables { answers.append(try answer(table)) }
    }
    let described = tables.count == 1 ? tables[0].described : "many"
    print("\(name),\(described),\(tables.count),\(duration / .seconds(1))")
    return zip(tables, answers).map { table, answer in
      "\(name),\(table.fields),\(answer.map(\.description).joined(separator: ","))\n"
    }
  }
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "tables" where arguments.count == 4:
  let lines = try tables(count: Int(arguments[2]) ?? 0).map { $0.fields + "\n" }
  try ("x1,n1,x2,n2\n" + lines.joined())
    .write(toFile: arguments[3], atomically: true, encoding: .utf8)
case "run" where arguments.count == 4:
  let tables = try readTables(arguments[2])
  let methods: [Method] = [
    .interval(.difference(.miettinenNurminen)), .interval(.ratio(.koopman)), .test(.fisher),
  ]
  try methods.flatMap { try $0.run(tables) }.joined()
    .write(toFile: arguments[3], atomically: true, encoding: .utf8)
case "exact" where arguments.count == 3:
  let intervals: [RiskInterval] = [
    .difference(.exactScore), .difference(.exactSimple), .difference(.exactTwoSided),
    .ratio(.exactScore),
  ]
  var answers: [String] = []
  for table in [try table(7, 34, 1, 34), try table(60, 200, 45, 200)] {
    for interval in intervals { answers += try Method.interval(interval).run([table]) }
  }
  for table in [try table(7, 34, 1, 34), try table(30, 100, 18, 100)] {
    for test in [TwoByTwoTest.barnard, .boschloo] { answers += try Method.test(test).run([table]) }
  }
  try answers.joined().write(toFile: arguments[2], atomically: true, encoding: .utf8)
default:
  FileHandle.standardError.write(
    Data("usage: tables COUNT FILE | run FILE ANSWERS | exact ANSWERS\n".utf8))
  exit(64)
}
