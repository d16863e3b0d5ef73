// swift-tools-version: 6.3

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A Swift target in `Sources/<layer>/<name>`.
func module(
  _ layer: String, _ name: String, _ dependencies: [Target.Dependency] = [],
  settings: [SwiftSetting] = strict
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
    swiftSettings: settings)
}

/// The tests of one target, in `Tests/<name>`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

let package = Package(
  name: "theriac",
  products: [
    .executable(name: "theriac", targets: ["theriac"]),
    .library(
      name: "TheriacStatistics",
      targets: [
        "LinearAlgebra", "Probability", "Optimization", "Inference", "Incidence", "Comparison",
        "MetaAnalysis", "Ordinal", "DoseResponse",
      ]),
  ],
  dependencies: [
    // The command line: subcommands, help, completion and usage errors.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // MARK: Numerics
    .systemLibrary(
      name: "CLAPACK", path: "Sources/Numerics/CLAPACK",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .target(name: "CBoostMath", path: "Sources/Numerics/CBoostMath"),
    // Ends the threads of OpenBLAS before a program begins.
    .target(name: "CBLASThreads", path: "Sources/Numerics/CBLASThreads"),
    module(
      "Numerics", "LinearAlgebra", ["CBLASThreads", "CLAPACK"],
      settings: strict + [.strictMemorySafety()]),
    module("Numerics", "Probability", ["CBoostMath"]),
    module("Numerics", "Optimization"),
    .target(name: "CFitKernels", path: "Sources/Numerics/CFitKernels"),

    // MARK: Statistics
    module("Statistics", "Inference", ["Probability"]),
    module("Statistics", "Incidence", ["Inference", "Optimization", "Probability"]),
    module(
      "Statistics", "Comparison", ["Incidence", "Inference", "Optimization", "Probability"]),
    module(
      "Statistics", "MetaAnalysis",
      ["Comparison", "Incidence", "Inference", "LinearAlgebra", "Optimization", "Probability"]),
    module(
      "Statistics", "Ordinal", ["Inference", "LinearAlgebra", "Optimization", "Probability"]),
    module(
      "Statistics", "DoseResponse",
      ["CFitKernels", "Inference", "LinearAlgebra", "Optimization", "Probability"]),
    // What methods compute and when to use them, in words and formulas.
    module(
      "Statistics", "Explanations",
      ["Comparison", "DoseResponse", "Incidence", "Inference", "MetaAnalysis", "Ordinal"]),

    // MARK: Engine
    module("Engine", "JSON"),
    module("Engine", "Tables", ["JSON"]),
    module(
      "Engine", "StudyDefinition",
      [
        "JSON", "Tables", "Inference", "Incidence", "Comparison", "MetaAnalysis", "Ordinal",
        "DoseResponse", "Explanations",
      ]),
    // The blocks of SHA-256 by the processor's own instructions.
    .target(name: "CHash", path: "Sources/Engine/CHash"),
    module("Engine", "Results", ["CHash", "JSON", "Inference"]),
    // What Glibc hides from Swift: the exchange of two names in one step.
    .target(name: "CFiles", path: "Sources/Engine/CFiles"),
    module(
      "Engine", "StudyRunner",
      [
        "CFiles", "JSON", "StudyDefinition", "Results", "LinearAlgebra", "Probability", "Inference",
        "Incidence", "Comparison", "MetaAnalysis", "Ordinal", "DoseResponse",
      ]),
    module(
      "Engine", "BulkFits", ["CFiles", "Tables", "DoseResponse", "Probability"]),
    module("Engine", "Reporting", ["Results", "Inference"]),
    module("Engine", "ResultsDiff", ["JSON", "Results", "Tables"]),
    // The studies of the self-test, embedded so that the program stays a single file.
    .target(name: "CReferenceSuite", path: "Sources/Engine/CReferenceSuite"),
    module(
      "Engine", "Qualification", ["CReferenceSuite", "Results", "StudyDefinition", "StudyRunner"]),

    // MARK: Program
    .executableTarget(
      name: "theriac",
      dependencies: [
        "StudyRunner", "StudyDefinition", "Results", "Reporting", "JSON", "CFiles", "BulkFits",
        "Tables", "DoseResponse", "Inference", "ResultsDiff",
        "Qualification",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // MARK: Tests
    .target(
      name: "TestSupport", dependencies: ["JSON"], path: "Tests/TestSupport", swiftSettings: strict),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("ProbabilityTests", ["Probability"]),
    tests("OptimizationTests", ["Optimization"]),
    tests("InferenceTests", ["Inference"]),
    tests("IncidenceTests", ["Incidence", "Inference", "Probability"]),
    tests("ComparisonTests", ["Comparison", "Incidence", "Inference", "Probability"]),
    tests(
      "MetaAnalysisTests",
      ["MetaAnalysis", "Comparison", "Incidence", "Inference", "LinearAlgebra", "Probability"]),
    tests("OrdinalTests", ["Ordinal", "Inference", "Probability"]),
    tests("DoseResponseTests", ["DoseResponse", "Inference", "LinearAlgebra", "Probability"]),
    tests("JSONTests", ["JSON"]),
    tests("TablesTests", ["Tables"]),
    tests(
      "StudyDefinitionTests",
      [
        "StudyDefinition", "JSON", "Inference", "Incidence", "MetaAnalysis", "Ordinal",
        "DoseResponse",
      ]),
    tests("ResultsTests", ["Results", "CHash", "JSON", "Inference"]),
    tests("StudyRunnerTests", ["StudyRunner", "StudyDefinition", "MetaAnalysis", "Results"]),
    tests("BulkFitsTests", ["BulkFits", "Tables", "DoseResponse", "Inference"]),
    tests("ReportingTests", ["Reporting", "Results", "Inference"]),
    tests("ResultsDiffTests", ["ResultsDiff", "JSON"]),
    tests(
      "QualificationTests",
      ["Qualification", "JSON", "Results", "StudyDefinition", "StudyRunner"]),
    tests("MutationTests", ["JSON", "StudyDefinition", "StudyRunner"]),
    tests("EndToEndTests", ["JSON", "Tables"]),
    tests("ArchitectureTests", []),
  ],
  cxxLanguageStandard: .cxx17
)
