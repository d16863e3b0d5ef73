import ArgumentParser

/// The program: a subcommand for each thing it does.
@main
struct Theriac: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theriac",
    abstract: "Safety statistics from a study definition, with intervals one may quote.",
    discussion: """
      A study definition is one JSON file that says what was observed and what to compute. To begin:

        theriac init study.json         write a small study that runs as it is
        theriac run study.json          compute it into theriac-results/
        theriac run studies/ --resume   a folder of studies, going on where an earlier run was stopped
        theriac validate study.json     check a study of your own, computing nothing
        theriac methods                 everything that can be computed, with its reference
        theriac diff old new            what differs between the results of two versions
        theriac selftest                test this installation, with a report to file

      Many dose-response curves at once need no study definition:

        theriac fit curves.npy --doses 0.1,1,10,100 --output fits.csv
        theriac simulate dose-response  curves whose truth is known

      Exit status: 0 all computed and every published value reproduced; 1 an analysis failed or a \
      published value differs; 64 wrong usage; 65 a study definition or data are invalid; 66 an input cannot \
      be read; 70 a fault of the program; 73 the output cannot be written.
      """,
    // `theriac version` tells the build too, for which it reads the whole executable.
    version: "Theriac \(ProgramIdentity.version)",
    subcommands: [
      Run.self, Merge.self, Validate.self, Schema.self, Init.self, Methods.self, Diff.self,
      SelfTest.self, Fit.self, Simulate.self, Version.self,
    ])

  static func main() async {
    endFaultsWithTheirStatus()
    await main(nil)
  }
}
