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
  public let analyses: [Analysis]
  public let published: [PublishedValue]

  private let text: SourceText

  /// The file as it was read, byte for byte.
  public var bytes: [UInt8] { text.bytes }

  /// Where `value` stands in the file.
  public func position(of value: PublishedValue) -> Position { text.position(of: value.offset) }

  /// The bytes of the file that the results of `analysis` follow from.
  public func definition(of analysis: Analysis) -> [ArraySlice<UInt8>] {
    analysis.ranges.map { text.bytes[$0] }
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

  public init(_ bytes: [UInt8]) {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(bytes)
      let collector = FaultCollector(document.text)
      let root = Element(node: document.root, pointer: .root, collector: collector)
      study = Study(root, text: document.text)
      faults = collector.faults.sorted { $0.position < $1.position }
    } catch {
      study = nil
      faults = [
        Fault(
          position: error.position, pointer: error.pointer, found: error.found,
          expected: error.expected)
      ]
    }
  }
}

extension Study {
  fileprivate init?(_ element: Element, text: SourceText) {
    guard var reader = ObjectReader(element, expected: "a study: an object") else { return nil }
    _ = reader.required("theriac") {
      $0.integer(in: 1...1, expected: "the format number 1")
    }
    id = reader.required("id") { $0.identifier() } ?? ""
    title = reader.required("title") { $0.text() } ?? ""
    description = reader.optional("description") { $0.text() }
    let sources =
      reader.element("sources").map {
        NamedList($0, what: "source", { Source($0) }, id: \.id)
      } ?? NamedList()
    let defaults = reader.optional("defaults") { Defaults($0) } ?? Defaults()
    reader.element("datasets").map(readDatasets)
    let trials =
      reader.element("trials").map {
        NamedList(
          $0, what: "trial", { Trial($0, sources: sources, defaults: defaults) }, id: \.id)
      } ?? NamedList()
    reader.element("assays")?.report(
      found: "\"assays\"", expected: "trials (assays come with a later version)")
    let context = AnalysisContext(trials: trials, defaults: defaults)
    let (analyses, analysisIDs, namesEveryAnalysis) = Self.readAnalyses(&reader, context)
    published =
      reader.optional("published") { element in
        element.list {
          PublishedValue(
            $0, analyses: analysisIDs, isComplete: namesEveryAnalysis, sources: sources)
        }
      } ?? []
    reader.finish()
    (self.sources, self.defaults, self.trials, self.analyses) = (
      sources.values, defaults, trials.values, analyses
    )
    self.text = text
  }

  private static func readAnalyses(
    _ reader: inout ObjectReader, _ context: AnalysisContext
  ) -> ([Analysis], ids: [String], namesEveryAnalysis: Bool) {
    var ids: [String] = []
    var namesEveryAnalysis = true
    let analyses = reader.required("analyses") { element in
      element.list(atLeastOne: true) { element -> Analysis? in
        let (id, analysis) = Analysis.read(element, context)
        guard let id else {
          namesEveryAnalysis = false
          return nil
        }
        guard !ids.contains(id) else {
          return element.fault(
            found: "the analysis id \(quoted(id)) again", expected: "each analysis id once")
        }
        ids.append(id)
        return analysis
      }
    }
    return (analyses ?? [], ids, namesEveryAnalysis && analyses != nil)
  }
}
