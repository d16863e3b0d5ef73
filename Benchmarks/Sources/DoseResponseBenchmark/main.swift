// Fits of a log-logistic curve with four parameters to many small sets of points.
//
//   DoseResponseBenchmark curves COUNT FILE      writes simulated curves: curve,dose,response
//   DoseResponseBenchmark run CURVES ANSWERS     prints `program,curves,seconds` of the processor,
//                                                writes curve,slope,lower,upper,log_ed50

import DoseResponse
import Foundation
import Inference

/// The points of each curve of a file, in its order.
func curves(_ path: String) throws -> [(name: String, points: [DoseResponsePoint])] {
  var found: [(name: String, points: [DoseResponsePoint])] = []
  let text = try String(contentsOfFile: path, encoding: .utf8)
  for line in text.split(whereSeparator: \.isNewline).dropFirst() {
    let fields = line.split(separator: ",")
    guard fields.count == 3, let dose = Double(fields[1]), let response = Double(fields[2]) else {
      continue
    }
    if found.last?.name != String(fields[0]) { found.append((String(fields[0]), [])) }
    found[found.count - 1].points.append(DoseResponsePoint(dose: dose, response: response))
  }
  return found
}

/// Prints the processor's seconds that `body` takes.
func measure(_ program: String, _ count: Int, _ body: () -> Void) {
  let start = clock()
  body()
  print("\(program),\(count),\(Double(clock() - start) / Double(CLOCKS_PER_SEC))")
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "curves" where arguments.count == 4:
  var simulation = Simulation()
  let rows = (0..<(Int(arguments[2]) ?? 0)).flatMap { simulation.curve(named: "S\($0)") }
  try (["curve,dose,response"] + rows).map { $0 + "\n" }.joined()
    .write(toFile: arguments[3], atomically: true, encoding: .utf8)
case "run" where arguments.count == 4:
  let curves = try curves(arguments[2])
  let model = ResponseCurve(.logLogistic4)
  var fits: [LeastSquaresFit?] = []
  measure("Theriac", curves.count) {
    for curve in curves { fits.append(try? model.fit(CurveData(curve.points))) }
  }
  // As a screen is fitted: what depends on the doses alone is done once.
  var prepared: (doses: [Double], regression: CurveRegression)?
  measure("Theriac prepared", curves.count) {
    for curve in curves {
      guard let data = try? CurveData(curve.points) else { continue }
      let doses = data.means.map(\.dose)
      if prepared?.doses != doses { prepared = (doses, CurveRegression(model, design: data)) }
      _ = try? prepared?.regression.fit(data)
    }
  }
  let answers = zip(curves, fits).map { curve, fit in
    let numbers = fit.map { $0.parameters.dropLast() + [log($0.parameters[3])] } ?? []
    return ([curve.name] + numbers.map(\.description)).joined(separator: ",")
  }
  try answers.map { $0 + "\n" }.joined()
    .write(toFile: arguments[3], atomically: true, encoding: .utf8)
default:
  FileHandle.standardError.write(
    Data("usage: curves COUNT FILE | run CURVES ANSWERS\n".utf8))
  exit(64)
}
