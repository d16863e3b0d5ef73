// Fits of many curves measured at the same doses, and of one curve with many points.
//
//   BatchBenchmark simulate DIR [curves=N] [levels=8] [replicates=3] [model=M] [seed=S]
//       writes DIR/doses.npy and DIR/responses.npy (curves x points)
//   BatchBenchmark rows DIR [points=N] [seed=S]
//       the same of one curve, no dose twice, with responses.npy of one dimension
//   BatchBenchmark table FILE DIR [copies=N]
//       the same of the curves of a table curve,dose,response, all of them over and over
//   BatchBenchmark fit DIR [curves=N] [model=M] [search=S] [interval=I] [instructions=I] [threads=N]
//       [passes=N] [times=N] [sums=FILE]
//       prints curves,points,processor seconds,seconds,iterations a curve of each pass, which fits all so
//       many times over, and writes the residual sum of squares of each curve
//   BatchBenchmark fit-rows DIR [points=N]
//       prints 1,points,processor seconds,seconds,iterations,residual sum of squares
//   BatchBenchmark instructions
//       prints those that this processor has

import DoseResponse
import Foundation

var options = Options(CommandLine.arguments.dropFirst())
do {
  switch options.word() {
  case "simulate": try simulate(&options)
  case "rows": try simulateRows(&options)
  case "table": try copyTable(&options)
  case "fit": try fitBatch(&options)
  case "fit-rows": try fitRows(&options)
  case "instructions": FitInstructions.available.forEach { print($0) }
  default: throw UsageError(message: "which of simulate, rows, table, fit, fit-rows, instructions?")
  }
} catch {
  FileHandle.standardError.write(Data("BatchBenchmark: \(error)\n".utf8))
  exit(64)
}
