// Meta-analyses of a few studies, of very many, and very many of a few.
//
//   MetaAnalysisBenchmark inputs DATASETS ANALYSES DIRECTORY   writes what all programs read
//   MetaAnalysisBenchmark run DIRECTORY ANSWERS    prints `method,analyses,seconds`, writes answers
//   MetaAnalysisBenchmark methods                  prints the methods that scale
//   MetaAnalysisBenchmark scale METHOD STUDIES     prints `method,studies,seconds,bytes`

import Foundation

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "inputs" where arguments.count == 5:
  try Inputs(arguments[4]).write(datasets: arguments[2], analyses: Int(arguments[3]) ?? 0)
case "run" where arguments.count == 4:
  let inputs = Inputs(arguments[2])
  let single = try inputs.singleFits().map { try $0.measure(budget: .milliseconds(500)) }
  try (single.joined() + inputs.runSimulated())
    .write(toFile: arguments[3], atomically: true, encoding: .utf8)
case "methods" where arguments.count == 2:
  print(Scale.methods.joined(separator: "\n"))
case "scale" where arguments.count == 4:
  try Scale(count: Int(arguments[3]) ?? 0).run(arguments[2])
default:
  FileHandle.standardError.write(
    Data(
      "usage: inputs DATASETS ANALYSES DIRECTORY | run DIRECTORY ANSWERS | methods | scale METHOD STUDIES\n"
        .utf8))
  exit(64)
}
