/// Changes of a study that leave it JSON.
struct StructuralMutation {
  let bytes: [UInt8]
  let parts: StudyParts
  let material: MutationMaterial

  /// A change at random, as edits of the bytes.
  func edits(_ random: inout SplitMix64) -> [Edit] {
    let value = random.pick(parts.values)
    switch random.index(below: 14) {
    case 0: return [Edit(range: value.range, replacement: random.pick(MutationMaterial.edges))]
    case 1: return [Edit(range: value.range, replacement: random.pick(material.values))]
    case 2, 3: return [Edit(range: value.range, replacement: kin(of: value.key, &random))]
    case 4: return [Edit(range: value.range, replacement: tweaked(value, &random))]
    case 5: return number(&random)
    case 6, 7: return word(&random)
    case 8: return removal(&random)
    case 9: return repetition(&random)
    case 10: return newKey(&random)
    case 11, 12: return insertion(&random)
    default: return exchange(value, random.pick(parts.values))
    }
  }

  /// A value that some study has under `key`.
  private func kin(of key: String, _ random: inout SplitMix64) -> [UInt8] {
    random.pick(material.valuesByKey[key] ?? material.values)
  }

  private func number(_ random: inout SplitMix64) -> [Edit] {
    let numbers = parts.values.filter { if case .number = $0.kind { true } else { false } }
    guard !numbers.isEmpty else { return [] }
    let value = random.pick(numbers)
    return [Edit(range: value.range, replacement: tweaked(value, &random))]
  }

  private func word(_ random: inout SplitMix64) -> [Edit] {
    let strings = parts.values.filter { if case .string = $0.kind { true } else { false } }
    guard !strings.isEmpty else { return [] }
    return [
      Edit(range: random.pick(strings).range, replacement: random.pick(material.words))
    ]
  }

  /// The value with a small change of its own kind.
  private func tweaked(_ value: StudyParts.Value, _ random: inout SplitMix64) -> [UInt8] {
    let text = Array(bytes[value.range])
    switch value.kind {
    case .number:
      let number = Double(String(decoding: text, as: UTF8.self)) ?? 0
      let changed = random.pick([number + 1, number - 1, -number, number * 10, number / 3, 0])
      let isWhole = changed == changed.rounded() && changed.magnitude < 1e15
      return Array((isWhole ? "\(Int(changed))" : "\(changed)").utf8)
    case .string:
      guard text.count > 2 else { return Array("\"x\"".utf8) }
      let place = 1 + random.index(below: text.count - 2)
      let letter = UInt8(ascii: "a") + UInt8(random.index(below: 26))
      // Not within an escape or a character of several bytes.
      guard text[place] < 0x80, !text.contains(UInt8(ascii: "\\")) else { return text }
      return random.next() & 1 == 0
        ? Array(text[..<place]) + [letter] + text[place...]
        : Array(text[..<place]) + [letter] + text[(place + 1)...]
    case .array(let elements): return list(elements.shuffled(using: &random), &random)
    case .object, .other: return random.pick(MutationMaterial.edges)
    }
  }

  /// Some of `elements` as an array.
  private func list(_ elements: [Range<Int>], _ random: inout SplitMix64) -> [UInt8] {
    let kept = elements.prefix(random.index(below: elements.count + 1) + 1)
    return Array("[".utf8) + kept.map { Array(bytes[$0]) }.joined(separator: [UInt8(ascii: ",")])
      + Array("]".utf8)
  }

  private func member(_ random: inout SplitMix64) -> Range<Int> {
    let isMember = parts.elements.isEmpty || random.next() % 3 != 0
    return isMember ? random.pick(parts.members).range : random.pick(parts.elements)
  }

  /// A member or an element less, with one of the commas beside it.
  private func removal(_ random: inout SplitMix64) -> [Edit] {
    var range = member(&random)
    let behind = bytes[range.upperBound...].firstIndex { !isWhite($0) } ?? bytes.endIndex - 1
    let before = bytes[..<range.lowerBound].lastIndex { !isWhite($0) } ?? 0
    if bytes[behind] == UInt8(ascii: ",") {
      range = range.lowerBound..<behind + 1
    } else if bytes[before] == UInt8(ascii: ",") {
      range = before..<range.upperBound
    }
    return [Edit(range: range, replacement: [])]
  }

  /// A member or an element once more.
  private func repetition(_ random: inout SplitMix64) -> [Edit] {
    let range = member(&random)
    let times = random.pick([1, 1, 1, 2, 50])
    let copies = [[UInt8]](repeating: Array(", ".utf8) + bytes[range], count: times)
    return [
      Edit(range: range.upperBound..<range.upperBound, replacement: Array(copies.joined()))
    ]
  }

  /// A key replaced by another one that studies have, or by one with a letter too many.
  private func newKey(_ random: inout SplitMix64) -> [Edit] {
    let member = random.pick(parts.members)
    let key = random.next() % 4 == 0 ? member.key + "x" : random.pick(material.keys)
    return [Edit(range: member.keyRange, replacement: Array("\"\(key)\"".utf8))]
  }

  /// A further member, with a value that some study has under its key.
  private func insertion(_ random: inout SplitMix64) -> [Edit] {
    let place = random.pick(parts.openings)
    let key = random.pick(material.keys)
    let member = Array("\"\(key)\": ".utf8) + kin(of: key, &random) + Array(", ".utf8)
    return [Edit(range: place..<place, replacement: member)]
  }

  /// Two values in each other's places, where neither is within the other.
  private func exchange(_ one: StudyParts.Value, _ other: StudyParts.Value) -> [Edit] {
    guard !one.range.touches(other.range) else { return [] }
    return [
      Edit(range: one.range, replacement: Array(bytes[other.range])),
      Edit(range: other.range, replacement: Array(bytes[one.range])),
    ]
  }
}

private func isWhite(_ byte: UInt8) -> Bool { " \n\t\r".utf8.contains(byte) }
