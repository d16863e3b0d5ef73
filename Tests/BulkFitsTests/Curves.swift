import BulkFits
import DoseResponse
import Foundation
import Tables
import TestSupport
import Testing

/// Doses 0, 0.1, 1, 10, 100, twice each.
let doses: [Double] = [0, 0, 0.1, 0.1, 1, 1, 10, 10, 100, 100]

/// `count` curves at ``doses``, every seventh response missing, each curve flatter than the one before.
func responses(_ count: Int) -> [Double] {
  (0..<count).flatMap { curve in
    doses.enumerated().map { point, dose in
      let index = curve * doses.count + point
      guard index % 7 != 3 else { return .nan }
      let noise = Double(index * 7919 % 1009) / 1009 - 0.5
      return 1 / (1 + dose * Double(1 + curve % 5)) + 0.05 * noise
    }
  }
}

/// Writes `values` as an array of `width` columns; the path.
func write(_ values: [Double], width: Int, to name: String, in folder: URL) throws -> String {
  let path = folder.appending(path: name)
  let numbers = values.flatMap { value in withUnsafeBytes(of: value, Array.init) }
  try Data(npyHeader(shape: [values.count / width, width]) + numbers).write(to: path)
  return path.path
}

/// The rows of results that the regression itself gives, one after the other.
func rows(
  _ responses: [Double], weights: [Double]? = nil, doses: [Double], _ request: BatchRequest
) throws -> [Double] {
  let regression = try BatchRegression(request, doses: doses)
  let count = responses.count / doses.count * regression.layout.columns.count
  return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
    let results = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
    responses.withUnsafeBufferPointer { responses in
      guard let weights else { return regression.fit(responses, into: results) }
      weights.withUnsafeBufferPointer { regression.fit(responses, weights: $0, into: results) }
    }
    filled = count
  }
}

/// The numbers of the array at `path`.
func numbers(_ path: String) throws -> [Double] { try NPYArray(MappedFile(path)).doubles }

/// Whether two lists are the same numbers, NaN being like NaN.
func isSame(_ one: [Double], _ other: [Double]) -> Bool {
  one.count == other.count
    && zip(one, other).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}
