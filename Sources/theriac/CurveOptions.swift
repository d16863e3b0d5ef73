import ArgumentParser
import DoseResponse
import JSON

/// What options say of curves, with the nearest spelling where they are misspelt.
enum CurveOptions {
  /// The model called `name`.
  static func model(_ name: String) throws -> DoseResponseModel {
    if let model = DoseResponseModel(rawValue: name) { return model }
    let models = DoseResponseModel.allCases
    let spelling = name.hasSuffix("()") ? String(name.dropLast(2)) : name
    // A summary ends with the model's spelling in R.
    let counterpart = models.first { model in
      model.summary.lowercased().contains(": \(spelling.lowercased())() in r")
    }
    let nearest =
      counterpart?.rawValue ?? abbreviations[spelling.lowercased()]?.rawValue
      ?? nearestSpelling(to: name, among: models.map(\.rawValue))
    let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "`theriac methods` lists them."
    throw ValidationError("--model: there is no model \"\(name)\"; \(hint)")
  }

  private static let abbreviations: [String: DoseResponseModel] = [
    "4pl": .logLogistic4, "3pl": .logLogistic3, "5pl": .logLogistic5, "hill": .sigmoidEmax,
    "sigemax": .sigmoidEmax, "probit": .logNormal4,
  ]

  /// A list of doses, `0,0.1,1`, of which one may be repeated: `0x3` is dose 0 three times.
  static func doses(_ text: String) throws -> [Double] {
    try list(text, "--doses").flatMap { item -> [Double] in
      let parts = item.split(separator: "x", maxSplits: 1, omittingEmptySubsequences: false)
      guard let dose = number(parts[0]), let count = parts.count == 1 ? 1 : Int(parts[1]),
        count > 0,
        count <= 1_000_000
      else {
        throw ValidationError(
          "--doses: \"\(item)\" is not a dose such as 0.1, nor one that is repeated such as 0.1x3.")
      }
      return [Double](repeating: dose, count: count)
    }
  }

  /// Percentages between 0 and 100, all different.
  static func effects(_ text: String) throws -> [Double] {
    var effects: [Double] = []
    for item in try list(text, "--effects") {
      guard let percent = number(item[...]), percent > 0, percent < 100 else {
        throw ValidationError("--effects: \"\(item)\" is not a percentage between 0 and 100.")
      }
      guard !effects.contains(percent) else {
        throw ValidationError("--effects: \(item) stands there twice.")
      }
      effects.append(percent)
    }
    return effects
  }

  /// `parameter=lower:upper`, where one of the two may be left out.
  static func bound(
    _ text: String, of model: DoseResponseModel
  ) throws -> (CurveParameter, ClosedRange<Double>) {
    let (parameter, value) = try assignment(text, of: model, option: "--bound")
    let ends = value.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2, let lower = ends[0].isEmpty ? -.infinity : number(ends[0]),
      let upper = ends[1].isEmpty ? .infinity : number(ends[1]), lower.isFinite || upper.isFinite
    else {
      throw ValidationError(
        "--bound: \"\(text)\" is not a range such as \(parameter.rawValue)=0.1:10, \(parameter.rawValue)=0.1: or \(parameter.rawValue)=:10."
      )
    }
    guard lower < upper else {
      throw ValidationError("--bound: in \"\(text)\" the lower bound is not below the upper one.")
    }
    guard upper > 0 || model.domain(of: parameter) != .positive else {
      throw ValidationError(
        "--bound: \"\(text)\" leaves nothing, for \(parameter.rawValue) is positive.")
    }
    return (parameter, lower...upper)
  }

  /// `parameter=lower:upper` or `parameter=value`, with finite numbers.
  static func range(
    _ text: String, of model: DoseResponseModel
  ) throws -> (CurveParameter, ClosedRange<Double>) {
    let (parameter, value) = try assignment(text, of: model, option: "--parameters")
    let ends = value.split(separator: ":", omittingEmptySubsequences: false).map(number)
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
      throw ValidationError(
        "--parameters: \"\(text)\" is neither a range such as \(parameter.rawValue)=0.5:2 nor \(parameter.rawValue)=1."
      )
    }
    guard first <= last else {
      throw ValidationError("--parameters: in \"\(text)\" the lower end is above the upper one.")
    }
    guard first > 0 || model.domain(of: parameter) != .positive else {
      throw ValidationError("--parameters: in \"\(text)\" \(parameter.rawValue) is not positive.")
    }
    return (parameter, first...last)
  }

  private static func assignment(
    _ text: String, of model: DoseResponseModel, option: String
  ) throws -> (CurveParameter, Substring) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let free = ResponseCurve(model).parameters
    guard let parameter = free.first(where: { $0.rawValue == parts[0] }) else {
      let names = free.map(\.rawValue)
      let hint =
        nearestSpelling(to: String(parts[0]), among: names)
        .map { "did you mean \"\($0)\"?" } ?? "there are \(names.joined(separator: ", "))."
      throw ValidationError(
        "\(option): \(model.rawValue) has no parameter \"\(parts[0])\"; \(hint)")
    }
    return (parameter, parts.count > 1 ? parts[1] : "")
  }

  static func list(_ text: String, _ option: String) throws -> [String] {
    let items = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0.drop(while: { $0 == " " })) }
    guard !items.contains("") else {
      throw ValidationError("\(option): \"\(text)\" has an empty item.")
    }
    return items
  }

  /// A finite number in decimal notation.
  private static func number(_ text: Substring) -> Double? {
    guard text.allSatisfy({ "0123456789.+-eE".contains($0) }), let number = Double(text),
      number.isFinite
    else { return nil }
    return number
  }
}
