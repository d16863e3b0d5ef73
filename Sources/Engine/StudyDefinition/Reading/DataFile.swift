/// A file of data that a study names, as it was read.
public struct DataFile: Hashable, Sendable {
  /// As the study gives it, relative to the study file.
  public let path: String
  public let bytes: [UInt8]
}

/// Gives the bytes of the file at a path, which is relative to the study file.
public typealias FileLoader = (_ path: String) throws(UnreadableFile) -> [UInt8]

/// Why a file of data cannot be read.
public struct UnreadableFile: Error, Hashable, Sendable {
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }
}
