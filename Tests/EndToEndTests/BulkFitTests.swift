import Foundation
import JSON
import Tables
import TestSupport
import Testing

private let simulate = [
  "simulate", "dose-response", "--doses", "0,0.1,1,10,100", "--replicates", "2", "--noise", "0.03",
]
private let doses = "0x2,0.1x2,1x2,10x2,100x2"

@Suite struct BulkFitTests {
  @Test func anArrayAndATableOfTheSameCurvesGiveTheSameFits() throws {
    try withTemporaryFolder { folder in
      for output in ["curves.npy", "curves.csv"] {
        let run = try theriac(
          simulate + ["--curves", "40", "--missing", "0.1", "--output", output], in: folder)
        #expect(run.status == 0)
        #expect(run.output.contains("Simulated, not measured: \(output)"))
      }
      let options = ["--interval", "wald-log", "--effects", "10,50,90"]
      let array = try theriac(
        ["fit", "curves.npy", "--doses", doses, "--output", "array.csv"] + options, in: folder)
      #expect(array.status == 0)
      #expect(array.outputLines.first?.hasPrefix("40 curves in ") == true)
      #expect(array.outputLines.last == "Results: array.csv")

      let table = try theriac(["fit", "curves.csv"] + options, in: folder)
      #expect(table.status == 0)
      #expect(table.errors.hasPrefix("40 curves in "))
      let expected = try folder.text(of: "array.csv")
      #expect(table.output.replacing("simulated-", with: "") == expected)
      #expect(
        expected.hasPrefix(
          "curve,status,slope,slope_se,lower,lower_se,upper,upper_se,ed50,ed50_se,ed10,ed10_lower,"
            + "ed10_upper,ed50_lower,ed50_upper,ed90,ed90_lower,ed90_upper,rss,sigma,df,iterations\n"
        ))
      #expect(expected.split(separator: "\n").count == 41)
    }
  }

  @Test func theResultsDoNotDependOnTheJobs() throws {
    try withTemporaryFolder { folder in
      _ = try theriac(
        simulate + ["--curves", "30", "--output", "curves.csv", "--truth", "truth.csv"], in: folder)
      var seen: Set<Data> = []
      for jobs in ["1", "2", "5"] {
        let run = try theriac(
          ["fit", "curves.csv", "--jobs", jobs, "--output", "fits.npy", "--quiet"], in: folder)
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty)
        seen.insert(try Data(contentsOf: folder.appending(path: "fits.npy")))
      }
      #expect(seen.count == 1)
    }
  }

  @Test func jsonServesScripts() throws {
    try withTemporaryFolder { folder in
      _ = try theriac(simulate + ["--curves", "5", "--output", "curves.npy"], in: folder)
      let run = try theriac(
        "fit", "curves.npy", "--doses", doses, "--output", "fits.npy", "--json", in: folder)
      #expect(run.status == 0)
      _ = try JSONDocument(Array(run.output.utf8))
      for key in [
        "\"curves\": 5", "\"converged\": ", "\"statuses\": {", "\"read_seconds\": ",
        "\"fit_seconds\": ", "\"write_seconds\": ", "\"jobs\": ",
      ] {
        #expect(run.output.contains(key))
      }
      let fits = try NPYArray(MappedFile(folder.appending(path: "fits.npy").path))
      #expect(fits.shape == [5, 15])
      #expect(fits.doubles.first == 0)
    }
  }

  @Test func boundsAndModelsAreKept() throws {
    try withTemporaryFolder { folder in
      _ = try theriac(
        simulate + ["--model", "weibull-1-4", "--curves", "5", "--output", "curves.csv"], in: folder
      )
      let run = try theriac(
        "fit", "curves.csv", "--model", "weibull-1-4", "--bound", "upper=:0.5", "--quiet",
        in: folder)
      #expect(run.status == 0)
      let rows = run.outputLines.dropFirst().map { $0.split(separator: ",") }
      #expect(rows.count == 5)
      #expect(rows.allSatisfy { $0[1] == "at-bound" })
    }
  }

  @Test(arguments: [
    ["fit", "c.csv", "--model", "LL.4"], ["fit", "c.csv", "--bound", "slop=1:2"],
    ["fit", "c.csv", "--effects", "50,100"], ["fit", "c.csv", "--doses", "1,2"],
    ["fit", "c.csv", "--output", "fits.txt"], ["fit", "c.csv", "--json"],
    ["fit", "c.csv", "--output", "c.csv"], ["fit", "a.npy"], ["fit", "c.csv", "--jobs", "0"],
    ["fit", "a.npy", "--doses", "1,two"], ["fit", "c.csv", "--interval", "bootstrap"],
    ["simulate", "dose-response", "--curves", "5"],
    simulate + ["--curves", "5", "--output", "s.npy", "--model", "quadratic"],
    simulate + ["--curves", "5", "--output", "s.npy", "--parameters", "ed50=-1:2"],
  ])
  func wrongUsageEndsWith64(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      _ = try folder.write("curve,dose,response\nA,1,2\n", to: "c.csv")
      try Data(npyHeader(shape: [0, 2])).write(to: folder.appending(path: "a.npy"))
      #expect(try theriac(arguments, in: folder).status == 64)
    }
  }

  @Test func misspeltModelsAreGuessed() throws {
    try withTemporaryFolder { folder in
      for (name, model) in [
        ("LL.4", "log-logistic-4"), ("W2.3()", "weibull-2-3"), ("log-logistc-5", "log-logistic-5"),
        ("5PL", "log-logistic-5"),
      ] {
        let run = try theriac("fit", "c.csv", "--model", name, in: folder)
        #expect(run.errors.contains("did you mean \"\(model)\"?"))
      }
    }
  }

  @Test(arguments: [
    ("curve,dose,response\nA,1,2\nA,ten,3\n", "c.csv:3:3: found \"ten\"; expected a dose"),
    ("curve,dose,respons\nA,1,2\n", "c.csv:1:12: found the column \"respons\""),
    ("curve,dose,response\nA,1\n", "c.csv:2:4: found the end of the row after 2"),
  ])
  func faultsInATableEndWith65(text: String, message: String) throws {
    try withTemporaryFolder { folder in
      _ = try folder.write(text, to: "c.csv")
      _ = try folder.write("old", to: "fits.csv")
      let run = try theriac("fit", "c.csv", "--output", "fits.csv", in: folder)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix(message))
      #expect(try folder.text(of: "fits.csv") == "old")
      #expect(!folder.has(".fits.csv.partial"))
    }
  }

  @Test func arraysThatAreNotAsExpectedEndWith65() throws {
    try withTemporaryFolder { folder in
      try Data(npyHeader(shape: [0, 3])).write(to: folder.appending(path: "a.npy"))
      _ = try folder.write("curve,dose,response\n", to: "b.npy")
      let doses = try theriac("fit", "a.npy", "--doses", "1,2", in: folder)
      #expect(doses.status == 65)
      #expect(doses.errors.hasPrefix("a.npy: found 2 doses for the 3 points of a curve; expected"))
      let text = try theriac("fit", "b.npy", "--doses", "1,2", in: folder)
      #expect(text.status == 65)
      #expect(text.errors.hasPrefix("b.npy: found no NPY file; expected"))
      let negative = try theriac("fit", "a.npy", "--doses", "1,2,-3", in: folder)
      #expect(negative.status == 65)
    }
  }

  @Test func filesThatCannotBeReadOrWrittenEndWith66And73() throws {
    try withTemporaryFolder { folder in
      _ = try folder.write("curve,dose,response\nA,1,2\n", to: "c.csv")
      let missing = try theriac("fit", "missing.csv", in: folder)
      #expect(missing.status == 66)
      #expect(missing.errors == "missing.csv: cannot be read: No such file or directory\n")
      let nowhere = try theriac("fit", "c.csv", "--output", "no/fits.csv", in: folder)
      #expect(nowhere.status == 73)
      #expect(nowhere.errors.hasPrefix("no/fits.csv: cannot be written: No such file or directory"))
    }
  }

  /// A limit on the size of files stands for a full disk.
  @Test func whereTheDiskIsFullNothingIsLeft() throws {
    try withTemporaryFolder { folder in
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments =
        ["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", programURL.path] + simulate
        + ["--curves", "100000", "--output", "curves.npy", "--truth", "truth.csv"]
      process.currentDirectoryURL = folder
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 73)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGKILL, 9)] as [(Int32, Int32)])
  func aStopLeavesTheOlderOutput(signal: Int32, status: Int32) throws {
    try withTemporaryFolder { folder in
      _ = try theriac(simulate + ["--curves", "20000", "--output", "curves.npy"], in: folder)
      _ = try folder.write("old", to: "fits.npy")
      let process = Process()
      process.executableURL = programURL
      process.arguments = [
        "fit", "curves.npy", "--doses", doses, "--model", "brain-cousens-5", "--search", "global",
        "--interval", "profile", "--output", "fits.npy", "--jobs", "2",
      ]
      process.currentDirectoryURL = folder
      process.standardError = FileHandle.nullDevice
      try process.run()
      while !folder.has(".fits.npy.partial"), process.isRunning { usleep(1000) }
      kill(process.processIdentifier, signal)
      let stop = ContinuousClock.now
      process.waitUntilExit()

      #expect(ContinuousClock.now - stop < .seconds(1))
      #expect(process.terminationStatus == status)
      #expect(try folder.text(of: "fits.npy") == "old")
      #expect(folder.has(".fits.npy.partial") == (signal == SIGKILL))
    }
  }
}
