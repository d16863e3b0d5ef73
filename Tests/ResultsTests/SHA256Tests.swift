import CHash
import Results
import Testing

private func hex(_ text: String) -> String { SHA256.hex(Array(text.utf8)) }

@Suite struct SHA256Tests {
  /// NIST, FIPS 180-4 example values and CAVP short messages.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func matchesThePublishedDigests(text: String, digest: String) {
    #expect(hex(text) == digest)
  }

  @Test func aMillionLettersGiveThePublishedDigest() {
    let digest = SHA256.hex([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// n letters "a", where the padding just fits into the last block or needs one more.
  ///
  /// From Python's hashlib.
  @Test(arguments: [
    (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    (57, "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6"),
    (58, "d5c039b748aa64665782974ec3dc3025c042edf54dcdc2b5de31385b094cb678"),
    (59, "111bb261277afd65f0744b247cd3e47d386d71563d0ed995517807d5ebd4fba3"),
    (60, "11ee391211c6256460b6ed375957fadd8061cafbb31daf967db875aebd5aaad4"),
    (61, "35d5fc17cfbbadd00f5e710ada39f194c5ad7c766ad67072245f1fad45f0f530"),
    (62, "f506898cc7c2e092f9eb9fadae7ba50383f5b46a2a4fe5597dbb553a78981268"),
    (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
    (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
    (128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"),
  ])
  func lengthsAroundABlockAreRightInAnyPieces(length: Int, digest: String) {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    #expect(SHA256.hex(bytes) == digest)
    for size in 1...length {
      var pieces = SHA256()
      for start in stride(from: 0, to: length, by: size) {
        pieces.update(Array(bytes[start..<min(start + size, length)]))
      }
      #expect(pieces.finalize() == digest, "pieces of \(size)")
    }
  }

  @Test func finalizingDoesNotEndTheDigest() {
    var digest = SHA256()
    digest.update(Array("a".utf8))
    #expect(digest.finalize() == hex("a"))
    digest.update(Array("bc".utf8))
    #expect(digest.finalize() == hex("abc"))
    digest.update([])
    #expect(digest.finalize() == hex("abc"))
  }

  @Test func theProcessorsOwnInstructionsGiveTheSameAsThePlainOnes() {
    let bytes = (0..<6400).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    var (own, plain) = ([UInt32](1...8), [UInt32](1...8))
    theriac_sha256(&own, bytes, 100)
    theriac_sha256_plain(&plain, bytes, 100)
    #expect(own == plain)
  }
}
