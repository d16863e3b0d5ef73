import Results

/// What the notes of a comparison call its methods.
///
/// A note of an interval ends in its measure, as in `Wald, risk ratio`; that of a test does not.
struct MethodTitles {
  private let notes: [MethodNote]

  init(_ notes: [MethodNote]) {
    self.notes = notes
  }

  /// The title without the measure, and with the weights that `score/equal` names behind its stroke.
  func title(interval name: String, of contrast: Contrast) -> String {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    let ending = ending(contrast)
    guard
      let note = notes.first(where: { $0.name == parts.first && $0.title.hasSuffix(ending) })
    else { return name }
    let title = String(note.title.dropLast(ending.count))
    return parts.count > 1 ? "\(title), weights \(parts[1])" : title
  }

  func title(test name: String) -> String {
    notes.first { note in
      note.name == name && !Contrast.allCases.contains { note.title.hasSuffix(ending($0)) }
    }?.title ?? name
  }

  private func ending(_ contrast: Contrast) -> String {
    ", " + contrast.title.lowercased()
  }
}
