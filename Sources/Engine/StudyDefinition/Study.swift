public import JSON

/// A study: what was observed, what to compute of it, and what was published.
///
/// Format 1 of the study definition.
public struct Study: Sendable {
  public let id: String
  public let title: String
  public let description: String?
  public let sources: [Source]
  public let defaults: Defaults
  public let trials: [Trial]
  public let assays: [Assay]
  /// The files of data that it names, each once.
  public let files: [DataFile]
  public let analyses: [Analysis]
  public let published: [PublishedValue]

  private let text: SourceText

  /// The file as it was read, byte for byte.
  public var bytes: [UInt8] { text.bytes }

  /// Where `value` stands in the file.
  public func position(of value: PublishedValue) -> Position { text.position(of: value.offset) }

  /// The bytes, of the file and of the files of data, that the results of `analysis` follow from.
  public func definition(of analysis: Analysis) -> [ArraySlice<UInt8>] {
    analysis.origin.ranges.map { text.bytes[$0] }
      + analysis.origin.files.compactMap { path in files.first { $0.path == path }?.bytes[...] }
  }
}

/// A study as far as it could be read, with all faults of its file in file order.
///
/// What could not be read is left out or replaced by a stand-in, so that the rest can be examined;
/// a study with faults is never run.
public struct StudyReading: Sendable {
  /// `nil` where the file is not JSON, or not an object.
  public let study: Study?
  public let faults: [Fault]
  /// The paths of the files of data, among those faults, that cannot be read.
  public let unreadableFiles: [String]

  /// Reads a study definition; `files` gives the files of data that it names.
  public init(_ bytes: [UInt8], files: @escaping FileLoader = noFiles) {
    let files = DataFiles(files)
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(bytes)
      let collector = FaultCollector(document.text)
      let root = Element(node: document.root, pointer: .root, collector: collector)
      study = Study(root, text: document.text, files: files)
      faults = collector.faults.sorted { $0.position < $1.position }
    } catch {
      study = nil
      faults = [
        Fault(
          position: error.position, pointer: error.pointer, found: error.found,
          expected: error.expected)
      ]
    }
    unreadableFiles = files.unreadable
  }

  /// Gives no file, for a study that is read by itself.
  public static func noFiles(_ path: String) throws(UnreadableFile) -> [UInt8] {
    throw UnreadableFile(reason: "the study is read without its files")
  }
}

extension Study {
  fileprivate init?(_ element: Element, text: SourceText, files: DataFiles) {
    guard var reader = ObjectReader(element, expected: "a study: an object") else { return nil }
    _ = reader.required("theriac") {
      $0.integer(in: 1...1, expected: "the format number 1")
    }
    id = reader.required("id") { $0.identifier() } ?? ""
    title = reader.required("title") { $0.text() } ?? ""
    description = reader.optional("description") { $0.text() }
    let defaults = reader.optional("defaults") { Defaults($0) } ?? Defaults()
    let lists = ["sources", "datasets", "trials", "assays"].reduce(
      into: [String: Element]()
    ) { $0[$1] = reader.element($1) }
    let analysesElement = reader.required("analyses") { $0 }
    let publishedElement = reader.element("published")
    reader.finish()
    /// The list under `key`; one that is missing may be there under a key that nobody knows.
    func list<Value>(_ key: String, _ read: (Element) -> NamedList<Value>) -> NamedList<Value> {
      lists[key].map(read) ?? NamedList(isComplete: !reader.mayMean(key))
    }
    let sources = list("sources") { NamedList($0, what: "source", { Source($0) }, id: \.id) }
    let datasets = list("datasets") { NamedList(datasets: $0) }
    let data = DataContext(datasets: datasets, files: files)
    let trials = list("trials") {
      NamedList($0, what: "trial", { Trial($0, sources: sources, defaults: defaults) }, id: \.id)
    }
    let assays = list("assays") {
      NamedList($0, what: "assay", { NamedAssay($0, sources: sources, data) }, id: \.id)
    }
    let context = AnalysisContext(trials: trials, assays: assays, data: data, defaults: defaults)
    let named = analysesElement.flatMap { NamedList(analyses: $0, context) }
    if !reader.mayMean("assays"), !reader.mayMean("analyses") {
      datasets.reportUnused(in: [lists["assays"], analysesElement].compactMap { $0 })
    }
    let analysisIDs = named?.values.map(\.id) ?? []
    published =
      publishedElement?.list {
        PublishedValue(
          $0, analyses: analysisIDs, isComplete: named?.isComplete ?? false, sources: sources)
      } ?? []
    (self.sources, self.defaults, self.trials) = (sources.values, defaults, trials.values)
    self.assays = assays.values.compactMap(\.assay)
    analyses = named?.values.compactMap(\.analysis) ?? []
    self.files = files.read
    self.text = text
  }
}

extension NamedList<NamedAnalysis> {
  /// Reads the analyses; those that rest on others are read after them, wherever they stand.
  fileprivate init?(analyses element: Element, _ context: AnalysisContext) {
    guard let elements = element.elements() else { return nil }
    guard !elements.isEmpty else {
      element.report(expected: "at least one element")
      return nil
    }
    var context = context
    var read: [Int: NamedAnalysis] = [:]
    let places = elements.indices
    for place in places.filter({ !elements[$0].restsOnAnalyses }) {
      read[place] = NamedAnalysis(elements[place], context)
    }
    context.analyses.values = places.compactMap { read[$0] }
    context.analyses.isComplete = places.allSatisfy {
      read[$0] != nil || elements[$0].restsOnAnalyses
    }
    for place in places.filter({ elements[$0].restsOnAnalyses }) {
      read[place] = NamedAnalysis(elements[place], context)
    }
    var seen: Set<String> = []
    for place in places {
      guard let analysis = read[place] else {
        isComplete = false
        continue
      }
      guard seen.insert(analysis.id).inserted else {
        elements[place].report(
          found: "the analysis id \(quoted(analysis.id)) again", expected: "each analysis id once")
        continue
      }
      values.append(analysis)
    }
  }
}

extension NamedAnalysis {
  fileprivate init?(_ element: Element, _ context: AnalysisContext) {
    let (id, analysis) = Analysis.read(element, context)
    guard let id else { return nil }
    (self.id, self.analysis) = (id, analysis)
  }
}

extension Element {
  /// Whether this is an analysis of others' results.
  fileprivate var restsOnAnalyses: Bool {
    guard case .string(let kind)? = member("kind")?.node.value else { return false }
    return kind == KindName.troubleshoot.rawValue
  }
}
