import StudyRunner
import Testing

@Suite struct ShardTests {
  @Test(arguments: [1, 2, 3, 7, 20])
  func everyStudyIsInOneShardAndSharesAreEqual(count: Int) throws {
    let ids = (0..<17).map { "s\($0)" }
    let shares = try (1...count).map { try #require(Shard($0, of: count)).share(of: ids) }

    #expect(shares.flatMap { $0 }.sorted() == ids.sorted())
    let sizes = shares.map(\.count)
    #expect(try #require(sizes.max()) - #require(sizes.min()) <= 1)
  }

  @Test func theOrderInWhichStudiesAreNamedMakesNoDifference() throws {
    let ids = (0..<30).map { "s\($0)" }
    let shard = try #require(Shard("2/4"))
    #expect(shard.share(of: ids) == shard.share(of: ids.reversed()))
    #expect(shard.description == "2/4")
  }

  @Test(arguments: ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/", " 1/2"])
  func whatIsNoPartIsNoShard(text: String) {
    #expect(Shard(text) == nil)
  }
}
