import Foundation

/// Keeps two runs from writing one folder of results.
///
/// A lock of the system's on a file in that folder: it ends with the process, however that ends.
public struct OutputLock: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Makes the folder at `directory` where it is missing, and locks it for `command`.
  ///
  /// - Throws: ``FolderInUse`` where another run writes there, ``OutputError``.
  public init(_ directory: String, command: [String]) throws {
    try makeFolder(at: directory)
    let path = directory + "/.theriac.lock"
    descriptor = try Self.lockedFile(path, of: directory)
    self.path = path
    let text = """
      process \(getpid()) on \(ProcessInfo.processInfo.hostName), started \
      \(Date.now.formatted(.iso8601)): \(command.joined(separator: " ").prefix(500))
      """
    // It only serves to tell others who is here.
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.utf8.count, 0)
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func lockedFile(_ path: String, of directory: String) throws -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
      // Where the system has no locks, as on some network file systems, the run goes on without.
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        defer { close(descriptor) }
        throw FolderInUse(
          description: "\(directory): another run writes there: \(holder(descriptor))")
      }
      if isFile(descriptor, at: path) { return descriptor }
      // Whoever held it removed the file in the meantime.
      close(descriptor)
    }
  }

  private static func holder(_ descriptor: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &text, text.count, 0)
    return count > 0 ? String(decoding: text[..<count], as: UTF8.self) : "it has not said which"
  }

  /// Whether the file at `path` is the one that is open.
  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var (open, named) = (stat(), stat())
    return fstat(descriptor, &open) == 0 && stat(path, &named) == 0
      && open.st_ino == named.st_ino && open.st_dev == named.st_dev
  }
}

/// A folder of results that another run is writing, with all that this has said of itself.
public struct FolderInUse: Error, CustomStringConvertible {
  public let description: String
}
