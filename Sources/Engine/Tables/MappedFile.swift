import Glibc

/// A file whose bytes are mapped into memory, to be read from first to last and never written.
///
/// The pages come from the system's cache as they are read, so that a file may be larger than memory.
public final class MappedFile: Sendable {
  public let path: String
  public let count: Int

  nonisolated(unsafe) private let start: UnsafeRawPointer?

  /// Maps the file at `path`.
  ///
  /// - Throws: ``UnmappableFile`` with the system's own reason, or where it is no file of bytes.
  public init(_ path: String) throws(UnmappableFile) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnmappableFile(path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw UnmappableFile(path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw UnmappableFile(
        path, reason: isFolder ? "Is a directory" : "it is not a file, and cannot be mapped")
    }
    self.path = path
    count = Int(status.st_size)
    start = try Self.map(descriptor, count, path)
  }

  deinit {
    if let start { munmap(UnsafeMutableRawPointer(mutating: start), count) }
  }

  /// All bytes, for as long as this object lives.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// An empty file has nothing to map.
  private static func map(
    _ descriptor: Int32, _ count: Int, _ path: String
  ) throws(UnmappableFile) -> UnsafeRawPointer? {
    guard count > 0 else { return nil }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw UnmappableFile(path, errno: errno) }
    madvise(start, count, MADV_SEQUENTIAL)
    return UnsafeRawPointer(start)
  }
}

/// A file that cannot be read.
public struct UnmappableFile: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  public let reason: String

  init(_ path: String, errno code: Int32) {
    self.init(path, reason: String(cString: strerror(code)))
  }

  init(_ path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): cannot be read: \(reason)" }
}
