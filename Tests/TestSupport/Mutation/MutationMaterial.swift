/// What mutations put into studies: the values, keys and words of all studies, and values at the edges.
struct MutationMaterial: Sendable {
  /// The texts of values by the keys that they stand under.
  private(set) var valuesByKey: [String: [[UInt8]]] = [:]
  private(set) var keys: [String] = []
  /// Strings in their quotes.
  private(set) var words: [[UInt8]] = []
  /// The texts of values of any kind.
  private(set) var values: [[UInt8]] = []

  init(_ studies: [(bytes: [UInt8], parts: StudyParts)], words: [String]) {
    var seen: Set<[UInt8]> = []
    for (bytes, parts) in studies {
      for value in parts.values where value.range.count <= 2000 {
        let text = Array(bytes[value.range])
        if seen.insert(Array(value.key.utf8) + text).inserted {
          valuesByKey[value.key, default: []].append(text)
          values.append(text)
          if case .string = value.kind, text.count <= 40 { self.words.append(text) }
        }
      }
    }
    keys = valuesByKey.keys.filter { !$0.isEmpty }.sorted()
    self.words += words.map { Array("\"\($0)\"".utf8) }
  }

  /// Values that programs are known to stumble over.
  static let edges: [[UInt8]] = [
    "null", "true", "false", "[]", "{}", "[[]]", "[{}]", "[null]", "{\"\": 0}", "0", "-0", "0.0",
    "-1", "1", "2", "1.5", "1e0", "1E+2", "0.1", "1e-320", "1e-100", "1e100", "1e308", "1e309",
    "-1e309", "4294967296", "1000000000000", "1000000000001", "9007199254740993",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "123456789012345678901234567890", "0.1234567890123456789012345678901234567890", "\"\"",
    "\" \"", "\"0\"", "\"-1\"", "\"1e5\"", "\"NaN\"", "\"/\"", "\"a/b\"", "\"a/b/c\"",
    "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\u202e\"", "\"é̂\"", "\".\"", "\"..\"",
    "\"../../x\"", "\"/dev/null\"", "\"infinite\"", "\"not estimable\"", "\"<0.001\"", "\"100.0\"",
    "\"99999999999999999999.99999999999999999999\"", "\"x.csv\"",
    "\"\(String(repeating: "a", count: 300))\"",
    String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
    String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    "[" + String(repeating: "0,", count: 2000) + "0]",
  ].map { Array($0.utf8) }
}
