import Foundation

/// A file that was read whole.
public struct FileInput: Sendable {
  public let path: String
  public let bytes: [UInt8]
  /// When it was last modified, in seconds since 1970.
  public let modified: Double
  /// Whether it can be read again: a pipe cannot.
  public let isRepeatable: Bool

  /// Reads the file at `path`.
  ///
  /// - Throws: ``InputError`` with the system's own reason.
  public init(_ path: String) throws(InputError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputError(path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw InputError(path, errno: errno) }
    modified = Double(status.st_mtim.tv_sec)
    isRepeatable = status.st_mode & S_IFMT == S_IFREG
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      guard count >= 0 else { throw InputError(path, errno: errno) }
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    self.bytes = bytes
  }
}

/// An input that cannot be read.
public struct InputError: Error, CustomStringConvertible {
  public let path: String
  public let reason: String

  public init(_ path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public init(_ path: String, errno code: Int32) {
    self.init(path, reason: String(cString: strerror(code)))
  }

  public var description: String { "\(path): cannot be read: \(reason)" }
}
