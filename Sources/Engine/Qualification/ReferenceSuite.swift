import CReferenceSuite
import StudyDefinition

/// Studies whose published values are known, for the program to be tested with.
public struct ReferenceSuite: Sendable {
  /// A study definition and its place.
  public struct Study: Sendable {
    /// The path below `Datasets`.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  public var studies: [Study]
  /// The files of data, by their paths below `Datasets`.
  private let data: [String: [UInt8]]

  public init(studies: [Study], data: [String: [UInt8]] = [:]) {
    self.studies = studies
    self.data = data
  }

  /// The suite that ships inside the program.
  public static let builtIn: ReferenceSuite = {
    let files = (0..<theriac_suite_count()).map { index in
      let file = theriac_suite_file(index)
      return Study(
        path: String(cString: file.path),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
    let studies = files.filter { $0.path.hasSuffix(".json") }
    let data = files.filter { !$0.path.hasSuffix(".json") }
    return ReferenceSuite(
      studies: studies,
      data: Dictionary(uniqueKeysWithValues: data.map { ($0.path, $0.bytes) }))
  }()

  /// The file that `study` calls `name`.
  func file(_ name: String, of study: Study) throws(UnreadableFile) -> [UInt8] {
    let folder = study.path.lastIndex(of: "/").map { study.path[...$0] } ?? ""
    guard let bytes = data[folder + name] else {
      throw UnreadableFile(reason: "the suite has no such file")
    }
    return bytes
  }
}
