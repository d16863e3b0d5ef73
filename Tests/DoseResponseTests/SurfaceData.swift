import DoseResponse
import TestSupport

/// The surface of a data set of `surface-data.csv`; its factors are called x1, x2, ...
func surface(
  _ dataset: String, order: SurfaceOrder = .quadratic,
  changing points: ([SurfacePoint]) -> [SurfacePoint] = { $0 }
) throws -> ResponseSurface {
  let measured = points(try surfacePoints(dataset))
  return try ResponseSurface(
    measured, factors: factorNames(measured[0].factors.count), order: order)
}

func surfacePoints(_ dataset: String) throws -> [SurfacePoint] {
  try referenceTable("DoseResponse", "surface-data").filter { $0["dataset"] == dataset }.map {
    SurfacePoint(numbers($0["factors"]), response: $0.double("response"), block: $0["block"])
  }
}

func factorNames(_ count: Int) -> [String] { (1...count).map { "x\($0)" } }
