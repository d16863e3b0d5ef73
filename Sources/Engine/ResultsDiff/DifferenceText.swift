import JSON
import Results

extension ResultsDifference {
  /// The difference for a terminal; of each list at most `maximum` rows.
  public func text(maximum: Int) -> String {
    var lines = [a.line("A"), b.line("B"), ""]
    if !studiesOfOtherInputs.isEmpty {
      lines.append(
        "Definition or data differ of \(counted(studiesOfOtherInputs.count, "study", "studies")): "
          + listed(studiesOfOtherInputs))
    }
    lines.append(verdict)
    lines += list("Changed, the greatest first", changed, maximum) { change in
      let distance = change.distance.map { "  (\(short($0.relative)) relative)" } ?? ""
      return ["  \(change.place)"]
        + change.columns.map { column in
          "    \(column): \(change.content(column, of: change.a)) → "
            + change.content(column, of: change.b) + (column == "stat" ? distance : "")
        }
    }
    for (title, changes) in [("Added", added), ("Removed", removed)] {
      lines += list(title, changes, maximum) { change in
        ["  \(change.place): \(change.content("stat", of: change.a ?? change.b))"]
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var verdict: String {
    let near =
      within == 0
      ? "" : " (\(within) not to the last digit, at most \(short(farthestWithin.relative)) apart)"
    let bound =
      tolerances.general.absolute == 0
      ? "" : " or \(tolerances.general.absolute.shortestDecimal) absolute"
    return "\(same) same within \(tolerances.general.relative.shortestDecimal) relative\(bound)"
      + (tolerances.rules.isEmpty
        ? "" : " and " + counted(tolerances.rules.count, "rule of its own", "rules of their own"))
      + "\(near), \(changed.count) changed, \(added.count) added, \(removed.count) removed"
  }

  private func list(
    _ title: String, _ changes: [RowChange], _ maximum: Int, _ lines: (RowChange) -> [String]
  ) -> [String] {
    guard !changes.isEmpty else { return [] }
    let rest = changes.count - maximum
    return ["", title + ":"] + changes.prefix(maximum).flatMap(lines)
      + (rest > 0 ? ["  … \(rest) more; --csv FILE writes all, --limit N shows more"] : [])
  }
}

extension ResultsDifference.Side {
  fileprivate func line(_ name: String) -> String {
    let programs = builds.map { build, studies in
      let name = build.version.map { "Theriac \($0) (build \(build.build ?? "unknown"))" }
      return (name ?? "no manifest") + (builds.count > 1 ? " of \(studies)" : "")
    }
    return
      "\(name): \(path): \(counted(studies, "study", "studies")), "
      + "\(counted(rows, "statistic")), " + programs.joined(separator: ", ")
  }
}

extension RowChange {
  /// `study/analysis: arm hetrombopag, term Nausea: risk wilson lower`.
  fileprivate var place: String {
    let named = [
      ("group1", "group1_level"), ("group2", "group2_level"), ("group3", "group3_level"),
    ]
    let groups = (named + [("variable", "variable_level")]).map { name, level in
      [key[name], key[level]].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let statistic = ["measure", "method", "stat_name"].map { key[$0] }
    let parts = [
      [study, key["analysis_id"]].filter { !$0.isEmpty }.joined(separator: "/"),
      groups.filter { !$0.isEmpty }.joined(separator: ", "),
      statistic.filter { !$0.isEmpty }.joined(separator: " "),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// What `side` says under `column`.
  fileprivate func content(_ column: String, of side: [String]?) -> String {
    guard let side, let index = ResultsRow.contentColumns.firstIndex(of: column) else { return "" }
    return side[index].isEmpty ? "nothing" : side[index]
  }
}

/// Two digits are enough to see how far numbers lie apart.
private func short(_ number: Double) -> String {
  guard number > 0 else { return "0" }
  var scale = 1.0
  var exponent = 0
  while number * scale < 1 {
    scale *= 10
    exponent -= 1
  }
  let digits = (number * scale * 10).rounded() / 10
  return exponent == 0 ? digits.shortestDecimal : "\(digits.shortestDecimal)e\(exponent)"
}

/// At most eight names.
private func listed(_ names: [String]) -> String {
  names.prefix(8).map { $0.isEmpty ? "this one" : $0 }.joined(separator: ", ")
    + (names.count > 8 ? ", …" : "")
}
