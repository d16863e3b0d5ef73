import Foundation

/// Lines of text that several threads bring, chunk by chunk, into a file or onto standard output.
struct TextOutput: Sendable {
  private let file: PartialFile?
  private let ordered: OrderedOutput

  /// Begins with `header`, on standard output where there is no path.
  init(_ path: String?, header: String) throws(UnwritableFile) {
    let file: PartialFile? = if let path { try PartialFile(path) } else { nil }
    self.file = file
    ordered = OrderedOutput { bytes, offset throws(UnwritableFile) in
      if let file {
        try file.write(bytes, at: offset)
      } else {
        try writeToStandardOutput(bytes)
      }
    }
    do throws(UnwritableFile) {
      try ordered.deliver(Array(header.utf8), of: 0)
    } catch {
      file?.discard()
      throw error
    }
  }

  func buffer() -> [UInt8] { ordered.buffer() }

  /// Takes the text of `chunk`, the header being before the first.
  func write(_ bytes: consuming [UInt8], of chunk: Int) throws {
    try ordered.deliver(bytes, of: chunk + 1)
  }

  func stop() { ordered.stop() }

  func complete() throws(UnwritableFile) { try file?.complete() }

  func discard() { file?.discard() }
}

/// - Throws: ``UnwritableFile``, where a pipe's reader has not ended the process already.
private func writeToStandardOutput(_ bytes: [UInt8]) throws(UnwritableFile) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count < 0, errno != EINTR { throw UnwritableFile("standard output", errno: errno) }
    rest = rest.dropFirst(max(count, 0))
  }
}
