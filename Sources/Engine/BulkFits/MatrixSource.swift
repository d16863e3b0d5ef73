public import DoseResponse
public import Tables

/// Curves that are the rows of an array, with a point at each of the same doses.
public struct MatrixSource: CurveSource {
  private let responses: NPYArray
  private let weights: NPYArray?
  private let regression: BatchRegression

  /// Checks that the shapes fit each other.
  ///
  /// - Throws: ``ShapeError``, or `NotEstimable` where the model has no such doses.
  public init(
    _ responses: NPYArray, weights: NPYArray? = nil, doses: [Double], request: BatchRequest
  ) throws {
    guard responses.shape.count == 2 else {
      throw ShapeError(
        found: "one dimension, of \(responses.count) numbers",
        expected: "two, (curves, points); numpy's reshape(1, -1) makes one curve of it")
    }
    guard responses.shape[1] == doses.count else {
      throw ShapeError(
        found: "\(doses.count) doses for the \(responses.shape[1]) points of a curve",
        expected: "one dose a point, in the order of the columns, repeated for replicates")
    }
    guard weights == nil || weights?.shape == responses.shape else {
      throw ShapeError(
        found: "weights of another shape than the responses", expected: "one weight a response")
    }
    self.responses = responses
    self.weights = weights
    regression = try BatchRegression(request, doses: doses)
  }

  public var curveCount: Int { responses.shape[0] }
  public var chunkSize: Int {
    BulkFits.chunkSize(
      curves: curveCount, points: regression.doses.count, interval: regression.request.interval)
  }

  public func makeFitter() -> any ChunkFitter { MatrixFitter(responses, weights, regression) }

  /// The number of the row, as Python counts it.
  public func appendField(of curve: Int, to bytes: inout [UInt8]) { bytes.append(decimal: curve) }
}

/// Data and doses that do not fit each other.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  public let found: String
  public let expected: String

  public var description: String { "found \(found); expected \(expected)" }
}

private final class MatrixFitter: ChunkFitter {
  private let responses: NPYArray
  private let weights: NPYArray?
  private let regression: BatchRegression
  private let responseScratch = Scratch()
  private let weightScratch = Scratch()

  /// The pages are read as the fits come to them.
  let readingTime = Duration.zero

  init(_ responses: NPYArray, _ weights: NPYArray?, _ regression: BatchRegression) {
    self.responses = responses
    self.weights = weights
    self.regression = regression
  }

  func fit(_ curves: Range<Int>, into results: UnsafeMutableBufferPointer<Double>) {
    let points = regression.doses.count
    let range = curves.lowerBound * points..<curves.upperBound * points
    let scratch = responseScratch.buffer(responses.needsScratch ? range.count : 0)
    responses.withDoubles(range, scratch: scratch) { responses in
      guard let weights else { return regression.fit(responses, into: results) }
      let scratch = weightScratch.buffer(weights.needsScratch ? range.count : 0)
      weights.withDoubles(range, scratch: scratch) {
        regression.fit(responses, weights: $0, into: results)
      }
    }
  }
}
