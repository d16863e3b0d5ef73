import Foundation
public import Results

/// The shards of a batch, of which one folder of results is made: the same that one run gives.
public struct ShardMerge: Sendable {
  /// Why shards do not make one batch.
  public struct Fault: Error, CustomStringConvertible {
    public let description: String
  }

  private let folders: [(path: String, record: ShardRecord)]
  /// How many studies there are.
  public var count: Int { folders.reduce(0) { $0 + $1.record.studies.count } }

  /// Reads which shards are in `directories`.
  ///
  /// - Throws: ``InputError`` or ``Fault``.
  public init(_ directories: [String]) throws {
    folders = try directories.map { ($0, try ShardRecord(in: $0)) }
      .sorted { $0.1.shard.number < $1.1.shard.number }
    guard let (firstPath, first) = folders.first else { return }
    for (path, record) in folders {
      guard record.shard.count == first.shard.count, record.batch == first.batch,
        record.batchSize == first.batchSize
      else {
        throw Fault(
          description: "\(path): it is shard \(record.shard) of another batch than \(firstPath), "
            + "shard \(first.shard); expected the same studies, inputs and options in all shards")
      }
      guard record.program == first.program else {
        throw Fault(
          description: "\(path): it was computed by Theriac \(record.program.version), build "
            + "\(record.program.build), but \(firstPath) by \(first.program.version), build "
            + "\(first.program.build); expected one program for all shards")
      }
    }
    for (one, other) in zip(folders, folders.dropFirst())
    where one.record.shard == other.record.shard {
      throw Fault(description: "\(other.path): it is shard \(one.record.shard), as \(one.path) is")
    }
    let given = Set(folders.map(\.record.shard.number))
    let missing = (1...first.shard.count).filter { !given.contains($0) }
    guard missing.isEmpty else {
      let names = missing.map { "\($0)/\(first.shard.count)" }.joined(separator: ", ")
      throw Fault(description: "shards are missing: \(names)")
    }
    try checkStudies(expected: first.batchSize)
  }

  private func checkStudies(expected: Int) throws(Fault) {
    var places: [String: String] = [:]
    for (path, record) in folders {
      for study in record.studies {
        if let other = places.updateValue(path, forKey: study) {
          throw Fault(description: "\(path): it has the study \"\(study)\", as \(other) has")
        }
      }
    }
    guard places.count == expected else {
      throw Fault(
        description: "the shards have \(places.count) studies, but the batch has \(expected)")
    }
  }

  /// Copies every study into `directory`, where each is moved into place when it is whole.
  ///
  /// `progress` is told how each study ended, in the order of their ids.
  ///
  /// - Throws: ``InputError`` where a file is not what the manifest says, ``OutputError``.
  public func copy(to directory: String, progress: (StudyStatus) -> Void) throws {
    let studies = folders.flatMap { path, record in
      record.studies.map { (id: $0, path: path + "/" + $0) }
    }
    for (id, path) in studies.sorted(by: { $0.id < $1.id }) {
      let manifest = try FileInput(path + "/" + StudyFolder.manifest)
      guard let record = Manifest.Record(manifest.bytes) else {
        throw InputError(manifest.path, reason: "it is not what this version writes")
      }
      let folder = try StudyFolder(of: id, in: directory)
      do {
        for file in record.outputs {
          let input = try FileInput(path + "/" + file.path)
          guard try folder.write(file.path, bytes: input.bytes) == file else {
            throw InputError(
              input.path, reason: "it changed after it had been written; run that shard again")
          }
        }
        _ = try folder.write(StudyFolder.manifest, bytes: manifest.bytes)
        try folder.complete()
      } catch {
        folder.discard()
        throw error
      }
      let status = try FileInput(folder.path + "/" + StudyFolder.status)
      guard let status = StudyStatus(status.bytes) else {
        throw InputError(status.path, reason: "it is not what this version writes")
      }
      progress(status)
    }
  }
}
