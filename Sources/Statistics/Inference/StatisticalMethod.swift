/// A method of a closed list, described for the people who choose it.
///
/// The raw value is the method's spelling in a study definition.
public protocol StatisticalMethod: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == String {
  /// The name in a table or a footer.
  var title: String { get }

  /// One sentence: the convention, and how it relates to the defaults of SAS and R.
  var summary: String { get }

  /// Author (year), journal volume:page.
  var reference: String { get }
}
