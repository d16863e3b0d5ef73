public import StudyDefinition

/// A study that can be run: its definition is valid and every published value has its row.
public struct StudyPlan: Sendable {
  public let study: Study
  /// In the order of the definition.
  let targets: [PublishedTarget]

  /// Reads a study definition and resolves it; `files` gives the files of data that it names.
  ///
  /// - Throws: ``InvalidStudy`` with all faults of the file, in file order.
  public init(
    _ bytes: [UInt8], files: @escaping FileLoader = StudyReading.noFiles
  ) throws(InvalidStudy) {
    let reading = StudyReading(bytes, files: files)
    var faults = reading.faults
    var targets: [PublishedTarget] = []
    if let study = reading.study {
      var catalogues: [String: RowCatalogue] = [:]
      for value in study.published {
        // What a faulty analysis would give is not known, so nothing is said about it.
        guard let analysis = study.analyses.first(where: { $0.id == value.analysis }),
          analysis.isSound
        else { continue }
        let catalogue = catalogues[analysis.id] ?? RowCatalogue(analysis, of: study)
        catalogues[analysis.id] = catalogue
        switch catalogue.target(of: value, in: study) {
        case .success(let target): targets.append(target)
        case .failure(let fault): faults.append(fault)
        }
      }
    }
    guard let study = reading.study, faults.isEmpty else {
      throw InvalidStudy(
        faults: faults.sorted { $0.position < $1.position },
        unreadableFiles: reading.unreadableFiles)
    }
    self.study = study
    self.targets = targets
  }
}
