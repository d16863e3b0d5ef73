public import Results

/// One of the equal parts into which a batch of studies is dealt out over machines.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// From 1 to `count`.
  public let number: Int
  public let count: Int

  /// `nil` where there is no such part.
  public init?(_ number: Int, of count: Int) {
    guard count >= 1, (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `2/8`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number, of: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// Those of `ids` that fall to this part: the studies are dealt out in the order of their ids, one
  /// after another, so that each is in one part, whatever order they are named in.
  public func share(of ids: [String]) -> Set<String> {
    Set(ids.sorted().enumerated().filter { $0.offset % count == number - 1 }.map(\.element))
  }
}

/// What `shard.json` says of a part of a batch that was run to its end.
public struct ShardRecord: Sendable {
  public static let fileName = "shard.json"

  public let shard: Shard
  public let program: Program
  /// Of the whole batch, a hash: its studies with their inputs, and the options that reach results.
  public let batch: String
  /// How many studies the whole batch has.
  public let batchSize: Int
  /// The ids of the studies of this part, sorted.
  public let studies: [String]

  public init(
    _ shard: Shard, program: Program, batch: String, batchSize: Int, studies: [String]
  ) {
    self.shard = shard
    self.program = program
    self.batch = batch
    self.batchSize = batchSize
    self.studies = studies
  }
}
