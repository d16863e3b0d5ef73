import ArgumentParser
import Foundation
import Results
import StudyDefinition
import StudyRunner

/// A study definition that was read from a file and found valid, with the data that it names.
struct ReadStudy: Sendable {
  let plan: StudyPlan
  /// The study definition, then the files of data that it names.
  let inputs: [Manifest.File]
  /// When the last of them was modified, in seconds since 1970.
  let modified: Double
  /// Whether all of them can be read again.
  let isRepeatable: Bool

  /// - Throws: ``InvalidStudy`` or ``InputError``.
  init(_ path: String) throws {
    let input = try FileInput(path)
    var (modified, isRepeatable) = (input.modified, input.isRepeatable)
    plan = try StudyPlan(input.bytes) { name throws(UnreadableFile) in
      do throws(InputError) {
        let file = try FileInput(place(of: name, namedBy: path))
        modified = max(modified, file.modified)
        isRepeatable = isRepeatable && file.isRepeatable
        return file.bytes
      } catch {
        throw UnreadableFile(reason: error.reason)
      }
    }
    (self.modified, self.isRepeatable) = (modified, isRepeatable)
    let data = plan.study.files.map { file in
      Manifest.File(path: place(of: file.path, namedBy: path), sha256: SHA256.hex(file.bytes))
    }
    inputs = [Manifest.File(path: path, sha256: SHA256.hex(input.bytes))] + data
  }
}

/// What is remembered of a valid study until its turn comes, when it is read again: there may be
/// many thousand of them.
struct StudyFile: Sendable {
  let path: String
  let id: String
  /// The ids of its analyses.
  let analyses: [String]
  /// What `validate` says that it holds.
  let content: String
  private let inputs: [Manifest.File]
  private let kept: ReadStudy?

  /// Reads the study at `path`, and keeps what was read where its turn comes at once.
  init(_ path: String, isKept: Bool) throws {
    let read = try ReadStudy(path)
    let study = read.plan.study
    self.path = path
    id = study.id
    analyses = study.analyses.map(\.id)
    content = study.content
    inputs = read.inputs
    kept = isKept || !read.isRepeatable ? read : nil
  }

  /// The study, read again where it was not kept.
  ///
  /// - Throws: ``InputError`` where it is no longer what was found valid.
  func read() throws -> ReadStudy {
    if let kept { return kept }
    let study: ReadStudy
    do {
      study = try ReadStudy(path)
    } catch is InvalidStudy {
      throw changed
    }
    guard study.inputs == inputs else { throw changed }
    return study
  }

  private var changed: InputError {
    InputError(path, reason: "it or its data changed after it had been found valid")
  }
}

extension Study {
  /// `1 trial, 2 analyses, 3 published values`.
  fileprivate var content: String {
    let assays = assays.isEmpty ? [] : [counted(assays.count, "assay")]
    return
      ([counted(trials.count, "trial")] + assays + [
        counted(analyses.count, "analysis", "analyses"),
        counted(published.count, "published value"),
      ]).joined(separator: ", ")
  }
}

/// The path of the file that the study at `study` calls `name`, relative to its own folder.
private func place(of name: String, namedBy study: String) -> String {
  guard !name.hasPrefix("/"), let slash = study.lastIndex(of: "/") else { return name }
  return study[...slash] + name
}

/// Writes a line to standard error.
func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
