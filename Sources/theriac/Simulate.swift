import ArgumentParser

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulate data whose truth is known.",
    subcommands: [SimulateDoseResponse.self])
}
