// Intervals of a proportion by every method, for many cells of adverse-event tables.
//
//   IncidenceBenchmark cells COUNT FILE   writes seeded cells, `events,subjects` a line
//   IncidenceBenchmark run FILE           prints seconds and the sum of all limits by method

import Foundation
import Incidence
import Inference
import Probability

/// Cells as safety tables have them: 20 to 20,000 subjects, evenly over the logarithm, with risks
/// from 1 in 1,000 to 1 in 2 likewise; many have no event.
func cells(count: Int) -> [(events: Int, subjects: Int)] {
  var stream = RandomStream(seed: 20_210_225)
  return (0..<count).map { _ in
    let subjects = Int((20 * pow(1000, stream.uniform())).rounded())
    let risk = 0.001 * pow(500, stream.uniform())
    let events = Binomial(trials: subjects, probability: risk)
      .quantile(lowerTail: stream.uniform())
    return (events, subjects)
  }
}

func readCells(_ path: String) throws -> [BinomialCount] {
  try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
    let fields = line.split(separator: ",").compactMap { Int($0) }
    return try BinomialCount(events: fields[0], total: fields[1])
  }
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "cells" where arguments.count == 4:
  let lines = cells(count: Int(arguments[2]) ?? 0).map { "\($0.events),\($0.subjects)\n" }
  try ("events,subjects\n" + lines.joined())
    .write(toFile: arguments[3], atomically: true, encoding: .utf8)
case "run" where arguments.count == 3:
  let counts = try readCells(arguments[2])
  let clock = ContinuousClock()
  for method in ProportionIntervalMethod.allCases {
    var sum = 0.0
    let duration = clock.measure {
      for count in counts {
        let interval = count.confidenceInterval(method: method, level: .percent95, sides: .two)
        sum += (interval?.lower ?? 0) + (interval?.upper ?? 0)
      }
    }
    print("\(method.rawValue),\(duration / .seconds(1)),\(sum)")
  }
default:
  FileHandle.standardError.write(Data("usage: cells COUNT FILE | run FILE\n".utf8))
  exit(64)
}
