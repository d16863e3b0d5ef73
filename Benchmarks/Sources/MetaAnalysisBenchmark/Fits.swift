import Comparison
import Foundation
import Inference
import MetaAnalysis

/// What is timed, with the numbers that other programs are to reach too.
struct Fit {
  let name: String
  let run: () throws -> [Double]

  /// Prints the seconds of one call, the least of as many as `budget` allows, and gives the numbers
  /// back as a line.
  func measure(budget: Duration) throws -> String {
    let clock = ContinuousClock()
    var numbers: [Double] = []
    var least = Duration.seconds(Int.max)
    let start = clock.now
    repeat {
      // Many at once where the clock would see nothing of one.
      let calls = least < .microseconds(100) ? 100 : 1
      let duration = try clock.measure { for _ in 0..<calls { numbers = try run() } }
      least = min(least, duration / calls)
    } while clock.now - start < budget
    print("\(name),1,\(least / .seconds(1))")
    return ([name] + numbers.map(\.description)).joined(separator: ",") + "\n"
  }
}

/// A random-effects model by inverse variances, with the inference of Hartung and Knapp.
struct HartungKnapp {
  let model: PoolingModel
  let variant = PoolingModel.Variant.inference(.hartungKnapp)

  init(_ tau2: Tau2Estimator) {
    model = PoolingModel(.inverseVariance, .random, tau2: tau2)
  }

  /// Estimate, standard error, limits, p and τ².
  func numbers(_ set: StudySet) throws -> [Double] {
    let fit = try set.fit(model)
    return try fit.result(variant, level: .percent95).numbers + [fit.tau2]
  }
}

extension PooledResult {
  /// Estimate, standard error, limits and p.
  var numbers: [Double] {
    get throws {
      let interval = try interval.get()
      return [estimate, try standardError.get()]
        + [interval.lower, interval.upper].compactMap { $0 }
        + [try pValue.get()]
    }
  }
}

extension Inputs {
  /// One set of studies at a time.
  func singleFits() throws -> [Fit] {
    let bcg = StudySet(.effects(try effects("bcg")), .generic)
    let large = StudySet(.effects(try effects("large")), .generic)
    let nissen = StudySet(.tables(.risks(try tables("nissen"))), .oddsRatio)
    let exact = PoolingModel(.conditionalExact, .random)
    return [
      Fit(name: "bcg reml") { try HartungKnapp(.reml).numbers(bcg) },
      Fit(name: "large reml") { try HartungKnapp(.reml).numbers(large) },
      Fit(name: "large dl") { try HartungKnapp(.dl).numbers(large) },
      Fit(name: "large pm") { try HartungKnapp(.pm).numbers(large) },
      Fit(name: "nissen glmm") {
        let fit = try nissen.fit(exact)
        return try fit.result(.plain, level: .percent95).numbers + [fit.tau2]
      },
      Fit(name: "nissen glmm with profiles") {
        let fit = try nissen.fit(exact)
        let profile = try fit.result(.profileLikelihood, level: .percent95).interval.get()
        let tau2 = try fit.tau2Interval(.profileLikelihood, level: .percent95)
        return [profile.lower, profile.upper, tau2.lower, tau2.upper].compactMap { $0 }
      },
    ]
  }

  /// Prints the seconds for all drawn analyses by each method, and gives the numbers back as lines.
  func runSimulated() throws -> String {
    let tables = try tables("simulated")
    let sets = stride(from: 0, to: tables.count, by: 10).map {
      StudySet(.tables(.risks(Array(tables[$0..<$0 + 10]))), .oddsRatio)
    }
    func common(_ method: PoolingMethod) -> (StudySet) throws -> [Double] {
      let model = PoolingModel(method, .common)
      return { try $0.fit(model).result(.plain, level: .percent95).numbers }
    }
    let methods: [(String, (StudySet) throws -> [Double])] = [
      ("simulated mantel-haenszel", common(.mantelHaenszel)), ("simulated peto", common(.peto)),
      ("simulated reml", HartungKnapp(.reml).numbers),
    ]
    var answers = ""
    for (name, method) in methods {
      var found: [[Double]] = []
      found.reserveCapacity(sets.count)
      let duration = ContinuousClock().measure {
        // Not estimable: no event, or too few studies with one.
        for set in sets { found.append((try? method(set)) ?? []) }
      }
      print("\(name),\(sets.count),\(duration / .seconds(1))")
      for (index, numbers) in found.enumerated() {
        answers += (["\(name) \(index)"] + numbers.map(\.description)).joined(separator: ",") + "\n"
      }
    }
    return answers
  }
}
