import Foundation
import Results

/// A file being written: buffered, hashed on the way, with its first failure kept until it is closed.
public struct FileOutput: TextOutputStream {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var digest = SHA256()
  private var failure: (any Error)?

  fileprivate init(_ handle: FileHandle) {
    self.handle = handle
    buffer.reserveCapacity(Self.capacity)
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
    do {
      if failure == nil { try handle.write(contentsOf: buffer) }
    } catch {
      failure = error
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and closes the file; the SHA-256 of all its bytes.
  fileprivate mutating func close() throws -> String {
    flush()
    if let failure { throw failure }
    try handle.synchronize()
    try handle.close()
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

  init(_ path: String, errno code: Int32) {
    self.init(path, reason: String(cString: strerror(code)))
  }

  init(_ path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Creates the file at `path` and lets `body` write it; the SHA-256 of what was written.
func writeFile(_ path: String, _ body: (inout FileOutput) -> Void) throws(OutputError) -> String {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
  var output = FileOutput(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
  body(&output)
  do {
    return try output.close()
  } catch {
    throw OutputError(path, error)
  }
}
