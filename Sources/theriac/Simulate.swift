import ArgumentParser

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulate data whose truth is known.",
    discussion: """
      Example:
        theriac simulate dose-response --curves 1000 --doses 0.1,1,10,100 --noise 0.05 --output curves.npy
      """,
    subcommands: [SimulateDoseResponse.self])
}
