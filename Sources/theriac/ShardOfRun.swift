import Results
import StudyRunner

/// The part of a batch that a run computes.
struct ShardOfRun {
  /// The studies of this part, in the order named.
  let files: [StudyFile]
  let record: ShardRecord

  init(_ shard: Shard, of all: [StudyFile], only: Set<String>?, _ renderings: Renderings) {
    let share = shard.share(of: all.map(\.id))
    files = all.filter { share.contains($0.id) }
    // What must be the same in all parts for them to be merged.
    let studies = all.map { $0.id + " " + $0.digest }.sorted()
    let analyses = only.map { ["only"] + $0.sorted() } ?? ["all"]
    let batch = analyses + renderings.options + studies
    record = ShardRecord(
      shard, program: ProgramIdentity.current,
      batch: SHA256.hex(Array(batch.joined(separator: "\n").utf8)), batchSize: all.count,
      studies: share.sorted())
  }
}
