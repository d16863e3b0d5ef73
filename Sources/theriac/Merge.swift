import ArgumentParser
import Results
import StudyRunner

struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the shards of a batch together as one run would have written them.",
    discussion: """
      A batch can be spread over machines by any scheduler: each computes a shard into a folder of its \
      own, from the same studies and data, and `merge` puts the folders together.

      Examples:
        theriac run studies/ --shard 1/3 --output part-1     (on one machine)
        theriac run studies/ --shard 2/3 --output part-2     (on another)
        theriac run studies/ --shard 3/3 --output part-3
        theriac merge part-1 part-2 part-3 --output results

      In a job array of tasks 1 to N each runs
        theriac run studies/ --shard $TASK/$N --output part-$TASK --resume

      Nothing is merged unless all shards are there, each once, from the same studies, inputs, options \
      and program, and with them all studies; each file is held to its SHA-256 in the manifest. The \
      results are those of one run, byte for byte; manifests tell the command and times of their shard.

      Exit status: as `theriac run` would have ended (0 or 1); 64 wrong usage; 65 the shards do not fit \
      together; 66 a shard cannot be read, or was not run to its end; 73 the output cannot be written.
      """)

  @Argument(help: "The folders of the shards.", completion: .directory)
  var shards: [String]

  @Option(help: "The folder that the results are merged into.", completion: .directory)
  var output = "theriac-results"

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard !shards.contains(where: { isSameFile($0, output) }) else {
      throw ValidationError("--output is one of the shards.")
    }
  }

  func run() async throws {
    var totals = BatchTotals()
    try await endingWithItsStatus { () async throws in
      let merge = try ShardMerge(shards)
      let lock = try OutputLock(output, command: CommandLine.arguments)
      try ShardRecord.remove(from: output)
      try merge.copy(to: output) { totals.add($0) }
      try SummaryFiles.write(in: output)
      _ = consume lock
    }
    if !quiet {
      print(
        "\(counted(shards.count, "shard")), \(counted(totals.studies, "study", "studies")) merged.")
      print("All studies: \(output)/\(SummaryFiles.index)\n")
      for line in totals.publishedLines { print(line) }
    }
    guard totals.isComplete else { throw ExitStatus.incomplete }
  }
}
