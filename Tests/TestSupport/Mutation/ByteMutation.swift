/// Changes of bytes, whatever they mean.
enum ByteMutation {
  /// Bytes that mean something to JSON, to tables or to UTF-8.
  private static let special =
    Array("{}[]\",:\\/0-9.eE+ \n\r\t".utf8) + [0, 1, 0x7f, 0x80, 0xc0, 0xed, 0xef, 0xff]

  /// Changes `bytes` in one to eight places.
  static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    for _ in 0...random.index(below: random.pick([1, 2, 8])) where !bytes.isEmpty {
      let place = random.index(below: bytes.count)
      let end = min(bytes.count, place + 1 + random.index(below: random.pick([1, 4, 64])))
      switch random.index(below: 7) {
      case 0: bytes[place] ^= 1 << UInt8(random.index(below: 8))
      case 1: bytes[place] = UInt8(random.index(below: 256))
      case 2: bytes[place] = random.pick(special)
      case 3: bytes.insert(random.pick(special), at: place)
      case 4: bytes.removeSubrange(place..<end)
      case 5: bytes.insert(contentsOf: bytes[place..<end], at: random.index(below: bytes.count))
      default:
        if random.index(below: 8) == 0 { bytes.removeSubrange(place...) }
      }
    }
  }
}
