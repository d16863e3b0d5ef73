import DoseResponse
import JSON

/// How curves are fitted and what is reported of them, each choice with its default.
struct CurveChoices {
  let intervals: [CurveIntervalMethod]
  let responseKind: ResponseKind
  let robust: RobustMethod
  let weights: ObservationWeights
  let theta: Double?
  let selection: ModelSelection?
  let information: [FitInformation]
  let alpha: CedergreenAlpha
  let extrapolates: Bool
  let bootstrapSamples: Int
  let flatnessSamples: Int

  /// Reads the choices, and reports those that do not go together.
  init(_ reader: inout ObjectReader, _ models: [DoseResponseModel]?) {
    intervals =
      reader.optional("interval") {
        $0.oneOrMore(of: CurveIntervalMethod.self, what: "an interval")
      } ?? [.profile]
    responseKind =
      reader.optional("response") {
        $0.choice(of: ResponseKind.self, what: "a kind of response")
      } ?? .continuous
    robust =
      reader.optional("robust") { $0.choice(of: RobustMethod.self, what: "a robust fit") } ?? .none
    weights =
      reader.optional("weights") { $0.choice(of: ObservationWeights.self, what: "weights") }
      ?? .none
    theta = reader.optional("theta") {
      $0.number({ abs($0) <= 10 }, expected: "a number from -10 to 10")
    }
    selection = reader.optional("selection") {
      $0.choice(of: ModelSelection.self, what: "a selection of models")
    }
    information =
      reader.optional("information") {
        $0.oneOrMore(of: FitInformation.self, what: "an information")
      } ?? [.expected]
    alpha = reader.optional("alpha") { $0.alpha() } ?? .one
    extrapolates = reader.optional("extrapolate") { $0.boolean() } ?? false
    bootstrapSamples =
      reader.optional("bootstrap") { $0.sampleNumber(atLeast: minimumBootstrapSamples) } ?? 2000
    flatnessSamples =
      reader.optional("flatness") { $0.flatnessSamples() } ?? 9999
    checkResponses(reader)
    checkExtras(reader, models)
  }

  /// Counts have a likelihood of their own, without variances to be weighted or outliers.
  private func checkResponses(_ reader: ObjectReader) {
    if responseKind != .continuous {
      for (key, isAsked) in [("robust", robust != .none), ("weights", weights != .none)]
      where isAsked {
        reader[key]?.report(
          found: "\(reader[key]?.description ?? "") with \(responseKind.rawValue) counts",
          expected: "this key with continuous responses only")
      }
    } else if robust != .none, weights == .powerOfMean {
      reader["robust"]?.report(
        found: "\(quoted(robust.rawValue)) with the weights \"power-of-mean\"",
        expected: "one of the two")
    }
  }

  /// Keys that would be read and ignored.
  private func checkExtras(_ reader: ObjectReader, _ models: [DoseResponseModel]?) {
    if weights != .powerOfMean {
      reader["theta"]?.report(expected: "this key with the weights \"power-of-mean\" only")
    }
    if !intervals.contains(.bootstrap) {
      reader["bootstrap"]?.report(expected: "this key with the interval \"bootstrap\" only")
    }
    guard let models else { return }
    if models.count < 2 {
      reader["selection"]?.report(
        found: "\(reader["selection"]?.description ?? "") of one model",
        expected: "at least two models to select from")
    }
    if models.allSatisfy({ ![.cedergreen4, .cedergreen5].contains($0) }) {
      reader["alpha"]?.report(expected: "this key with a model of cedergreen only")
    }
  }

  /// Reports wells that the choices cannot take.
  func check(_ source: CurveSource, _ reader: ObjectReader, _ models: [DoseResponseModel]) {
    let wells = source.wells
    func faulty(_ isFaulty: (AssayWell) -> Bool) -> [Int] {
      source.fitted.filter { isFaulty(wells[$0]) }
    }
    let kind = reader["response"]
    switch responseKind {
    case .continuous: break
    case .binomial:
      let withoutTotal = faulty { $0.total == nil }
      source.report(
        withoutTotal, .total, kind, found: "without a total",
        expected: "the total that a response is counted out of")
      let others = faulty { well in
        well.total.map { !well.response.isCount || well.response > Double($0) } ?? false
      }
      source.report(
        others, .response, kind, found: "whose response is not a count of their total",
        expected: "an integer from 0 to the total")
    case .poisson:
      source.report(
        faulty { !$0.response.isCount }, .response, kind, found: "whose response is not a count",
        expected: "an integer of at least 0")
    }
    if responseKind != .continuous, wells.contains(where: { $0.role == .blank }) {
      kind?.report(
        found: "\(quoted(responseKind.rawValue)) with blank wells",
        expected: "no blanks, which cannot be subtracted from counts")
    }
    if weights == .column {
      source.report(
        faulty { $0.weight == nil }, .weight, reader["weights"], found: "without a weight",
        expected: "a weight of each response")
    }
    checkUnread(source, reader)
    if let model = models.firstIndex(where: { !$0.takesNegativeDoses }),
      wells.contains(where: { ($0.dose ?? 0) < 0 })
    {
      reader["models"]?.elements()?[model].reportNegativeDoses(models[model])
    }
  }

  /// Reports weights and totals of points that nothing would read.
  private func checkUnread(_ source: CurveSource, _ reader: ObjectReader) {
    guard source.assay == nil, let points = reader["points"], points.elementCount != nil else {
      return
    }
    if weights != .column, responseKind != .poisson,
      source.wells.contains(where: { $0.weight != nil })
    {
      points.report(
        found: "weights that nothing reads",
        expected: "\"weights\": \"column\", Poisson counts, or no weights")
    }
    if responseKind != .binomial, source.wells.contains(where: { $0.total != nil }) {
      points.report(
        found: "totals that nothing reads", expected: "\"response\": \"binomial\", or no totals")
    }
  }
}

let minimumBootstrapSamples = 100
let minimumFlatnessSamples = 99

extension Element {
  /// A number of random samples.
  fileprivate func sampleNumber(atLeast minimum: Int) -> Int? {
    integer(in: minimum...1_000_000, expected: "an integer from \(minimum) to 1000000")
  }

  /// 0 leaves the test out.
  fileprivate func flatnessSamples() -> Int? {
    if case .number(let number) = node.value, number.integer == 0 { return 0 }
    let minimum = minimumFlatnessSamples
    return integer(
      in: minimum...1_000_000, expected: "0, or an integer from \(minimum) to 1000000")
  }

  fileprivate func alpha() -> CedergreenAlpha? {
    number({ CedergreenAlpha(rawValue: $0) != nil }, expected: "1, 0.5 or 0.25").flatMap {
      CedergreenAlpha(rawValue: $0)
    }
  }

  /// Records that this model has no place for a negative dose.
  func reportNegativeDoses(_ model: DoseResponseModel) {
    report(
      found: "\(quoted(model.rawValue)) with negative doses",
      expected: "doses of at least 0, or a model of log doses such as \"logistic-4\"")
  }
}

extension Double {
  fileprivate var isCount: Bool { self >= 0 && rounded() == self }
}
