import ArgumentParser
import BulkFits
import DoseResponse
import Inference
import Tables

extension Fit {
  /// The curves of DATA.
  ///
  /// - Throws: `UnmappableFile`, `LongTableFault` or ``InvalidData``; `ValidationError` where options do
  ///   not go with the kind of data.
  func source(_ request: BatchRequest) throws -> any CurveSource {
    let file = try MappedFile(data)
    return data.hasSuffix(".npy")
      ? try matrix(file, request) : try longTable(file, request)
  }

  private func matrix(_ file: MappedFile, _ request: BatchRequest) throws -> any CurveSource {
    guard let doses else {
      throw ValidationError(
        "An array takes --doses, with one dose for each of its columns: --doses 0x3,0.1x3,1x3,10x3."
      )
    }
    let responses = try array(file)
    let weights = try weights.map { try array(try MappedFile($0)) }
    let list = doses.hasSuffix(".npy") ? try doseArray(doses) : try CurveOptions.doses(doses)
    do {
      return try MatrixSource(responses, weights: weights, doses: list, request: request)
    } catch let error as ShapeError {
      throw InvalidData(data, error)
    } catch let error as NotEstimable {
      throw InvalidData(
        doses, "\(error.reason), which \(request.curve.model.rawValue) does not have")
    }
  }

  private func longTable(_ file: MappedFile, _ request: BatchRequest) throws -> any CurveSource {
    guard doses == nil, weights == nil else {
      throw ValidationError(
        "--doses and --weights go with an array, .npy; a table has columns for them.")
    }
    let table = try LongTable(file, hasNegativeDoses: request.curve.model.takesNegativeDoses)
    return LongSource(table, request: request)
  }

  private func doseArray(_ path: String) throws -> [Double] {
    let doses = try array(try MappedFile(path))
    guard doses.shape.count == 1 else {
      throw InvalidData(path, "found two dimensions; expected one, with a dose a point")
    }
    return doses.doubles
  }

  private func array(_ file: MappedFile) throws -> NPYArray {
    do {
      return try NPYArray(file)
    } catch {
      throw InvalidData(file.path, error)
    }
  }
}
