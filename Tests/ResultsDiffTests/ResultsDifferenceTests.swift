import Foundation
import JSON
import ResultsDiff
import TestSupport
import Testing

@Suite struct ResultsDifferenceTests {
  @Test func aFolderIsTheSameAsItself() throws {
    let difference = try compare([nausea], [nausea])

    #expect(difference.isEmpty)
    #expect(difference.same == 1)
    #expect(difference.within == 0)
  }

  @Test func aNumberWithinTheToleranceIsTheSame() throws {
    let other = nausea.with("stat", "0.1000000001")

    #expect(try compare([nausea], [other], relative: 1e-9).changed.isEmpty)
    #expect(try compare([nausea], [other], relative: 1e-9).within == 1)
    #expect(try compare([nausea], [other], relative: 9e-10).changed.count == 1)
    #expect(try compare([nausea], [other], relative: 0, absolute: 2e-10).changed.isEmpty)
  }

  @Test func aChangeSaysHowFar() throws {
    let change = try #require(
      try compare([nausea], [nausea.with("stat", "0.125")]).changed.first)

    #expect(change.columns == ["stat"])
    #expect(change.distance.map { abs($0.relative - 0.2) < 1e-15 } == true)
    #expect(change.distance.map { abs($0.absolute - 0.025) < 1e-16 } == true)
  }

  @Test(arguments: ["status", "warning", "error", "unit", "stat_label"])
  func aChangeOfWordsIsAChange(column: String) throws {
    let changed = try compare([nausea], [nausea.with(column, "other")]).changed

    #expect(changed.map(\.columns) == [[column]])
  }

  @Test func theGreatestChangeComesFirst() throws {
    let rows = (0..<4).map { nausea.with("group1_level", "arm \($0)") }
    let changed = [
      rows[0].with("warning", "w"), rows[1].with("stat", "0.11"), rows[2].with("stat", ""),
      rows[3].with("stat", "0.2"),
    ]
    let order = try compare(rows, changed).changed.map { $0.key.fields[3] }

    #expect(order == ["arm 2", "arm 3", "arm 1", "arm 0"])
  }

  @Test func rowsOfOneSideAreAddedOrRemoved() throws {
    let other = nausea.with("method", "blaker")
    let difference = try compare([nausea], [other, nausea.with("variable_level", "Pain")])

    #expect(difference.removed.map(\.kind) == [.removed])
    #expect(difference.added.map(\.kind) == [.added, .added])
    #expect(difference.added.map { $0.key.fields[11] } == ["blaker", "wilson"])
  }

  @Test func repeatedRowsAreMatchedInTheirOrder() throws {
    let other = nausea.with("stat", "0.2")
    let difference = try compare([nausea, other], [nausea, other, nausea])

    #expect(difference.changed.isEmpty)
    #expect(difference.added.count == 1)
  }

  @Test func aRuleLoosensTheRowsThatItFits() throws {
    let pain = nausea.with("variable_level", "Pain")
    let rule = try ToleranceRule("method=wil*,variable_level=Pain:0.5")
    let changed = try compare(
      [nausea, pain], [nausea.with("stat", "0.11"), pain.with("stat", "0.11")], rules: [rule]
    ).changed

    #expect(changed.map { $0.key.fields[9] } == ["Nausea"])
  }

  @Test(arguments: [
    "1e-6", "method=wilson", "method=wilson:", "method=wilson:x", "method=wilson:-1",
    "method:1e-6", "metod=wilson:1e-6", "method=wilson:1,2,3",
  ])
  func aRuleThatIsNoneIsRefused(text: String) {
    #expect(throws: ToleranceFault.self) { try ToleranceRule(text) }
  }

  @Test func programsAndInputsAreToldApart() throws {
    try withTemporaryFolder { folder in
      try write([nausea], to: folder.appending(path: "a/s"), manifest("0.1.0", "aaa", "1"))
      try write([nausea], to: folder.appending(path: "b/s"), manifest("0.2.0", "bbb", "2"))
      try write([nausea], to: folder.appending(path: "b/t"), nil)
      try write([nausea], to: folder.appending(path: "b/.u.partial"), nil)
      let difference = try ResultsDifference(
        folder.path + "/a", folder.path + "/b",
        within: Tolerances(Tolerance(relative: 0, absolute: 0)))

      #expect(difference.studiesOfOtherInputs == ["s"])
      #expect(difference.b.studies == 2)
      #expect(difference.added.map(\.study) == ["t"])
      let text = difference.text(maximum: 5)
      #expect(text.contains("1 study, 1 statistic, Theriac 0.1.0 (build aaa)\n"))
      #expect(text.contains("Definition or data differ of 1 study: s\n"))
      #expect(text.contains("no manifest of 1, Theriac 0.2.0 (build bbb) of 1\n"))
    }
  }

  @Test func folderAndTreeAreNotCompared() throws {
    try withTemporaryFolder { folder in
      try write([nausea], to: folder.appending(path: "b/s"), nil)
      let within = Tolerances(Tolerance(relative: 0, absolute: 0))

      #expect(throws: UnreadableResults.self) {
        try ResultsDifference(folder.path + "/b/s", folder.path + "/b", within: within)
      }
      #expect(throws: UnreadableResults.self) {
        try ResultsDifference(folder.path + "/c", folder.path + "/b", within: within)
      }
      try Data("a,b\n1,2\n".utf8).write(to: folder.appending(path: "b/s/ard.csv"))
      #expect(throws: InvalidResults.self) {
        try ResultsDifference(folder.path + "/b", folder.path + "/b", within: within)
      }
    }
  }

  @Test func everyRenderingHasEveryChange() throws {
    let difference = try compare(
      [nausea, nausea.with("variable_level", "Pain, \"severe\"")], [nausea.with("stat", "0.3")])

    #expect(difference.csv.split(separator: "\n").count == 3)
    #expect(
      difference.csv.contains("removed,,i,incidence,arm,a,,,,,term,\"Pain, \"\"severe\"\"\","))
    _ = try JSONDocument(Array(difference.json.indented.utf8))
    #expect(difference.json.compact.contains("\"a\":{\"stat\":0.1,"))
    let text = difference.text(maximum: 5)
    #expect(text.contains("  i: arm a, term Nausea: risk wilson lower\n"))
    #expect(text.contains("    stat: 0.1 → 0.3  (6.7e-1 relative)\n"))
    #expect(difference.text(maximum: 0).contains("… 1 more"))
  }
}
