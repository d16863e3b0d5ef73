import MetaAnalysis
import Results
import StudyRunner
import Testing

private func grouped(_ keys: (Int) -> String) -> TwoGroups {
  let counts = [
    (4, 40, 1, 38), (9, 50, 2, 51), (12, 110, 9, 121), (3, 60, 3, 30), (7, 50, 12, 55),
    (15, 61, 4, 58),
  ]
  return TwoGroups(counts: counts, more: counts.indices.map { ", " + keys($0) })
}

private let north = [0, 2, 3]
private let south = [1, 4, 5]

/// The studies, each with its region as subgroup and moderator, and with a dose.
private let studies = grouped { place in
  let region = north.contains(place) ? "north" : "south"
  return
    #""subgroup": "\#(region)", "moderators": {"region": "\#(region)", "dose": \#(place * place)}"#
}

private let head =
  #""measure": "odds-ratio", "pooling": ["inverse-variance", "mantel-haenszel"], "tau2": ["reml", "dl"], "#

private let random = "inverse-variance/random/reml/z"
private let reml = "inverse-variance/random/reml"

@Suite struct PooledSubgroupTests {
  @Test func aSubgroupWithItsOwnTau2IsItsStudiesAlone() async throws {
    let found = try await pooled(head + #""subgroups": "subgroup", "# + studies.data)
    for (name, places) in [("north", north), ("south", south)] {
      let alone = try await pooled(head + studies.keeping(places).data).rows()
      #expect(try found.rows("subgroup", name).map(\.value) == alone.map(\.value))
    }
    #expect(found.notes.contains("Each subgroup has its own τ²."))
  }

  @Test func oneTau2OfAllSubgroupsIsThatWhichTheirModeratorLeaves() async throws {
    let found = try await pooled(
      head + #""subgroups": "subgroup", "subgroupTau2": "common", "moderators": ["region"], "#
        + studies.data)
    let left = try found.rows().number("moderators", random, "tau2")
    #expect(left > 0)
    for name in ["north", "south"] {
      let tau2 = try found.rows("subgroup", name).number("heterogeneity", reml, "tau2")
      #expect(abs(tau2 - left) < 1e-9 * left)
    }
    #expect(found.notes.contains("Subgroups share one τ²."))
  }

  /// With two subgroups Q is the squared difference over its variance, and the coefficient of a
  /// moderator for them is the difference.
  @Test func theDifferenceOfTwoSubgroupsIsTheCoefficientOfTheirModerator() async throws {
    let found = try await pooled(
      head + #""subgroups": "subgroup", "subgroupTau2": "common", "moderators": ["region"], "#
        + studies.data)
    for variant in ["inverse-variance/common", random] {
      func value(_ name: String, _ group: String) throws -> Double {
        try found.rows("subgroup", group).number("odds-ratio", variant, name)
      }
      let difference = try value("log_estimate", "south") - value("log_estimate", "north")
      let errors = try [value("standard_error", "north"), value("standard_error", "south")]
      let variance = errors[0] * errors[0] + errors[1] * errors[1]
      let q = try found.rows().number("subgroup-difference", variant, "q")
      #expect(abs(q - difference * difference / variance) < 1e-9 * q)
      #expect(try found.rows().number("subgroup-difference", variant, "df") == 1)

      let coefficient = try found.parameter("region=south")
      let slope = try coefficient.number("odds-ratio", variant, "estimate")
      #expect(abs(slope - difference) < 1e-9 * abs(difference))
      let moderators = try found.rows().number("moderators", variant, "statistic")
      #expect(abs(moderators - q) < 1e-8 * q)
    }
  }

  @Test func moderatorsOfEitherKindHaveARowEachCoefficient() async throws {
    let found = try await pooled(
      head + #""moderators": ["dose", "region"], "inference": ["z", "hartung-knapp"], "#
        + studies.data)
    let parameters = found.groups.filter { $0.place.variable == "parameter" }.map(\.place.level)
    #expect(parameters == ["intercept", "dose", "region=south"])
    let wald = try found.rows()
    #expect(try wald.number("moderators", random, "df") == 2)
    let adjusted = "\(reml)/hartung-knapp"
    #expect(try wald.number("moderators", adjusted, "denominator_df") == 3)
    #expect(try found.parameter("dose").number("odds-ratio", adjusted, "df") == 3)
    #expect(try wald.number("moderators", random, "q_df") == 3)
    let share = try wald.number("moderators", random, "r_squared")
    #expect(share >= 0 && share <= 1)
  }

  @Test func aModeratorThatTellsNothingApartIsNotEstimable() async throws {
    let alike = grouped { _ in #""moderators": {"dose": 3}"# }
    let found = try await pooled(head + #""moderators": ["dose"], "# + alike.data)
    for variant in ["inverse-variance/common", random] {
      let row = try found.parameter("dose").statistic("odds-ratio", variant, "estimate")
      #expect(row.status == "not-estimable")
    }
  }

  @Test func oneSubgroupDiffersFromNothing() async throws {
    let alike = grouped { _ in #""subgroup": "all""# }
    let found = try await pooled(head + #""subgroups": "subgroup", "# + alike.data)
    let q = try found.rows().statistic("subgroup-difference", random, "q")
    #expect(q.value == .notEstimable("one subgroup"))
  }
}
