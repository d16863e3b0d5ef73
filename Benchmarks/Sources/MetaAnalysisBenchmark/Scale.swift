import Comparison
import Foundation
import Inference
import MetaAnalysis

/// What is to grow no faster than the number of studies.
struct Scale {
  let count: Int

  enum Failure: Error { case unknownMethod(String) }

  static let methods = [
    "effect-sizes", "dl", "reml", "pm", "q-profile", "mantel-haenszel", "peto", "ssw", "ivhet",
    "egger", "trim-and-fill", "influence", "glmm-conditional-approximate",
  ]

  /// Prints the seconds of one call, the least of a few, and the bytes that it held at most beyond
  /// its studies.
  func run(_ method: String) throws {
    let call = try call(method)
    let before = memory("VmRSS")
    let clock = ContinuousClock()
    let start = clock.now
    var least = try clock.measure { try call() }
    let most = memory("VmHWM")
    while clock.now - start < .milliseconds(500) {
      least = min(least, try clock.measure { try call() })
    }
    print("\(method),\(count),\(least / .seconds(1)),\(max(0, most - before))")
  }

  private func call(_ method: String) throws -> () throws -> Void {
    var simulation = Simulation()
    func effects() -> [EffectSize] { (0..<count).map { _ in simulation.effect() } }
    switch method {
    case "dl": return pooling(effects(), .dl)
    case "reml": return pooling(effects(), .reml)
    case "pm": return pooling(effects(), .pm)
    case "q-profile":
      let normal = NormalModel(effects())
      return { _ = try normal.tau2Interval(.qProfile, .reml, level: .percent95) }
    case "egger":
      let effects = effects()
      return { _ = try RegressionTest.egger(effects) }
    case "trim-and-fill":
      let set = StudySet(.effects(effects()), .generic)
      let model = PoolingModel(.inverseVariance, .random, tau2: .dl)
      return { _ = try set.trimAndFill(model, .inference(.z)) }
    case "influence":
      let effects = effects()
      return { _ = try Influence.onCommonEffect(effects) }
    default: break
    }
    let tables = try (0..<count).map { _ in try simulation.rareEvents() }
    let set = StudySet(.tables(.risks(tables)), .oddsRatio)
    if method == "effect-sizes" { return { _ = try set.effectSizes() } }
    guard let pooling = PoolingMethod(rawValue: method) else {
      throw Failure.unknownMethod(method)
    }
    let model = PoolingModel(pooling, pooling.isMixedModel ? .random : .common)
    return { _ = try set.fit(model).result(.plain, level: .percent95) }
  }

  private func pooling(_ effects: [EffectSize], _ tau2: Tau2Estimator) -> () throws -> Void {
    let set = StudySet(.effects(effects), .generic)
    return { _ = try HartungKnapp(tau2).numbers(set) }
  }

  /// Bytes as the kernel counts them for this process.
  private func memory(_ field: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
    return 1024
      * (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
  }
}
