import BulkFits
import DoseResponse
import Foundation
import Tables
import TestSupport
import Testing

private let curve = ResponseCurve(.logLogistic4)

private func simulation(
  _ doses: [Double] = [0, 0.1, 1, 10], noise: Double = 0.1, isNoiseRelative: Bool = false,
  missing: Double = 0, seed: UInt64 = 7
) -> Simulation {
  Simulation(
    curve,
    ranges: curve.parameters.map {
      ParameterRange.usual(for: $0, of: .logLogistic4, doses: doses)!
    },
    doses: doses, replicates: 3, noise: noise, isNoiseRelative: isNoiseRelative,
    missingShare: missing, seed: seed)
}

/// The fields of the table at `path`.
private func table(_ path: String) throws -> [[String]] {
  try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
}

@Suite struct SimulationTests {
  @Test func theSameSeedGivesTheSameCurvesWhateverTheThreads() throws {
    try withTemporaryFolder { folder in
      var arrays: Set<Data> = []
      var truths: Set<Data> = []
      for (jobs, name) in [(1, "a"), (2, "b"), (5, "c")] {
        let output = folder.appending(path: name + ".npy")
        let truth = folder.appending(path: name + ".csv")
        try simulation().write(10_000, to: output.path, truth: truth.path, jobs: jobs) { _ in }
        arrays.insert(try Data(contentsOf: output))
        truths.insert(try Data(contentsOf: truth))
      }
      #expect(arrays.count == 1 && truths.count == 1)
    }
  }

  @Test func moreCurvesBeginWithTheSameAndAnotherSeedGivesOthers() throws {
    try withTemporaryFolder { folder in
      let paths = ["a", "b", "c"].map { folder.appending(path: $0 + ".npy").path }
      try simulation().write(5, to: paths[0], truth: nil, jobs: 1) { _ in }
      try simulation().write(9, to: paths[1], truth: nil, jobs: 1) { _ in }
      try simulation(seed: 8).write(5, to: paths[2], truth: nil, jobs: 1) { _ in }
      let arrays = try paths.map(numbers)
      #expect(arrays[0] == Array(arrays[1].prefix(60)))
      #expect(Set(arrays[0]).isDisjoint(with: arrays[2]))
    }
  }

  @Test func theTableHasTheNumbersOfTheArrayAndIsLabelled() throws {
    try withTemporaryFolder { folder in
      let array = folder.appending(path: "a.npy").path
      let long = folder.appending(path: "a.csv").path
      let truth = folder.appending(path: "truth.csv").path
      let model = simulation(missing: 0.2)
      try model.write(50, to: array, truth: nil, jobs: 1) { _ in }
      try model.write(50, to: long, truth: truth, jobs: 2) { _ in }

      let lines = try table(long)
      #expect(lines[0] == ["curve", "dose", "response"])
      let values = lines.dropFirst().map { $0[2].isEmpty ? .nan : Double($0[2])! }
      #expect(isSame(values, try numbers(array)))
      #expect(lines[1][0] == "simulated-0" && lines[13][0] == "simulated-1")
      #expect(lines[1...12].map { $0[1] } == ["0", "0.1", "1", "10"].flatMap { [$0, $0, $0] })
      let truths = try table(truth)
      #expect(truths[0] == ["curve", "origin", "slope", "lower", "upper", "ed50"])
      #expect(truths.dropFirst().allSatisfy { $0[1] == "simulated" })
      #expect(truths.dropFirst().map { $0[0] } == (0..<50).map { "simulated-\($0)" })
    }
  }

  @Test func responsesScatterAboutTheTruthAsMuchAsTheyShould() throws {
    try withTemporaryFolder { folder in
      let (path, truth) = ("a.npy", "truth.csv")
      let paths = [path, truth].map { folder.appending(path: $0).path }
      for isRelative in [false, true] {
        let model = simulation([0.1, 1, 10], isNoiseRelative: isRelative, missing: 0.25)
        try model.write(20_000, to: paths[0], truth: paths[1], jobs: 2) { _ in }
        let responses = try numbers(paths[0])
        var errors: [Double] = []
        for (index, row) in try table(paths[1]).dropFirst().enumerated() {
          let parameters = row.dropFirst(2).map { Double($0)! }
          let isWithin = zip(model.ranges, parameters).allSatisfy { $0.range.contains($1) }
          if !isWithin { Issue.record("\(row) is outside its ranges") }
          for point in 0..<9 {
            let mean = curve.response(dose: model.doses[point / 3], parameters: parameters)
            errors.append((responses[9 * index + point] - mean) / (isRelative ? abs(mean) : 1))
          }
        }
        let present = errors.filter { !$0.isNaN }
        // Five standard errors of a share of 180,000, and of a mean and a variance of three quarters.
        #expect(abs(Double(present.count) / 180_000 - 0.75) < 0.0052)
        #expect(abs(present.reduce(0, +)) / Double(present.count) < 0.0014)
        let variance = present.reduce(0) { $0 + $1 * $1 } / Double(present.count)
        #expect(abs(variance - 0.01) < 0.0002)
      }
    }
  }

  @Test func dosesAndSlopesAreUniformOnTheLogarithm() {
    #expect(ParameterRange(0.5...3, of: .slope, .logLogistic4).isOfLogarithm)
    #expect(ParameterRange(0.1...10, of: .ed50, .logLogistic4).isOfLogarithm)
    #expect(!ParameterRange(0.9...1.1, of: .upper, .logLogistic4).isOfLogarithm)
    #expect(!ParameterRange(-3 ... -0.5, of: .slope, .logLogistic4).isOfLogarithm)
    #expect(!ParameterRange(1...3, of: .location, .logistic4).isOfLogarithm)
    #expect(ParameterRange(1...3, of: .location, .weibull1With4).isOfLogarithm)
  }

  @Test func whatHasNoUsualRangeHasToBeGiven() {
    for parameter in [CurveParameter.hormesis, .intercept, .curvature, .e1] {
      #expect(ParameterRange.usual(for: parameter, of: .brainCousens5, doses: [1, 2]) == nil)
    }
    #expect(ParameterRange.usual(for: .ed50, of: .logLogistic4, doses: [0]) == nil)
    let usual = ParameterRange.usual(for: .ed50, of: .logLogistic4, doses: [0, 1, 100_000])
    #expect(abs((usual?.range.lowerBound ?? 0) / 10 - 1) < 1e-12)
    #expect(abs((usual?.range.upperBound ?? 0) / 10_000 - 1) < 1e-12)
  }
}
