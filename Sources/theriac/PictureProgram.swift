import Foundation
import StudyRunner

/// The program of librsvg that draws SVG files as PNG pictures.
struct PictureProgram: Sendable {
  private static let name = "rsvg-convert"

  static let absence = """
    --figures png needs \(name) of librsvg, which is not in the PATH. On Debian: apt-get install \
    librsvg2-bin
    """

  private let url: URL

  /// `nil` where it is not installed.
  init?() {
    let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    let place = folders.lazy.map { "\($0)/\(Self.name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let place else { return nil }
    url = URL(filePath: place)
  }

  /// The SVG file at `path` as a PNG picture on white, two dots for each of its units.
  func picture(of path: String) throws(OutputError) -> [UInt8] {
    let process = Process()
    let output = Pipe()
    process.executableURL = url
    process.arguments = ["--format=png", "--zoom=2", "--background-color=white", path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    let picture: Data
    do {
      try process.run()
      picture = try output.fileHandleForReading.readToEnd() ?? Data()
    } catch {
      throw OutputError(path, error)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw OutputError(
        path, reason: "\(Self.name) ended with status \(process.terminationStatus)")
    }
    return Array(picture)
  }
}
