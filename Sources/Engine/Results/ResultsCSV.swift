import JSON

extension StudyResults {
  /// Writes `ard.csv`: a header and a row for each statistic, RFC 4180 with line feeds.
  public func writeCSV(to output: inout some TextOutputStream) {
    output.write(resultsDataColumns.map(\.name).joined(separator: ",") + "\n")
    writeRows(
      RowSpelling(first: "", next: "", end: "\n", missing: "", field: csvField), to: &output)
  }
}

/// `text`, in quotes where it holds a comma, a quote or a line break.
package func csvField(_ text: String) -> String {
  guard text.utf8.contains(where: needsQuotes) else { return text }
  // By bytes: to characters, a quote with a combining accent is no quote.
  let doubled = text.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
  return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
}

private func needsQuotes(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
    || byte == UInt8(ascii: "\r")
}
