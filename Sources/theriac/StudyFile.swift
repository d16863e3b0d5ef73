import ArgumentParser
import Foundation
import Results
import StudyDefinition
import StudyRunner

/// A study definition that was read from a file and found valid, with the data that it names.
final class ReadStudy: Sendable {
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

  /// One hash for all inputs, wherever they lie, of so many digits that it takes no memory besides.
  fileprivate var digest: String {
    String(SHA256.hex(Array(inputs.map(\.sha256).joined(separator: " ").utf8)).prefix(15))
  }
}

/// What is remembered of a valid study until its turn comes, when it is read again: there may be
/// many thousand of them.
struct StudyFile: Sendable {
  let path: String
  let id: String
  /// The ids of its analyses.
  let analyses: [String]
  let content: StudyContent
  /// A hash of the study definition and the files of data that it names.
  let digest: String
  private let kept: ReadStudy?

  /// Reads the study at `path`, and keeps what was read where its turn comes at once.
  init(_ path: String, isKept: Bool) throws {
    let read = try ReadStudy(path)
    let study = read.plan.study
    self.path = path
    id = study.id
    analyses = study.analyses.map(\.id)
    content = StudyContent(study)
    digest = read.digest
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
    guard study.digest == digest else { throw changed }
    return study
  }

  private var changed: InputError {
    InputError(
      path,
      reason: "it or its data changed after it had been found valid; "
        + "run again with --resume when it is as it should be")
  }
}

/// How much a study holds.
struct StudyContent: Sendable, CustomStringConvertible {
  private let trials, assays, analyses, published: Int

  init(_ study: Study) {
    (trials, assays) = (study.trials.count, study.assays.count)
    (analyses, published) = (study.analyses.count, study.published.count)
  }

  /// `1 trial, 2 analyses, 3 published values`.
  var description: String {
    let assays = assays == 0 ? [] : [counted(assays, "assay")]
    return
      ([counted(trials, "trial")] + assays + [
        counted(analyses, "analysis", "analyses"), counted(published, "published value"),
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
