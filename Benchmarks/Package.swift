// swift-tools-version: 6.3

import PackageDescription

/// A benchmark that sees what users of the library see.
func benchmark(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: [.product(name: "TheriacStatistics", package: "theriac")])
}

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "theriac", path: "..")],
  targets: [
    benchmark("IncidenceBenchmark"), benchmark("ComparisonBenchmark"),
    benchmark("MetaAnalysisBenchmark"), benchmark("DoseResponseBenchmark"),
    benchmark("BatchBenchmark"), benchmark("Coverage"), benchmark("CurveCoverage"),
  ]
)
