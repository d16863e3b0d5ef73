import DoseResponse
import Foundation
import Probability

/// Complete curves, and the numbers that they are drawn from.
///
/// Doses evenly over their logarithms from 100/3⁷ to 100; upper plateau normal with mean 100 and
/// standard deviation 5, lower plateau uniform from 0 to 40 % of it, either at its value where the
/// model fixes it; slope from 0.7 to 3, ED50 or location from the third to the sixth of eight threefold
/// doses, asymmetry from ½ to 2, all evenly over their logarithms; normal noise with a standard
/// deviation of 4 % of the range between the plateaus.
struct CompleteCurves {
  static let highest = 100.0
  static let lowest = 100 / pow(3, 7.0)

  private var stream: RandomStream
  private let curve: ResponseCurve

  init(_ model: DoseResponseModel, seed: Int) {
    stream = RandomStream(seed: UInt64(seed))
    curve = ResponseCurve(model)
  }

  /// `count` doses from the lowest to the highest one.
  static func doses(_ count: Int) -> [Double] {
    (0..<count).map { lowest * pow(highest / lowest, Double($0) / Double(max(count - 1, 1))) }
  }

  private mutating func normal() -> Double {
    Normal.standard.quantile(lowerTail: stream.uniform())
  }

  private mutating func evenlyOverLogarithms(_ low: Double, _ high: Double) -> Double {
    low * pow(high / low, stream.uniform())
  }

  /// A dose anywhere between the lowest and the highest one.
  mutating func dose() -> Double { evenlyOverLogarithms(Self.lowest, Self.highest) }

  /// The responses of a curve at `doses`.
  mutating func append(at doses: [Double], to responses: inout [Double]) {
    let upper = curve.fixedValues[.upper] ?? 100 + 5 * normal()
    let lower = curve.fixedValues[.lower] ?? 0.4 * upper * stream.uniform()
    let place = evenlyOverLogarithms(Self.lowest * 9, Self.highest / 9)
    let steepness = evenlyOverLogarithms(0.7, 3)
    let values: [CurveParameter: Double] = [
      .slope: curve.model.isOfLogDose ? steepness : steepness / place,
      .lower: lower, .upper: upper, .ed50: place, .location: place,
      .asymmetry: evenlyOverLogarithms(0.5, 2),
    ]
    let parameters = curve.parameters.map { values[$0] ?? .nan }
    for dose in doses {
      responses.append(
        curve.response(dose: dose, parameters: parameters) + 0.04 * (upper - lower) * normal())
    }
  }
}

private func write(_ doses: [Double], _ responses: Array2D, to folder: String) throws {
  try FileManager.default.createDirectory(
    atPath: folder, withIntermediateDirectories: true)
  try Array2D(rows: 1, columns: doses.count, values: doses).write(to: folder + "/doses.npy")
  try responses.write(to: folder + "/responses.npy")
}

func simulate(_ options: inout Options) throws {
  let folder = try options.path()
  let (curves, levels) = (try options.int("curves", 1_000_000), try options.int("levels", 8))
  let replicates = try options.int("replicates", 3)
  let doses = CompleteCurves.doses(levels).flatMap { [Double](repeating: $0, count: replicates) }
  var simulation = CompleteCurves(
    try options.choice("model", .logLogistic4), seed: try options.int("seed", 20_261_130))
  var responses: [Double] = []
  responses.reserveCapacity(curves * doses.count)
  for _ in 0..<curves { simulation.append(at: doses, to: &responses) }
  try write(
    doses, Array2D(rows: curves, columns: doses.count, values: responses), to: folder)
}

func simulateRows(_ options: inout Options) throws {
  let folder = try options.path()
  let points = try options.int("points", 10_000_000)
  var simulation = CompleteCurves(.logLogistic4, seed: try options.int("seed", 20_261_130))
  let doses = (0..<points).map { _ in simulation.dose() }
  var responses: [Double] = []
  responses.reserveCapacity(points)
  simulation.append(at: doses, to: &responses)
  try write(doses, Array2D(rows: 1, columns: points, values: responses), to: folder)
}

func copyTable(_ options: inout Options) throws {
  let (table, folder) = (try options.path(), try options.path())
  let copies = try options.int("copies", 1)
  var names: [Substring] = []
  var doses: [[Double]] = []
  var responses: [[Double]] = []
  let text = try String(contentsOfFile: table, encoding: .utf8)
  for line in text.split(whereSeparator: \.isNewline).dropFirst() {
    let fields = line.split(separator: ",")
    guard fields.count == 3, let dose = Double(fields[1]), let response = Double(fields[2]) else {
      throw UsageError(message: "\(table): \(line)")
    }
    if names.last != fields[0] {
      names.append(fields[0])
      doses.append([])
      responses.append([])
    }
    doses[doses.count - 1].append(dose)
    responses[responses.count - 1].append(response)
  }
  guard let first = doses.first, doses.allSatisfy({ $0 == first }) else {
    throw UsageError(message: "\(table): curves at other doses")
  }
  let values = (0..<copies).flatMap { _ in responses.joined() }
  try write(
    first, Array2D(rows: copies * names.count, columns: first.count, values: values), to: folder)
}
