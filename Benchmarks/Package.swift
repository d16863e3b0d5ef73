// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "theriac", path: "..")],
  targets: [
    .executableTarget(
      name: "IncidenceBenchmark",
      dependencies: [.product(name: "TheriacStatistics", package: "theriac")])
  ]
)
