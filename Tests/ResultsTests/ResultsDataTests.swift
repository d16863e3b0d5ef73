import JSON
import Results
import Testing

private func csv() -> String {
  var text = ""
  sampleResults().writeCSV(to: &text)
  return text
}

private func datasetJSON() throws -> JSONNode {
  var text = ""
  sampleResults().writeDatasetJSON(creation: "2024-01-02T03:04:05Z", to: &text)
  return try parsed(text)
}

@Suite struct ResultsDataTests {
  @Test func theHeaderNamesTheColumnsOfTheContract() {
    #expect(
      csv().split(separator: "\n").first
        == """
        study_id,analysis_id,kind,group1,group1_level,group2,group2_level,group3,group3_level,\
        variable,variable_level,measure,method,stat_name,stat_label,stat,unit,status,warning,error
        """)
  }

  @Test func fieldsAreQuotedWhereTheyMustBe() {
    let place =
      "s,i,incidence,trial,t,arm,\"a, \"\"b\"\"\",,,term,\"Nausea\nand\u{1}vomiting\",risk,"
    let text = csv()
    #expect(text.contains("\n" + place + ",events,Events,0,,ok,,\n"))
    #expect(text.contains("\n" + place + "wald,lower,Lower limit,1e-300,,ok,,\n"))
    #expect(text.hasSuffix("\n"))
    #expect(!text.contains("\r"))
  }

  @Test(arguments: [
    ("a", "a"), ("a b", "a b"), ("", ""), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""),
    ("\r", "\"\r\""), ("x\r\ny", "\"x\r\ny\""), ("é;'", "é;'"),
    ("quote\"\u{301}", "\"quote\"\"\u{301}\""),
  ])
  func aFieldReadsBackAsItWas(level: String, field: String) {
    var analysis = AnalysisResult(id: "i", kind: "k", title: "", level: 0.95)
    analysis.groups = [
      ResultGroup(
        RowPlace(groups: [], variable: "v", level: level),
        [Statistic(StatisticKey(measure: "m", name: "n"), .number(1))])
    ]
    let sample = results(analyses: [analysis])
    var text = ""
    sample.writeCSV(to: &text)
    let row = "\ns,i,k,,,,,,,v,\(field),m,,n,n,1,,ok,,\n"
    #expect(Array(text.utf8).suffix(row.utf8.count) == Array(row.utf8)[...])
  }

  @Test func everyKindOfValueHasItsStatus() {
    let text = csv()
    for row in [
      ",Upper limit (+∞),,,unbounded,,\n", ",log (−∞),,,unbounded,,\n",
      ",bound,100,,censored-above,,\n", ",least,0.5,,censored-below,,\n",
      ",ratio,,,not-estimable,no events,\n", ",Percent,32.5,%,reconstructed,rebuilt,\n",
      ",log-logistic-4,,status,Status,,,at-bound,slope,\n",
    ] {
      #expect(text.contains(row), "\(row)")
    }
  }

  @Test func analysesWithoutResultsAreRowsWithTheirError() {
    let text = csv()
    #expect(text.contains("\ns,f,incidence,,,,,,,,,,,,,,,failed,,\"no count, \"\"none\"\"\"\n"))
    #expect(text.contains("\ns,k,incidence,,,,,,,,,,,,,,,"))
    #expect(text.hasSuffix(",an analysis before it failed\n"))
  }

  @Test func datasetJSONHasTheKeysOfTheStandardAndNoOthers() throws {
    let root = try datasetJSON()
    #expect(
      Set(root.keys) == [
        "datasetJSONCreationDateTime", "datasetJSONVersion", "fileOID", "sourceSystem", "studyOID",
        "itemGroupOID", "records", "name", "label", "columns", "rows",
      ])
    #expect(root["datasetJSONVersion"]?.string == "1.1.0")
    #expect(root["datasetJSONCreationDateTime"]?.string == "2024-01-02T03:04:05Z")
    #expect(root["sourceSystem"]?.keys == ["name", "version"])
    for column in root["columns"]?.elements ?? [] {
      #expect(column.keys == ["itemOID", "name", "label", "dataType"])
    }
  }

  @Test func datasetJSONHasTheRowsOfTheTable() throws {
    let root = try datasetJSON()
    let columns = root["columns"]?.elements ?? []
    let header = csv().split(separator: "\n")[0].split(separator: ",").map(String.init)
    #expect(columns.map { $0["name"]?.string } == header)
    #expect(Set(columns.compactMap { $0["itemOID"]?.string }).count == 20)
    #expect(columns.map { $0["dataType"]?.string == "double" } == header.map { $0 == "stat" })
    let rows = root["rows"]?.elements ?? []
    #expect(rows.count == 13)
    #expect(root["records"]?.number == 13)
    #expect(rows.allSatisfy { $0.elements.count == 20 })
    #expect(
      rows.map { $0.elements[15].number }
        == [0, 0.1, 1e-300, nil, nil, 100, 0.5, nil, 32.5, nil, 3, nil, nil])
    for row in rows {
      for (index, cell) in row.elements.enumerated() {
        #expect(index == 15 ? cell.isNull || cell.number != nil : cell.string != nil)
      }
    }
  }

  @Test func resultsWithoutRowsAreStillTables() throws {
    let sample = results()
    var text = ""
    sample.writeDatasetJSON(creation: "2024-01-02T03:04:05Z", to: &text)
    #expect(try parsed(text)["rows"]?.elements.count == 0)
    text = ""
    sample.writeCSV(to: &text)
    #expect(text.split(separator: "\n").count == 1)
  }
}
