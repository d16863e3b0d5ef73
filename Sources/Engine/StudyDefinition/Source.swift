/// A publication or file that numbers were taken from.
public struct Source: Hashable, Sendable {
  public let id: String
  public let citation: String
  public let doi: String?
  public let url: String?

  init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    let id = reader.required("id") { $0.identifier() }
    let citation = reader.required("citation") { $0.text() }
    doi = reader.optional("doi") { $0.text() }
    url = reader.optional("url") { $0.text() }
    reader.finish()
    guard let id else { return nil }
    self.id = id
    self.citation = citation ?? ""
  }
}

extension Element {
  /// The id of one of `sources`.
  func reference(to sources: NamedList<Source>) -> String? {
    reference(
      to: "the id of a source", among: sources.values.map(\.id), isComplete: sources.isComplete)
  }
}
