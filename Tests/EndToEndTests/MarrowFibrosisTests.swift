import Foundation
import TestSupport
import Testing

/// Runs a study of `Datasets/marrow-fibrosis`; the rows of its results by their columns.
private func rows(_ study: String) throws -> [[String]] {
  try withTemporaryFolder { folder in
    let file = repositoryRoot.appending(path: "Datasets/marrow-fibrosis/\(study).json").path
    let run = try theriac("run", file, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let results = folder.appending(path: "theriac-results/\(study)")
    #expect(results.has("report.html"))
    return try results.text(of: "ard.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

extension [[String]] {
  /// The number of an analysis at the level of the first group, by its method and name.
  fileprivate func number(
    _ analysis: String, _ method: String, _ name: String, group: String = ""
  ) throws -> Double {
    let row = try #require(
      first { $0[1] == analysis && $0[4] == group && $0[12] == method && $0[13] == name },
      "\(analysis) \(method) \(name)")
    return try #require(Double(row[15]), "\(row)")
  }
}

/// Values of the literature and of R, to the digits that are given of them.
@Suite struct MarrowFibrosisTests {
  @Test func theShiftOfEltrombopagFollowsFromItsMargins() throws {
    let rows = try rows("eltrombopag-shift")
    let expected: [(String, String, Double)] = [
      ("", "fitting_tables", 1), ("", "worsened", 37), ("", "subjects", 101),
      ("", "worsened_percent", 36.6336633663),
      ("clopper-pearson", "worsened_lower", 0.272664997532),
      ("clopper-pearson", "worsened_upper", 0.468068765598),
      ("sign-exact", "p_value", 1.94650056073443e-08),
      ("wilcoxon-signed-rank", "statistic", 5.30350844668),
      ("wilcoxon-signed-rank", "p_value", 1.13597945e-07),
      ("pratt", "statistic", 5.3798183259), ("pratt", "p_value", 7.456104e-08),
      ("stuart-maxwell", "statistic", 28.5454545455),
      ("stuart-maxwell", "p_value", 2.79014513e-06),
    ]
    for (method, name, value) in expected {
      #expect(relativeError(try rows.number("first-year", method, name), value) < 1e-7, "\(name)")
    }
    let table = [[56.0, 33, 1, 1], [3, 5, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    for (i, row) in table.enumerated() {
      for (j, count) in row.enumerated() {
        let found = rows.first {
          $0[1] == "first-year" && $0[4] == "MF-\(i)" && $0[6] == "MF-\(j)" && $0[13] == "count"
        }
        #expect(found.flatMap { Double($0[15]) } == count)
      }
    }
    #expect(try rows.number("margins-alone", "", "fitting_tables") == 72)
  }

  @Test func theKappasHaveFleissCohenAndEverittsErrors() throws {
    let rows = try rows("eltrombopag-shift")
    let expected: [(String, Double, Double, Double, Double)] = [
      ("kappa", 0.64221824686941, 0.0555828442298422, 0.0560772006205339, 11.4523949084978),
      ("kappa-linear", 0.755495183996048, 0.0425906970252521, 0.0668295586578647, 11.3048058249767),
      (
        "kappa-quadratic", 0.850574712643678, 0.0334269955065366, 0.0912781139888062,
        9.3184956992866
      ),
    ]
    for (method, estimate, error, null, z) in expected {
      let values = [
        ("estimate", estimate), ("standard_error", error), ("null_standard_error", null), ("z", z),
      ]
      for (name, value) in values {
        #expect(relativeError(try rows.number("readers", method, name), value) < 1e-12)
      }
    }
  }

  @Test func theTwoArmsAgreeWithR() throws {
    let rows = try rows("fibrosis-by-arm")
    let number = { (method: String, name: String) in
      try rows.number("two-arms", method, name, group: "Treated")
    }
    let expected: [(String, String, Double)] = [
      ("proportional-odds", "estimate", 1.05761593357),
      ("proportional-odds", "standard_error", 0.335955143059),
      ("proportional-odds", "statistic", 3.14808674735),
      ("proportional-odds", "p_value", 0.00164342915),
      ("win-odds", "estimate", 1.56031468531469), ("win-odds", "lower", 1.19031546483),
      ("win-odds", "upper", 2.04532494884), ("win-odds", "theta", 0.609423011266644),
      ("win-odds", "theta_standard_error", 0.0328712466936675),
      ("win-odds", "win", 0.34164106065779), ("win-odds", "loss", 0.122795038124502),
      ("win-odds", "tie", 0.535563901217708), ("win-odds", "net_benefit", 0.218846022533288),
      ("win-odds", "statistic", 3.32883666647556), ("wilcoxon", "p_value", 0.00139992174848554),
      ("wilcoxon-exact", "statistic", 5355),
    ]
    for (method, name, value) in expected {
      #expect(relativeError(try number(method, name), value) < 2e-8, "\(method) \(name)")
    }
    #expect(
      relativeError(
        try rows.number("two-arms", "proportional-odds", "log_likelihood"), -133.776753505) < 1e-11)
    // The square of −3.01011203704, the Z of coin.
    #expect(
      relativeError(try rows.number("two-arms", "linear-by-linear", "statistic"), 9.060774475533)
        < 1e-10)
    #expect(
      relativeError(try rows.number("two-arms", "linear-by-linear", "p_value"), 0.00261151339528)
        < 1e-11)
  }

  @Test func romiplostimsCohortsRise() throws {
    let rows = try rows("romiplostim-trend")
    #expect(try rows.number("by-cohort", "cochran-armitage", "statistic") > 2.25)
    let exact = try rows.number("by-cohort", "cochran-armitage-exact", "p_value")
    let mid = try rows.number("by-cohort", "cochran-armitage-mid-p", "p_value")
    // Enumerated in integers.
    #expect(relativeError(exact, 0.03189869557112832) < 1e-14)
    #expect(mid < exact)
  }
}
