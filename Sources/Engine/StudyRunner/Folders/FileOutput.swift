import Foundation
import Results

/// A file being written: buffered, hashed on the way, with its first failure kept until it is closed.
public struct FileOutput: TextOutputStream {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var digest = SHA256()
  /// The system's number of what went wrong first.
  private var failure: Int32?

  fileprivate init(_ descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(2 * Self.capacity)
  }

  public mutating func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { flush() }
  }

  mutating func write(_ bytes: [UInt8]) {
    buffer += bytes
    flush()
  }

  private mutating func flush() {
    digest.update(buffer)
    buffer.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while failure == nil, !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { failure = errno }
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and closes the file; the SHA-256 of all its bytes.
  fileprivate mutating func close(_ path: String) throws(OutputError) -> String {
    flush()
    if Foundation.close(descriptor) != 0, failure == nil { failure = errno }
    if let failure { throw OutputError(path, errno: failure) }
    return digest.finalize()
  }

  private static let capacity = 1 << 16
}

/// Output that could not be written.
public struct OutputError: Error, CustomStringConvertible {
  public let path: String
  public let reason: String

  public var description: String { "\(path): cannot be written: \(reason)" }

  /// What went wrong at `path`, in the system's words.
  public init(_ path: String, _ error: any Error) {
    self.path = path
    let nested = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    reason =
      nested.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(nested.code))) : nested.localizedDescription
  }

  public init(_ path: String, errno code: Int32) {
    self.init(path, reason: String(cString: strerror(code)))
  }

  package init(_ path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Creates the file at `path` and lets `body` write it; the SHA-256 of what was written.
func writeFile(_ path: String, _ body: (inout FileOutput) -> Void) throws(OutputError) -> String {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
  var output = FileOutput(descriptor)
  body(&output)
  return try output.close(path)
}

/// Lets `body` write the file at `path` aside, and moves it into place in one step.
public func replaceFile(
  _ path: String, _ body: (inout FileOutput) -> Void
) throws(OutputError) {
  let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
  let aside = path[..<slash] + "." + path[slash...] + ".new"
  _ = try writeFile(String(aside), body)
  try rename(String(aside), to: path)
}
