import ArgumentParser

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the version and the build.",
    discussion: "The build is the beginning of the executable's SHA-256; reports carry it.")

  func run() {
    print(ProgramIdentity.description)
  }
}
