import Comparison
import Foundation
import Incidence
import MetaAnalysis
import Probability

/// Studies drawn from a fixed seed.
struct Simulation {
  private var stream = RandomStream(seed: 20_220_601)

  private mutating func normal(mean: Double, deviation: Double) -> Double {
    mean + deviation * Normal.standard.quantile(lowerTail: stream.uniform())
  }

  private mutating func evenlyOverLogarithms(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound * pow(range.upperBound / range.lowerBound, stream.uniform())
  }

  private mutating func arm(_ subjects: Int, _ risk: Double) throws -> BinomialCount {
    let events = Binomial(trials: subjects, probability: risk).quantile(lowerTail: stream.uniform())
    return try BinomialCount(events: events, total: subjects)
  }

  /// An effect with variance from 0.01 to 2 around 0.3, τ² = 0.1.
  mutating func effect() -> EffectSize {
    let variance = evenlyOverLogarithms(0.01...2)
    let value = normal(mean: 0.3, deviation: (variance + 0.1).squareRoot())
    return EffectSize(value: value, variance: variance)
  }

  /// Groups of 50 to 500 with rare events, risks of the reference group from 0.2 to 3 %, and odds
  /// ratios around 1.5, τ = 0.5.
  mutating func rareEvents() throws -> TwoByTwoTable {
    let sizes = (evenlyOverLogarithms(50...500), evenlyOverLogarithms(50...500))
    let risk = evenlyOverLogarithms(0.002...0.03)
    let odds = risk / (1 - risk) * exp(normal(mean: log(1.5), deviation: 0.5))
    return TwoByTwoTable(
      treatment: try arm(Int(sizes.0), odds / (1 + odds)), reference: try arm(Int(sizes.1), risk))
  }
}

extension TwoByTwoTable {
  var fields: String {
    "\(treatment.events),\(treatment.total),\(reference.events),\(reference.total)"
  }

  init(_ fields: some Sequence<Substring>) throws {
    let counts = fields.compactMap { Int($0) }
    self.init(
      treatment: try BinomialCount(events: counts[0], total: counts[1]),
      reference: try BinomialCount(events: counts[2], total: counts[3]))
  }
}

/// The files that all programs read.
struct Inputs {
  let directory: URL

  init(_ path: String) {
    directory = URL(fileURLWithPath: path, isDirectory: true)
  }

  /// Writes the effects of `bcg`, 10,000 drawn effects, the tables of `nissen` and the tables of
  /// `analyses` drawn analyses of ten studies.
  func write(datasets path: String, analyses: Int) throws {
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",") }
    func tables(_ name: String) throws -> [TwoByTwoTable] {
      try rows.filter { $0[0] == name }.map { try TwoByTwoTable($0[2..<6]) }
    }
    let bcg = StudySet(.tables(.risks(try tables("bcg"))), .oddsRatio)
    try write(try bcg.effectSizes().effects, "bcg")
    var simulation = Simulation()
    try write((0..<10_000).map { _ in simulation.effect() }, "large")
    try write(try tables("nissen2007_mi"), "nissen")
    try write(try (0..<10 * analyses).map { _ in try simulation.rareEvents() }, "simulated")
  }

  private func write(_ effects: [EffectSize], _ name: String) throws {
    try write("value,variance", effects.map { "\($0.value),\($0.variance)" }, name)
  }

  private func write(_ tables: [TwoByTwoTable], _ name: String) throws {
    try write("x1,n1,x2,n2", tables.map(\.fields), name)
  }

  private func write(_ header: String, _ lines: [String], _ name: String) throws {
    try ([header] + lines).map { $0 + "\n" }.joined()
      .write(to: directory.appending(path: name + ".csv"), atomically: true, encoding: .utf8)
  }

  private func lines(_ name: String) throws -> ArraySlice<Substring> {
    try String(contentsOf: directory.appending(path: name + ".csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
  }

  func effects(_ name: String) throws -> [EffectSize] {
    try lines(name).map { line in
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      return EffectSize(value: numbers[0], variance: numbers[1])
    }
  }

  func tables(_ name: String) throws -> [TwoByTwoTable] {
    try lines(name).map { try TwoByTwoTable($0.split(separator: ",")) }
  }
}
