import Foundation
public import JSON

/// Where results come from: program, command, inputs and outputs with their hashes, times.
public struct Manifest: Sendable {
  /// A file that was read or written.
  public struct File: Hashable, Sendable {
    public let path: String
    public let sha256: String

    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }

    fileprivate var json: JSONValue { ["path": .string(path), "sha256": .string(sha256)] }

    fileprivate init?(_ json: JSONNode) {
      guard let path = json[member: "path"]?.asString, let sha256 = json[member: "sha256"]?.asString
      else {
        return nil
      }
      self.init(path: path, sha256: sha256)
    }
  }

  public let study: String
  public let program: Program
  public let commandLine: [String]
  public let seed: Int
  /// The options that say what else is written, and how numbers are shown.
  public let renderings: [String]
  public let inputs: [File]
  public let outputs: [File]
  /// The time of creation that `ard.json` gives, in ISO 8601.
  public let creation: String
  /// Seconds since 1970.
  public let started: Double
  public let ended: Double
  /// The number of rows of the results.
  public let results: Int
  /// How long each analysis took, in seconds, by its id.
  public let durations: [(id: String, seconds: Double)]

  public init(
    study: String, program: Program, commandLine: [String], seed: Int, renderings: [String],
    inputs: [File], outputs: [File], creation: String, started: Double, ended: Double, results: Int,
    durations: [(id: String, seconds: Double)]
  ) {
    self.study = study
    self.program = program
    self.commandLine = commandLine
    self.seed = seed
    self.renderings = renderings
    self.inputs = inputs
    self.outputs = outputs
    self.creation = creation
    self.started = started
    self.ended = ended
    self.results = results
    self.durations = durations
  }

  public var json: JSONValue {
    [
      "study": .string(study), "program": program.json,
      "command": .array(commandLine.map { .string($0) }), "seed": .integer(seed),
      "renderings": .array(renderings.map { .string($0) }),
      "inputs": .array(inputs.map(\.json)), "outputs": .array(outputs.map(\.json)),
      "datasetJSONCreationDateTime": .string(creation),
      "started": .string(timestamp(started)), "ended": .string(timestamp(ended)),
      "results": .integer(results),
      "analyses": .array(
        durations.map { ["id": .string($0.id), "seconds": .number($0.seconds)] }),
    ]
  }
}

extension Manifest {
  /// What a `manifest.json` says of the program and the files: all but the command and its times.
  public struct Record: Sendable {
    public let program: Program
    public let renderings: [String]
    public let inputs: [File]
    public let outputs: [File]
    public let creation: String

    /// `nil` where the bytes are no manifest of this version.
    public init?(_ bytes: [UInt8]) {
      guard let json = try? JSONDocument(bytes).root,
        let program = json[member: "program"].flatMap(Program.init),
        let renderings = json[member: "renderings"]?.asStrings,
        let inputs = json[member: "inputs"]?.all(File.init),
        let outputs = json[member: "outputs"]?.all(File.init),
        let creation = json[member: "datasetJSONCreationDateTime"]?.asString
      else { return nil }
      (self.program, self.inputs, self.outputs) = (program, inputs, outputs)
      (self.renderings, self.creation) = (renderings, creation)
    }
  }
}

/// `seconds` since 1970 as a date and time in ISO 8601, Universal Time, whole seconds.
public func timestamp(_ seconds: Double) -> String {
  Date(timeIntervalSince1970: seconds).formatted(.iso8601)
}
