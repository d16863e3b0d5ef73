import Foundation
import JSON
import TestSupport
import Testing

/// The paths that the manifest of study `a` lists, in order.
private func outputs(_ folder: URL) throws -> [String] {
  let manifest = try JSONDocument(Array(folder.text(of: "out/a/manifest.json").utf8)).root
  return manifest[member: "outputs"]?.asArray?.compactMap { $0[member: "path"]?.asString } ?? []
}

private func run(_ options: String..., in folder: URL) throws -> ProgramRun {
  try theriac(["run", "a.json", "--output", "out"] + options, in: folder)
}

private func withStudy(_ body: (URL) throws -> Void) throws {
  try withTemporaryFolder { folder in
    _ = try folder.write(smallStudy("a", terms: 3), to: "a.json")
    try body(folder)
  }
}

@Suite struct RenderingTests {
  @Test func tablesAreWrittenWhereTheyAreAskedFor() throws {
    try withStudy { folder in
      #expect(try run(in: folder).status == 0)
      #expect(!folder.has("out/a/tables.rtf"))
      #expect(try !outputs(folder).contains("tables.rtf"))
      #expect(try run("--tables", "rtf", in: folder).status == 0)
      #expect(try outputs(folder).contains("tables.rtf"))
      let rtf = try folder.text(of: "out/a/tables.rtf")
      #expect(rtf.hasPrefix("{\\rtf1\\ansi") && rtf.contains("Term 2"))
      _ = try run("--tables", "rtf", "--jobs", "3", in: folder)
      #expect(try folder.text(of: "out/a/tables.rtf") == rtf)
    }
  }

  @Test func whatIsNotWrittenAgainIsSaidToBeRemoved() throws {
    try withStudy { folder in
      #expect(try !run("--tables", "rtf", in: folder).output.contains("Removed"))
      #expect(try !run("--tables", "rtf", in: folder).output.contains("Removed"))
      let plain = try run(in: folder)
      #expect(
        plain.output.contains("Removed with the earlier results: tables.rtf (--tables rtf)\n"))
      #expect(!folder.has("out/a/tables.rtf"))
      #expect(try !run(in: folder).output.contains("Removed"))
    }
  }

  @Test func resumingTakesOverWhatWasWrittenInTheSameWayAlone() throws {
    try withStudy { folder in
      _ = try run("--tables", "rtf", in: folder)
      let same = try run("--tables", "rtf", "--resume", in: folder)
      #expect(same.output.contains("taken over"))
      let other = try run("--tables", "rtf", "--decimals", "2", "--resume", in: folder)
      #expect(!other.output.contains("(1 taken over"))
      let plain = try run("--resume", in: folder)
      #expect(!plain.output.contains("(1 taken over") && !folder.has("out/a/tables.rtf"))
    }
  }

  @Test func shardsOfOneWayOfWritingAreMerged() throws {
    try withTemporaryFolder { folder in
      for id in ["a", "b", "c"] {
        _ = try folder.write(smallStudy(id, terms: 2), to: "\(id).json")
      }
      func shard(_ number: Int, _ options: String...) throws -> Int32 {
        try theriac(
          ["run", "a.json", "b.json", "c.json", "--shard", "\(number)/2", "--output", "p\(number)"]
            + options, in: folder
        ).status
      }
      #expect(try shard(1, "--tables", "rtf") == 0)
      #expect(try shard(2) == 0)
      let refused = try theriac("merge", "p1", "p2", "--output", "m", in: folder)
      #expect(refused.status == 65 && refused.errors.contains("of another batch"))
      #expect(try shard(2, "--tables", "rtf") == 0)
      #expect(try theriac("merge", "p1", "p2", "--output", "m", in: folder).status == 0)
      _ = try theriac(
        "run", "a.json", "b.json", "c.json", "--tables", "rtf", "--output", "whole", in: folder)
      for id in ["a", "b", "c"] {
        #expect(
          try folder.text(of: "m/\(id)/tables.rtf") == folder.text(of: "whole/\(id)/tables.rtf"))
      }
    }
  }

  @Test func roundingAndDecimalsReachWhatIsShownAlone() throws {
    try withStudy { folder in
      let usual = try run(in: folder).output
      let data = try ["ard.csv", "ard.json", "results.json"].map {
        try folder.text(of: "out/a/\($0)")
      }
      let fine = try run("--rounding", "half-even", "--decimals", "3", in: folder)
      #expect(usual.contains("3 (3.8)") && fine.output.contains("3 (3.750)"))
      #expect(
        try ["ard.csv", "ard.json", "results.json"].map { try folder.text(of: "out/a/\($0)") }
          == data)
      let report = try folder.text(of: "out/a/report.html")
      #expect(
        report.contains("rounded half to even where they are shown, percentages to 3 decimals."))
    }
  }

  @Test func withoutItsProgramNoPictureIsBegun() throws {
    try withStudy { folder in
      let run = try StartedProgram(
        ["run", "a.json", "--figures", "png"], in: folder, environment: ["PATH": folder.path]
      ).end()
      #expect(run.status == 64)
      #expect(run.errors.contains("--figures png needs rsvg-convert"))
      #expect(run.errors.contains("apt-get install librsvg2-bin"))
      #expect(!folder.has("theriac-results"))
    }
  }

  /// With a stand-in for the program that draws, so that the test needs none.
  @Test func eachFigureHasItsPictureBesideIt() throws {
    try withStudy { folder in
      let program = try folder.write("#!/bin/sh\necho \"$@\"\n", to: "rsvg-convert")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let path = "\(folder.path):/usr/bin:/bin"
      let run = try StartedProgram(
        ["run", "a.json", "--output", "out", "--figures", "png"], in: folder,
        environment: ["PATH": path]
      ).end()
      #expect(run.status == 0)
      let names = try outputs(folder).filter { $0.hasPrefix("figures/") }
      let drawings = names.filter { $0.hasSuffix(".svg") }
      #expect(!drawings.isEmpty && names.count == 2 * drawings.count)
      for drawing in drawings {
        let picture = drawing.dropLast(4) + ".png"
        #expect(names.contains(String(picture)))
        #expect(try folder.text(of: "out/a/\(picture)").contains("--format=png"))
      }
      let plain = try theriac("run", "a.json", "--output", "out", in: folder)
      #expect(plain.output.contains("earlier results: figures/*.png (--figures png)\n"))
    }
  }

  @Test func aPictureThatCannotBeDrawnEndsWith73() throws {
    try withStudy { folder in
      let program = try folder.write("#!/bin/sh\nexit 3\n", to: "rsvg-convert")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let run = try StartedProgram(
        ["run", "a.json", "--output", "out", "--figures", "png"], in: folder,
        environment: ["PATH": "\(folder.path):/usr/bin:/bin"]
      ).end()
      #expect(run.status == 73 && run.errors.contains("rsvg-convert ended with status 3"))
      #expect(!folder.has("out/a"))
    }
  }

  @Test(arguments: [
    ["a.json", "--decimals", "7"], ["a.json", "--decimals", "-1"], ["a.json", "--rounding", "up"],
    ["a.json", "--tables", "docx"], ["a.json", "--figures", "jpg"], ["-", "--tables", "rtf"],
    ["-", "--decimals", "2"],
  ])
  func wrongUsageEndsWith64(arguments: [String]) throws {
    try withStudy { folder in
      let run = try theriac(["run"] + arguments, in: folder)
      #expect(run.status == 64)
    }
  }
}
