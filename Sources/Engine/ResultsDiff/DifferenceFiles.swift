public import JSON
import Results

extension ResultsDifference {
  /// Every row that differs, as a table: RFC 4180 with line feeds.
  public var csv: String {
    let contents = ResultsRow.contentColumns
    let header =
      ["change", "study"] + ResultsRow.keyColumns + ["relative", "absolute"]
      + contents.map { "a_" + $0 } + contents.map { "b_" + $0 }
    let missing = [String](repeating: "", count: contents.count)
    let lines = all.map { change in
      [change.kind.rawValue, change.study] + change.key.fields
        + [change.distance?.relative, change.distance?.absolute].map {
          $0.map(\.shortestDecimal) ?? ""
        } + (change.a ?? missing) + (change.b ?? missing)
    }
    return ([header] + lines).map { $0.map(csvField).joined(separator: ",") + "\n" }.joined()
  }

  public var json: JSONValue {
    [
      "a": a.json, "b": b.json,
      "tolerance": tolerances.general.json,
      "same": .integer(same), "same_within_tolerance_only": .integer(within),
      "farthest_within_tolerance": .number(farthestWithin.relative),
      "studies_of_other_inputs": .array(studiesOfOtherInputs.map { .string($0) }),
      "changed": .array(changed.map(\.json)), "added": .array(added.map(\.json)),
      "removed": .array(removed.map(\.json)),
    ]
  }

  private var all: [RowChange] { changed + added + removed }
}

extension Tolerance {
  fileprivate var json: JSONValue {
    ["relative": .number(relative), "absolute": .number(absolute)]
  }
}

extension ResultsDifference.Side {
  fileprivate var json: JSONValue {
    [
      "path": .string(path), "studies": .integer(studies), "results": .integer(rows),
      "programs": .array(
        builds.map { build, studies in
          [
            "version": build.version.map { .string($0) } ?? .null,
            "build": build.build.map { .string($0) } ?? .null, "studies": .integer(studies),
          ]
        }),
    ]
  }

  /// The programs in the order of their versions.
  var builds: [(build: ResultsDifference.Build, studies: Int)] {
    programs.map { ($0.key, $0.value) }.sorted {
      ($0.build.version ?? "", $0.build.build ?? "") < (
        $1.build.version ?? "", $1.build.build ?? ""
      )
    }
  }
}

extension RowChange {
  fileprivate var json: JSONValue {
    let place = zip(ResultsRow.keyColumns, key.fields).filter { !$1.isEmpty }.map {
      (key: $0, value: JSONValue.string($1))
    }
    var members: [(key: String, value: JSONValue)] = [(key: "study", value: .string(study))]
    members += place
    if let distance {
      members.append((key: "relative", value: .number(distance.relative)))
      members.append((key: "absolute", value: .number(distance.absolute)))
    }
    for (name, side) in [("a", a), ("b", b)] {
      guard let side else { continue }
      members.append((key: name, value: contents(side)))
    }
    return .object(members)
  }

  private func contents(_ side: [String]) -> JSONValue {
    .object(
      zip(ResultsRow.contentColumns, side).map { column, text in
        let number = column == "stat" ? Double(text) : nil
        return (key: column, value: number.map { .number($0) } ?? .string(text))
      })
  }
}
