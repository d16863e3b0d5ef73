import JSON

/// An assay by its name, which stands even where the rest is faulty.
struct NamedAssay {
  let id: String
  let assay: Assay?
}

extension NamedAssay {
  init?(_ element: Element, sources: NamedList<Source>, _ context: DataContext) {
    guard var reader = ObjectReader(element) else { return nil }
    let faultsBefore = element.collector.faults.count
    let id = reader.required("id") { $0.identifier() }
    let title = reader.optional("title") { $0.text() }
    let isSimulated = reader.optional("simulated") { $0.boolean() }
    let source = reader.optional("source") { $0.reference(to: sources) }
    let response = reader.required("response") { $0.quantity() }
    let dose = reader.required("dose") { $0.quantity() }
    let read = ReadWells(&reader, context)
    let normalization = reader.optional("normalization") {
      $0.choice(of: Assay.Normalization.self, what: "what responses are shown as")
    }
    let quality = reader.optional("quality") { QualityCriteria($0) }
    reader.finish()
    guard let id else { return nil }
    self.id = id
    if let read {
      reader.checkControls(read.wells, normalization, quality)
    }
    guard let response, let dose, let read, !read.wells.isEmpty else {
      assay = nil
      return
    }
    assay = Assay(
      id: id, title: title, isSimulated: isSimulated ?? false, source: source, response: response,
      dose: dose, wells: read.wells, unmeasuredWells: read.unmeasured,
      normalization: normalization ?? .none, quality: quality ?? QualityCriteria(),
      origin: DataOrigin(
        ranges: [element.node.range] + read.origin.ranges, files: read.origin.files),
      isSound: element.collector.faults.count == faultsBefore)
  }
}

extension ReadWells {
  /// Reads either `wells` or `data`; `nil` where they are not wells of an assay.
  fileprivate init?(_ reader: inout ObjectReader, _ context: DataContext) {
    let (element, read): (Element, ReadWells?)
    switch reader.either("wells", "data") {
    case .first(let wells)?:
      (element, read) = (wells, ReadWells(list: wells, WellColumn.allCases))
    case .second(let data)?:
      (element, read) = (data, ReadWells(file: data, WellColumn.allCases, context))
    case nil: return nil
    }
    guard let read, read.checkPlaces() else { return nil }
    guard read.wells.contains(where: { $0.role == .sample }) else {
      element.report(found: "no well of a sample", expected: "at least one")
      return nil
    }
    self = read
  }
}

extension ObjectReader {
  /// Reports what is asked of controls that there are none of.
  fileprivate func checkControls(
    _ wells: [AssayWell], _ normalization: Assay.Normalization?, _ quality: QualityCriteria?
  ) {
    let hasControl = wells.contains { $0.role == .vehicle || $0.dose == 0 }
    let hasPositive = wells.contains { $0.role == .positive }
    if let normalization, normalization != .none, !hasControl {
      self["normalization"]?.report(
        found: "\(quoted(normalization.rawValue)) without a well of the vehicle or of dose 0",
        expected: "at least one such well")
    }
    if normalization == .percentOfRange, !hasPositive {
      self["normalization"]?.report(
        found: "\"percent-of-range\" without a positive control",
        expected: "at least one well with that role")
    }
    if quality?.positive != nil, !hasPositive {
      self["quality"]?.member("positive")?.report(
        found: "limits for positive controls, of which there are none",
        expected: "at least one well with that role")
    }
  }
}

extension QualityCriteria {
  fileprivate init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    minimumZPrime =
      reader.optional("minimumZPrime") {
        $0.number({ $0 <= 1 && $0 >= finiteNumbers.lowerBound }, expected: "a number of at most 1")
      } ?? minimumZPrime
    maximumControlCV =
      reader.optional("maximumControlCV") { $0.positiveNumber() } ?? maximumControlCV
    positive = reader.optional("positive") { ExpectedPositive($0) }
    reader.finish()
  }
}

extension QualityCriteria.ExpectedPositive {
  fileprivate init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    let minimum = reader.required("minimum") { $0.finiteNumber() }
    let maximum = reader.required("maximum") { $0.finiteNumber() }
    let isPercent = reader.optional("percent") { $0.boolean() }
    reader.finish()
    guard let minimum, let maximum else { return nil }
    guard minimum < maximum else {
      element.report(
        found: "a minimum of \(minimum) and a maximum of \(maximum)",
        expected: "a minimum below the maximum")
      return nil
    }
    (self.minimum, self.maximum) = (minimum, maximum)
    self.isPercent = isPercent ?? true
  }
}

extension Element {
  /// A name with a unit, which may be empty.
  func quantity(isUnitRequired: Bool = true) -> Quantity? {
    guard var reader = ObjectReader(self) else { return nil }
    let name = reader.required("name") { $0.text() }
    let unit =
      isUnitRequired || reader.has("unit")
      ? reader.required("unit") { $0.string() } : reader.optional("unit") { $0.string() } ?? ""
    reader.finish()
    guard let name, let unit else { return nil }
    return Quantity(name: name, unit: unit)
  }
}
