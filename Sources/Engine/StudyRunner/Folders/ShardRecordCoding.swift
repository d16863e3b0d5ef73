import JSON
import Results

extension ShardRecord {
  /// Writes `shard.json` into `directory`, in one step.
  public func write(in directory: String) throws(OutputError) {
    let json: JSONValue = [
      "shard": .integer(shard.number), "of": .integer(shard.count), "program": program.json,
      "batch": .string(batch), "batchStudies": .integer(batchSize),
      "studies": .array(studies.map { .string($0) }),
    ]
    try replaceFile(directory + "/" + Self.fileName) { $0.write(json.indented) }
  }

  /// Takes it away from `directory`, which is not such a part any more, or not yet.
  public static func remove(from directory: String) throws(OutputError) {
    try removeFolder(at: directory + "/" + fileName)
  }

  /// Reads `shard.json` in `directory`.
  ///
  /// - Throws: ``InputError`` where there is none.
  public init(in directory: String) throws(InputError) {
    let path = directory + "/" + Self.fileName
    guard let file = try? FileInput(path) else {
      throw InputError(
        directory,
        reason: isFolder(directory)
          ? "it has no \(Self.fileName), which `theriac run --shard i/n` writes when it ends; "
            + "run that shard again with --resume"
          : "there is no such folder")
    }
    guard let json = try? JSONDocument(file.bytes).root,
      let number = json[member: "shard"]?.asInteger,
      let count = json[member: "of"]?.asInteger, let shard = Shard(number, of: count),
      let program = json[member: "program"].flatMap(Program.init),
      let batch = json[member: "batch"]?.asString,
      let batchSize = json[member: "batchStudies"]?.asInteger,
      let studies = json[member: "studies"]?.asStrings
    else { throw InputError(path, reason: "it is not what this version writes") }
    self.init(shard, program: program, batch: batch, batchSize: batchSize, studies: studies)
  }
}
