import Comparison
import Inference
import Probability
import TestSupport
import Testing

@Suite struct MultiplicityTests {
  static let ofOneFamily = Multiplicity.allCases.filter { !$0.usesSystems }
  static let ofSystems = Multiplicity.allCases.filter(\.usesSystems)

  @Test func matchesReference() throws {
    for row in try referenceTable("Comparison", "multiplicity") {
      let method = try #require(Multiplicity(rawValue: row["method"]))
      let pValues = try row.doubles("p_values")
      let expected = try row.doubles("adjusted")
      guard method.usesSystems else {
        let found = method.adjusted(pValues)
        for (found, expected) in zip(found, expected) {
          #expect(relativeError(try #require(found), expected) < 1e-13, "\(row.testDescription)")
        }
        continue
      }
      let systems = try row.doubles("systems").map { Int($0) }
      let found = try method.adjusted(pValues, systems: systems).map { try #require($0) }
      let systemPValues = try row.doubles("system_p_values")
      for (index, found) in found.enumerated() {
        #expect(relativeError(found.pValue, expected[index]) < 1e-13, "\(row.testDescription)")
        #expect(
          relativeError(found.systemPValue, systemPValues[index]) < 1e-13,
          "\(row.testDescription)")
      }
      #expect(
        found.map { $0.isFlagged ? 1 : 0 } == (try row.doubles("flags")), "\(row.testDescription)")
    }
  }

  /// The definitions themselves, over all later or earlier p-values at a time.
  @Test func followsItsDefinition() throws {
    var stream = RandomStream(seed: 21)
    for _ in 0..<300 {
      let count = Int.random(in: 1...12, using: &stream)
      let pValues = (0..<count).map { _ in
        // Some of them tied.
        Double(Int.random(in: 1...20, using: &stream)) / 20
      }
      let size = Double(count)
      let harmonic = (1...count).reduce(0) { $0 + 1 / Double($1) }
      func rank(_ p: Double) -> Double { Double(pValues.count { $0 <= p }) }
      for p in pValues {
        let holm =
          pValues.filter { $0 <= p }
          .map { lesser in (size - Double(pValues.count { $0 < lesser })) * lesser }.max() ?? 0
        let hochberg = pValues.filter { $0 >= p }.map { size * $0 / rank($0) }.min() ?? 0
        let expected: [Multiplicity: Double] = [
          .bonferroni: size * p, .holm: holm, .benjaminiHochberg: hochberg,
          .benjaminiYekutieli: harmonic * hochberg,
        ]
        let index = try #require(pValues.firstIndex(of: p))
        for method in Self.ofOneFamily {
          let found = try #require(method.adjusted(pValues)[index])
          #expect(relativeError(found, min(1, try #require(expected[method]))) < 1e-13)
        }
      }
    }
  }

  @Test(arguments: ofOneFamily)
  func keepsTheOrderAndRaises(method: Multiplicity) throws {
    var stream = RandomStream(seed: 22)
    for _ in 0..<200 {
      let pValues = (0..<30).map { _ in Double.random(in: 0..<1, using: &stream) }
      let found = try method.adjusted(pValues).map { try #require($0) }
      for (first, second) in zip(pValues.indices, pValues.indices.dropFirst()) {
        #expect(
          (pValues[first] < pValues[second]) == (found[first] < found[second])
            || found[first] == found[second])
      }
      #expect(zip(pValues, found).allSatisfy { $0 <= $1 && $1 <= 1 })
    }
  }

  @Test(arguments: ofOneFamily)
  func leavesOutWhatIsNotEstimable(method: Multiplicity) {
    let some = method.adjusted([0.01, nil, 0.2, nil])
    let all = method.adjusted([0.01, 0.2])

    #expect(some == [all[0], nil, all[1], nil])
    #expect(method.adjusted([nil]) == [nil])
    #expect(method.adjusted([]) == [])
  }

  @Test(arguments: ofSystems)
  func leavesOutOfItsSystemWhatIsNotEstimable(method: Multiplicity) {
    let some = method.adjusted([0.01, nil, 0.02, nil, 0.4], systems: [7, 7, 3, 5, 3])
    let all = method.adjusted([0.01, 0.02, 0.4], systems: [7, 3, 3])

    #expect(some == [all[0], nil, all[1], nil, all[2]])
  }

  @Test(arguments: ofSystems)
  func aSmallerLevelFlagsMore(method: Multiplicity) throws {
    let pValues = [0.001, 0.03, 0.2, 0.012, 0.5, 0.04]
    let flagged = try [0.99, 0.95, 0.8].map { level in
      method.adjusted(
        pValues, systems: [1, 1, 1, 2, 2, 3], level: try #require(ConfidenceLevel(level))
      ).count { $0?.isFlagged == true }
    }

    #expect(flagged == flagged.sorted())
    #expect(flagged[0] < flagged[2])
  }

  /// Four of fifteen hypotheses are rejected at 0.05, three by Bonferroni.
  ///
  /// Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289, section 4.1.
  @Test func thrombolysis() {
    let pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1,
    ]
    func rejected(_ method: Multiplicity) -> Int {
      method.adjusted(pValues).count { $0 ?? 1 <= 0.05 }
    }

    #expect(rejected(.benjaminiHochberg) == 4)
    #expect(rejected(.bonferroni) == 3)
  }
}

extension ReferenceRow {
  /// The numbers under `column`, which spaces separate.
  fileprivate func doubles(_ column: String) throws -> [Double] {
    try self[column].split(separator: " ").map { try #require(Double($0)) }
  }
}
