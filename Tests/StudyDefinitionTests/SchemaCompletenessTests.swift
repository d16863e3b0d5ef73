import JSON
import StudyDefinition
import TestSupport
import Testing

/// The schema and the reader know the same keys and the same spellings, in every object and at every
/// choice of all studies.
@Suite struct SchemaCompletenessTests {
  private let schema: JSONNode

  init() throws {
    schema = try JSONDocument(Array(Study.schema.compact.utf8)).root
  }

  /// All studies, those of tests among them, with the loaders of their files.
  static let studies: [(text: [UInt8], files: [String: [UInt8]])] = {
    let small =
      [everything, StudyText().text] + gradedStudies + metaAnalyses + [StudyText().text]
    let assays = assayStudies.map { study in
      (Array(study.text.utf8), study.files.mapValues { Array($0.utf8) })
    }
    let published = (try? StudySource.all())?.filter { $0.bytes.count < 20_000 } ?? []
    return small.map { (Array($0.utf8), [:]) } + assays + published.map { ($0.bytes, $0.files) }
  }()

  private func faults(_ bytes: [UInt8], _ files: [String: [UInt8]]) -> [Fault] {
    StudyReading(
      bytes,
      files: { path throws(UnreadableFile) in
        guard let file = files[path] else { throw UnreadableFile(reason: "no such file") }
        return file
      }
    ).faults
  }

  /// One object for each set of keys is enough; the reader lists what it knows where it meets an
  /// unknown key, and takes every key of the schema for a known one.
  @Test func theReaderKnowsTheKeysOfTheSchemaAndNoOthers() throws {
    var seen: Set<Set<String>> = []
    for study in Self.studies {
      let walk = SchemaWalk(try JSONDocument(study.text).root, schema: schema)
      for object in walk.objects where seen.insert(object.keys).inserted {
        let unknown = insertion(of: "zzz", into: object, study)
        // Keys that are parameters or measures are told as such.
        guard !Self.objectsByName.contains(where: object.pointer.hasSuffix) else { continue }
        let expected = try #require(unknown?.expected, "\(object.pointer)")
        // The record of a trial is reserved: the reader knows the key to say so.
        let reserved = object.keys.contains("registry") ? 1 : 0
        let count = numberOfNames(in: expected) - reserved
        #expect(
          count == object.keys.count || count == object.keys.subtracting(object.banned).count,
          "\(object.pointer): \(expected); the schema has \(object.keys.sorted())")
        for key in object.keys.subtracting(object.banned) {
          #expect(insertion(of: key, into: object, study) == nil, "\(object.pointer) \(key)")
        }
      }
    }
    #expect(seen.count > 40)
  }

  private static let objectsByName = ["/constraints", "/equivalence", "/methods", "/null"]

  /// The fault that says that `key`, put into `object`, is not known there.
  private func insertion(
    of key: String, into object: SchemaWalk.Object,
    _ study: (text: [UInt8], files: [String: [UInt8]])
  ) -> Fault? {
    var bytes = study.text
    bytes.insert(
      contentsOf: Array("\"\(key)\": null\(object.isEmpty ? "" : ", ")".utf8), at: object.opening)
    return faults(bytes, study.files).first { fault in
      fault.pointer == "\(object.pointer)/\(key)" && fault.found.contains("unknown key")
    }
  }

  @Test func theReaderKnowsTheSpellingsOfTheSchemaAndNoOthers() throws {
    var seen: Set<Set<String>> = []
    for study in Self.studies {
      let walk = SchemaWalk(try JSONDocument(study.text).root, schema: schema)
      // The parameters that can be shared are those of the models.
      let choices = walk.choices.filter { !$0.pointer.contains("/share/") }
      for choice in choices where seen.insert(choice.spellings).inserted {
        let unknown = replacement(of: choice, by: "zzz", study)
        let expected = try #require(unknown?.expected, "\(choice.pointer)")
        #expect(
          numberOfNames(in: expected) == choice.spellings.count,
          "\(choice.pointer): \(expected); the schema has \(choice.spellings.sorted())")
        for spelling in choice.spellings {
          let fault = replacement(of: choice, by: spelling, study)
          #expect(fault?.expected != expected, "\(choice.pointer) \(spelling)")
        }
      }
    }
    #expect(seen.count > 30)
  }

  private func replacement(
    of choice: SchemaWalk.Choice, by spelling: String,
    _ study: (text: [UInt8], files: [String: [UInt8]])
  ) -> Fault? {
    var bytes = study.text
    bytes.replaceSubrange(choice.range, with: Array("\"\(spelling)\"".utf8))
    return faults(bytes, study.files).first { $0.pointer == choice.pointer }
  }

  /// The number of different names that a message lists: `one of "a", "b"`, `… (9 in all)`.
  private func numberOfNames(in message: String) -> Int {
    if let match = message.firstMatch(of: /\((\d+) in all\)/) { return Int(match.1) ?? 0 }
    return Set(message.matches(of: /"([^"]*)"/).map(\.1)).count
  }
}
