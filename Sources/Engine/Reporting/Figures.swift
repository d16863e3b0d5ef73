public import Results

/// Each figure of a study as an SVG file, with the file's name.
public func svgFigures(_ results: StudyResults) -> [(name: String, svg: String)] {
  var taken: Set<String> = []
  return results.analyses.flatMap { analysis in
    AnalysisDisplay(analysis, rounding: results.rounding).figures.map { figure in
      let name = unused(figure.name, &taken)
      return (name + ".svg", figure.plot.file(named: name))
    }
  }
}

/// `name`, or the first of `name-2`, `name-3` … that was not taken before.
private func unused(_ name: String, _ taken: inout Set<String>) -> String {
  var candidate = name
  var count = 1
  // File systems may not tell upper and lower case apart.
  while !taken.insert(candidate.lowercased()).inserted {
    count += 1
    candidate = "\(name)-\(count)"
  }
  return candidate
}
