import Foundation
public import Results

/// How the studies in a folder of results ended, read one at a time since there may be very many.
public struct FolderStatuses: Sendable {
  private let directory: String
  /// The ids of the studies that have results, sorted.
  public let ids: [String]

  public init(in directory: String) {
    self.directory = directory
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    ids = names.filter { name in
      !name.hasPrefix(".")
        && FileManager.default.fileExists(atPath: "\(directory)/\(name)/\(StudyFolder.manifest)")
    }.sorted()
  }

  /// Gives each study in turn; `nil` where its status is not what this version writes.
  public func forEach(_ body: (_ id: String, StudyStatus?) -> Void) {
    for id in ids {
      let file = try? FileInput("\(directory)/\(id)/\(StudyFolder.status)")
      body(id, file.flatMap { StudyStatus($0.bytes) })
    }
  }
}
