import CFiles
import Foundation

/// A file written aside, in a hidden file beside its place, and moved there when it is complete.
///
/// Until then an older file stays as it is. Where the process is stopped the hidden file is removed;
/// only where it is killed does it stay behind, and the next run replaces it.
package final class PartialFile: Sendable {
  /// As it was asked for, for messages.
  private let name: String
  private let path: String
  private let partial: String
  private let descriptor: Int32
  private let number: Int32

  /// - Throws: ``UnwritableFile`` where no file can be made there, or another run is writing it.
  package init(_ name: String) throws(UnwritableFile) {
    self.name = name
    let path = try Self.place(of: name)
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let partial = path[..<slash] + "." + path[slash...] + ".partial"
    self.path = path
    self.partial = String(partial)
    descriptor = open(self.partial, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw UnwritableFile(name, errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw UnwritableFile(name, reason: "another run is writing it")
    }
    number = theriac_note_unfinished(self.partial)
    guard ftruncate(descriptor, 0) == 0 else { throw failure() }
  }

  /// Where the file will stand: what a symbolic link points to, and nothing but a file.
  private static func place(of name: String) throws(UnwritableFile) -> String {
    var status = stat()
    guard stat(name, &status) == 0 else { return name }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw UnwritableFile(
        name, reason: isFolder ? "Is a directory" : "something else than a file stands there")
    }
    guard let resolved = realpath(name, nil) else { throw UnwritableFile(name, errno: errno) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Writes all of `bytes` at `offset`.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(UnwritableFile) {
    var written = 0
    while written < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress! + written, bytes.count - written, off_t(offset + written))
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      written += count
    }
    theriac_begin_writing(descriptor, Int64(offset), bytes.count)
  }

  /// Writes all of `bytes` at `offset`.
  package func write(_ bytes: [UInt8], at offset: Int) throws(UnwritableFile) {
    try bytes.withUnsafeBufferPointer { bytes throws(UnwritableFile) in
      try write(UnsafeRawBufferPointer(bytes), at: offset)
    }
  }

  /// Sees the file onto its disk and moves it into place.
  package func complete() throws(UnwritableFile) {
    guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw failure() }
    theriac_forget_unfinished(number)
    close(descriptor)
  }

  /// Removes what was written so far.
  package func discard() {
    unlink(partial)
    theriac_forget_unfinished(number)
    close(descriptor)
  }

  private func failure() -> UnwritableFile { UnwritableFile(name, errno: errno) }
}

/// A file that cannot be written.
public struct UnwritableFile: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  public let reason: String

  init(_ path: String, errno code: Int32) {
    self.init(path, reason: String(cString: strerror(code)))
  }

  init(_ path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): cannot be written: \(reason)" }
}
