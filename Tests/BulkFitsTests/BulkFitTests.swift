import BulkFits
import DoseResponse
import Foundation
import Inference
import Tables
import TestSupport
import Testing

private let request = BatchRequest(
  ResponseCurve(.logLogistic3), effects: [10, 50], interval: .waldLog)

/// Fits the array at `path` into `output`, from one thread.
private func fit(
  _ path: String, weights: String? = nil, doses: [Double] = doses, to output: String
) throws -> BulkFitSummary {
  let weights = try weights.map { try NPYArray(MappedFile($0)) }
  let source = try MatrixSource(
    NPYArray(MappedFile(path)), weights: weights, doses: doses, request: request)
  return try BulkFit(source, request: request, jobs: 1).run(to: output) { _ in }
}

/// Fits the long table `text` into an array; its numbers.
private func fitTable(_ text: String, in folder: URL, jobs: Int = 1) throws -> [Double] {
  let path = folder.appending(path: "long.csv")
  try Data(text.utf8).write(to: path)
  let output = folder.appending(path: "long.npy").path
  let source = LongSource(try LongTable(MappedFile(path.path)), request: request)
  _ = try BulkFit(source, request: request, jobs: jobs).run(to: output) { _ in }
  return try numbers(output)
}

@Suite struct BulkFitTests {
  @Test func anArrayGetsTheRowsOfTheRegression() throws {
    try withTemporaryFolder { folder in
      let values = responses(20)
      let path = try write(values, width: doses.count, to: "a.npy", in: folder)
      let output = folder.appending(path: "fits.npy").path
      let summary = try fit(path, to: output)

      #expect(isSame(try numbers(output), try rows(values, doses: doses, request)))
      #expect(try NPYArray(MappedFile(output)).shape == [20, request.layout.columns.count])
      #expect(summary.curveCount == 20)
      #expect(summary.statuses.reduce(0) { $0 + $1.count } == 20)
      #expect(summary.columns == request.layout.columns)
    }
  }

  @Test func weightsAreUsed() throws {
    try withTemporaryFolder { folder in
      let values = responses(5)
      let weights = values.indices.map { Double($0 % 4) }
      let path = try write(values, width: doses.count, to: "a.npy", in: folder)
      let weightPath = try write(weights, width: doses.count, to: "w.npy", in: folder)
      let output = folder.appending(path: "fits.npy").path
      _ = try fit(path, weights: weightPath, to: output)

      let expected = try rows(values, weights: weights, doses: doses, request)
      #expect(isSame(try numbers(output), expected))
      #expect(!isSame(expected, try rows(values, doses: doses, request)))

      let lines = values.indices.map {
        "\($0 / doses.count),\(doses[$0 % doses.count]),\(values[$0]),\(weights[$0])"
      }
      let text = "curve,dose,response,weight\n" + lines.joined(separator: "\n")
      #expect(isSame(try fitTable(text, in: folder), expected))
    }
  }

  @Test func aTableGetsTheRowsOfTheArray() throws {
    try withTemporaryFolder { folder in
      let values = responses(20)
      let lines = values.indices.map {
        "c\($0 / doses.count),\(doses[$0 % doses.count]),\(values[$0])"
      }
      let expected = try rows(values, doses: doses, request)
      let header = "curve,dose,response\n"
      #expect(isSame(try fitTable(header + lines.joined(separator: "\n"), in: folder), expected))
      // Dose by dose instead of curve by curve, the highest dose first: the replicates stay in order.
      let moved = lines.indices.sorted { one, other in
        let (first, second) = (one % doses.count, other % doses.count)
        return (-doses[first], first, one) < (-doses[second], second, other)
      }
      let text = header + moved.map { lines[$0] }.joined(separator: "\n")
      #expect(isSame(try fitTable(text, in: folder), expected))
    }
  }

  @Test func curvesOfDifferentDesignsAreFittedEachByItsOwn() throws {
    try withTemporaryFolder { folder in
      let values = responses(12)
      var lines: [String] = []
      var expected: [Double] = []
      for curve in 0..<12 {
        let points = (0..<doses.count - 2 * (curve % 3)).map { $0 }
        let own = points.map { values[curve * doses.count + $0] }
        lines += zip(points, own).map { "\(curve),\(doses[$0]),\($1)" }
        expected += try rows(own, doses: points.map { doses[$0] }, request)
      }
      let text = "curve,dose,response\n" + lines.joined(separator: "\n")
      #expect(isSame(try fitTable(text, in: folder), expected))
    }
  }

  @Test func aTableOfResultsHasNamesStatusesAndEmptyFields() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "long.csv")
      let text = "curve,dose,response\n\"a, b\",1,2\n\"a, b\",2,3\n"
      try Data(text.utf8).write(to: path)
      let output = folder.appending(path: "fits.csv")
      let source = LongSource(try LongTable(MappedFile(path.path)), request: request)
      let summary = try BulkFit(source, request: request, jobs: 2).run(to: output.path) { _ in }

      let lines = try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines[0] == Substring("curve," + request.layout.columns.joined(separator: ",")))
      #expect(lines[1].hasPrefix("\"a, b\",\(summary.statuses[0].name),"))
      #expect(!lines[1].contains("nan"))
    }
  }

  @Test func shapesThatDoNotFitAreToldWithWhatIsExpected() throws {
    try withTemporaryFolder { folder in
      let path = try write(responses(2), width: doses.count, to: "a.npy", in: folder)
      let output = folder.appending(path: "fits.npy").path
      let error = #expect(throws: ShapeError.self) { try fit(path, doses: [1, 2], to: output) }
      #expect(error?.found == "2 doses for the 10 points of a curve")
      let narrow = try write([1, 2, 3, 4], width: 2, to: "w.npy", in: folder)
      #expect(throws: ShapeError.self) { try fit(path, weights: narrow, to: output) }
      #expect(throws: NotEstimable.self) {
        try fit(path, doses: doses.map { $0 - 1 }, to: output)
      }
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func theFirstFaultOfATableIsTheOneThatIsTold() throws {
    try withTemporaryFolder { folder in
      var lines = (0..<9000).flatMap { ["c\($0),0,1", "c\($0),1,0"] }
      lines[2500] = "c1250,0,x"
      lines[17_000] = "c8500,0,y"
      let text = "curve,dose,response\n" + lines.joined(separator: "\n")
      for jobs in 1...4 {
        let fault = #expect(throws: LongTableFault.self) {
          try fitTable(text, in: folder, jobs: jobs)
        }
        #expect(fault?.line == 2502)
        #expect(fault?.column == 9)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left == ["long.csv"])
      }
    }
  }

  @Test func theNumberOfThreadsDoesNotMatter() throws {
    try withTemporaryFolder { folder in
      // Two points leave a curve without a fit, so that many chunks take no time.
      let count = 20_000
      let path = try write(
        (0..<2 * count).map { Double($0 % 17) }, width: 2, to: "a.npy", in: folder)
      let source = try MatrixSource(
        NPYArray(MappedFile(path)), doses: [0, 1], request: request)
      var seen: Set<Data> = []
      for (jobs, name) in [(1, "a.csv"), (2, "b.csv"), (5, "c.csv"), (1, "d.npy"), (3, "e.npy")] {
        let output = folder.appending(path: name)
        _ = try BulkFit(source, request: request, jobs: jobs).run(to: output.path) { _ in }
        seen.insert(try Data(contentsOf: output))
      }
      #expect(seen.count == 2)
    }
  }
}
