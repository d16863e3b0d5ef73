import Testing

@Suite struct ArchitectureTests {
  /// What the toolchain brings, which a manifest does not declare.
  static let systemModules: Set = ["Foundation", "Glibc", "Synchronization", "Testing"]

  /// The manifest gives every target of tests this one, wanted or not.
  static let testSupport = "TestSupport"

  @Test(arguments: try packageTargets())
  func everyImportIsDeclared(target: PackageTarget) throws {
    let imported = Set(try target.importingFiles().keys)
    let undeclared = imported.subtracting(Self.systemModules).subtracting(target.declaredModules)

    #expect(undeclared == [])
  }

  @Test(arguments: try packageTargets())
  func everyDeclaredDependencyIsImported(target: PackageTarget) throws {
    let imported = Set(try target.importingFiles().keys)
    let unused = target.declaredModules.subtracting(imported).subtracting([Self.testSupport])

    #expect(unused == [])
  }

  @Test(arguments: [
    ("CLAPACK", "LinearAlgebra"), ("CBoostMath", "Probability"), ("CFitKernels", "DoseResponse"),
    ("CReferenceSuite", "Qualification"),
  ])
  func aLibraryInCHasOneImporter(library: String, importer: String) throws {
    let importers = try packageTargets().filter { target in
      let imported = try target.importingFiles().keys
      return imported.contains(library) || target.declaredModules.contains(library)
    }

    #expect(importers.map(\.name) == [importer])
  }

  @Test(arguments: try packageTargets().filter { ["Numerics", "Statistics"].contains($0.layer) })
  func numericsAndStatisticsDoWithoutFoundation(target: PackageTarget) throws {
    #expect(try target.importingFiles()["Foundation"] == nil)
  }

  /// An arrow points down a layer, or sideways within one.
  @Test(arguments: try packageTargets())
  func noTargetDependsOnAHigherLayer(target: PackageTarget) throws {
    let order = ["Numerics", "Statistics", "Engine"]
    guard let own = target.layer.flatMap(order.firstIndex) else { return }
    let higher = try packageTargets().filter { other in
      guard let layer = other.layer.flatMap(order.firstIndex) else { return false }
      return layer > own
    }

    #expect(target.declaredModules.isDisjoint(with: higher.map(\.name)))
  }
}
