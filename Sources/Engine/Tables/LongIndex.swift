import Glibc

/// Where the rows of each curve stand in a long table.
struct LongIndex: Sendable {
  struct Curve: Sendable {
    fileprivate let nameStart: Int
    fileprivate(set) var rowCount = 0
    fileprivate let nameLength: UInt32
    fileprivate let firstSegment: UInt32
    fileprivate var lastSegment: UInt32

    /// The bytes of the name, without quotes around it.
    var name: Range<Int> { nameStart..<nameStart + Int(nameLength) }
  }

  private(set) var curves: [Curve] = []
  /// Where rows of one curve that follow each other begin, which is where those before them end; at
  /// last, where the file ends.
  private var segmentStarts: [Int] = []
  /// The next segment of the same curve; 0 for none.
  private var nextSegments: [UInt32] = []

  /// Goes through the rows of `bytes` from `start`, whose field `nameColumn` names the curve.
  init(
    _ bytes: UnsafeRawBufferPointer, from start: Int, nameColumn: Int
  ) throws(FaultyField) {
    var records = LongRecords(bytes, from: start, nameColumn: nameColumn)
    var names = NameTable()
    var (curve, name, rows) = (0, Range<Int>?.none, 0)
    while let record = try records.next(after: name) {
      if let known = name, record.repeatsName || same(bytes, record.name, known) {
        rows += 1
        continue
      }
      if name != nil { curves[curve].rowCount += rows }
      curve = try self.curve(named: record.name, after: curve, bytes, &names)
      addSegment(from: record.start, to: curve)
      (name, rows) = (record.name, 1)
    }
    if name != nil { curves[curve].rowCount += rows }
    segmentStarts.append(bytes.count)
  }

  /// Gives `body` the extents of the rows of `curve`, one after the other.
  func forEachSegment<Failure>(
    of curve: Int, _ body: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    var segment = Int(curves[curve].firstSegment)
    repeat {
      try body(segmentStarts[segment]..<segmentStarts[segment + 1])
      segment = Int(nextSegments[segment])
    } while segment > 0
  }

  /// The curve called `name`, known or new, whose rows follow those of the curve `last`.
  ///
  /// Where a table goes through the curves again and again it is the one after that.
  private mutating func curve(
    named name: Range<Int>, after last: Int, _ bytes: UnsafeRawBufferPointer,
    _ names: inout NameTable
  ) throws(FaultyField) -> Int {
    let guess = last + 1 < curves.count ? last + 1 : 0
    if guess < curves.count, same(bytes, name, curves[guess].name) { return guess }
    let curve = names.index(of: name, bytes, next: curves.count) { curves[$0].name }
    guard curve == curves.count else { return curve }
    let text = UnsafeRawBufferPointer(rebasing: bytes[name])
    guard !text.isEmpty else {
      throw FaultyField(at: name.lowerBound, text: text, expected: "the name of a curve")
    }
    guard text.allSatisfy({ $0 < 0x80 }) || String(validating: text, as: UTF8.self) != nil else {
      throw FaultyField(at: name.lowerBound, text: text, expected: "a name in UTF-8")
    }
    let segment = UInt32(nextSegments.count)
    curves.append(
      Curve(
        nameStart: name.lowerBound, nameLength: UInt32(name.count), firstSegment: segment,
        lastSegment: segment))
    return curve
  }

  private mutating func addSegment(from start: Int, to curve: Int) {
    let segment = UInt32(nextSegments.count)
    if curves[curve].firstSegment != segment {
      nextSegments[Int(curves[curve].lastSegment)] = segment
      curves[curve].lastSegment = segment
    }
    segmentStarts.append(start)
    nextSegments.append(0)
  }
}

/// Whether the bytes at two places are the same.
private func same(_ bytes: UnsafeRawBufferPointer, _ one: Range<Int>, _ other: Range<Int>) -> Bool {
  guard one.count == other.count, let base = bytes.baseAddress else { return false }
  return memcmp(base + one.lowerBound, base + other.lowerBound, one.count) == 0
}

/// The curves by their names, which stay where they are in the file.
private struct NameTable: Sendable {
  /// One more than a curve's index; 0 where there is none.
  private var slots = [UInt32](repeating: 0, count: 1 << 10)
  private var count = 0

  /// The index of the curve called `name`, which is `next` where the name is new.
  mutating func index(
    of name: Range<Int>, _ bytes: UnsafeRawBufferPointer, next: Int, _ nameOf: (Int) -> Range<Int>
  ) -> Int {
    if 2 * count >= slots.count { grow(bytes, nameOf) }
    var slot = Self.hash(bytes, name) & (slots.count - 1)
    while slots[slot] > 0 {
      let known = Int(slots[slot]) - 1
      if same(bytes, name, nameOf(known)) { return known }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(next + 1)
    count += 1
    return next
  }

  private mutating func grow(_ bytes: UnsafeRawBufferPointer, _ nameOf: (Int) -> Range<Int>) {
    let old = slots
    slots = [UInt32](repeating: 0, count: 4 * old.count)
    for entry in old where entry > 0 {
      var slot = Self.hash(bytes, nameOf(Int(entry) - 1)) & (slots.count - 1)
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// FNV-1a, 64 bits, its upper half folded onto the lower.
  private static func hash(_ bytes: UnsafeRawBufferPointer, _ name: Range<Int>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for place in name { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
