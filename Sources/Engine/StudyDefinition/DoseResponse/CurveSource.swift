import DoseResponse

/// The wells, or points, that curves are fitted to, and how they are divided into curves.
struct CurveSource {
  /// `nil` for points of the analysis itself.
  let assay: Assay?
  let wells: [AssayWell]
  /// Where points stand; empty for wells of an assay.
  let places: [DataPlace]
  let curves: [NamedWells]
  let lotKey: DoseResponseAnalysis.WellKey?
  let origin: DataOrigin
  let isSound: Bool

  struct NamedWells {
    let name: String
    let wells: [AssayWell]
    let lots: [WellGrouping.Group]
  }

  /// Reads either `assay`, with `curves` and `lots`, or `points`; `nil` where no curve is known.
  init?(_ reader: inout ObjectReader, _ context: AnalysisContext) {
    let source = reader.either("assay", "points")
    let curves = reader.element("curves")
    let lots = reader.element("lots")
    switch source {
    case .first(let assay)?: self.init(assay, curves: curves, lots: lots, context)
    case .second(let points)?:
      for element in [curves, lots].compactMap({ $0 }) {
        element.report(expected: "this key with \"assay\" only")
      }
      self.init(points: points, context)
    case nil: return nil
    }
  }

  private init?(_ element: Element, curves: Element?, lots: Element?, _ context: AnalysisContext) {
    let curveKeys = curves.map { $0.wellKeys() }
    let lotKey = lots.map { $0.lotKey() }
    guard let assay = context.assay(element),
      let keys = curveKeys ?? assay.curveKeys,
      let groups = assay.groups(keys, curves ?? element)
    else { return nil }
    let divided = groups.map { group in
      let lots = lotKey.flatMap { $0 }.map { WellGrouping(keys: [$0]).groups(group.wells) }
      return NamedWells(name: group.name, wells: group.wells, lots: lots ?? [])
    }
    if let lots, let lotKey {
      guard let lotKey, lots.checkLots(lotKey, assay, divided) else { return nil }
      self.lotKey = lotKey
    } else {
      self.lotKey = nil
    }
    self.assay = assay
    wells = assay.wells
    places = []
    self.curves = divided
    origin = assay.origin
    isSound = assay.isSound
  }

  private init?(points element: Element, _ context: AnalysisContext) {
    let isInline = element.elementCount != nil
    let read =
      isInline
      ? ReadWells(list: element, WellColumn.ofPoints)
      : ReadWells(file: element, WellColumn.ofPoints, context.data)
    guard let read else { return nil }
    let grouping = WellGrouping(keys: read.wells.contains { $0.curve != nil } ? [.curve] : [])
    let unnamed = grouping.incomplete(read.wells)
    for index in unnamed {
      read.places[index].report(
        "curve", expected: "the name of its curve, since other points have one")
    }
    guard unnamed.isEmpty else { return nil }
    assay = nil
    (wells, places) = (read.wells, read.places)
    curves = grouping.groups(read.wells).map {
      NamedWells(name: $0.name, wells: $0.wells, lots: [])
    }
    lotKey = nil
    origin = read.origin
    isSound = true
  }

  /// The wells that curves may be fitted to, by their places among ``wells``.
  var fitted: [Int] {
    wells.indices.filter { wells[$0].isTested || wells[$0].role == .vehicle }
  }

  var names: [String] { curves.map(\.name) }

  /// Reports wells that the analysis cannot use: each point where it stands, those of an assay
  /// together at `choice`, which is what they do not go with.
  func report(
    _ faulty: [Int], _ column: WellColumn, _ choice: Element?, found: String, expected: String
  ) {
    if assay == nil {
      for index in faulty { places[index].report(column.rawValue, expected: expected) }
    } else if !faulty.isEmpty {
      choice?.report(
        found: "\(choice?.description ?? "") with \(faulty.count) wells \(found)",
        expected: expected)
    }
  }
}

extension Assay {
  /// The wells of each curve; `nil`, with a fault at `place`, where a sample belongs to none.
  func groups(
    _ keys: [DoseResponseAnalysis.WellKey], _ place: Element
  ) -> [WellGrouping.Group]? {
    let grouping = WellGrouping(keys: keys)
    let incomplete = grouping.incomplete(wells)
    guard incomplete.isEmpty else {
      return place.fault(
        found: "\(counted(incomplete.count, "sample")) of \(quoted(id)) without "
          + keys.map(\.rawValue).joined(separator: " or "),
        expected: "a curve for each sample")
    }
    return grouping.groups(wells)
  }
}

extension AnalysisContext {
  /// The assay that `element` names.
  func assay(_ element: Element) -> Assay? {
    let id = element.reference(
      to: "the id of an assay", among: assays.values.map(\.id), isComplete: assays.isComplete)
    return assays.values.first { $0.id == id }?.assay
  }
}

/// `1 sample`, `2 samples`.
private func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)" + (count == 1 ? "" : "s")
}

extension Element {
  /// Reads `{by: […]}`.
  func wellKeys() -> [DoseResponseAnalysis.WellKey]? {
    guard var reader = ObjectReader(self) else { return nil }
    let keys = reader.required("by") {
      $0.choices(of: DoseResponseAnalysis.WellKey.self, what: "what tells curves apart")
    }
    reader.finish()
    return keys.flatMap { $0.count == reader["by"]?.elementCount ? $0 : nil }
  }

  /// Reads `{by: "lot" | "plate"}`.
  fileprivate func lotKey() -> DoseResponseAnalysis.WellKey? {
    guard var reader = ObjectReader(self) else { return nil }
    let key = reader.required("by") { $0.choice(of: LotKey.self, what: "what tells lots apart") }
    reader.finish()
    return switch key {
    case .lot: .lot
    case .plate: .plate
    case nil: nil
    }
  }

  /// Whether every sample is in a lot and every curve in at least two, with a fault where not.
  fileprivate func checkLots(
    _ key: DoseResponseAnalysis.WellKey, _ assay: Assay, _ curves: [CurveSource.NamedWells]
  ) -> Bool {
    let incomplete = WellGrouping(keys: [key]).incomplete(assay.wells).count
    guard incomplete == 0 else {
      report(
        found: "\(counted(incomplete, "sample")) of \(quoted(assay.id)) without a lot",
        expected: "a lot for each sample")
      return false
    }
    let single = curves.filter { $0.lots.count < 2 }.map(\.name)
    guard single.isEmpty else {
      report(
        found: "one \(key.rawValue) of the curves \(listed(single))",
        expected: "at least two of each curve")
      return false
    }
    return true
  }
}

/// The spellings of what lots are told apart by.
enum LotKey: String, CaseIterable {
  case lot, plate
}
