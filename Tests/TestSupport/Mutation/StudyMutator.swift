/// A study definition that was changed somewhere, mostly for the worse.
public struct Mutant: Sendable {
  public let index: Int
  public let source: StudySource
  public let bytes: [UInt8]
  /// The files of data beside it, of which one may be changed as well.
  public let files: [String: [UInt8]]
}

/// Makes mutants of studies: the same for the same seed and index, in whatever order.
///
/// Most are changes of structure, which leave valid JSON: values, keys and members replaced by
/// others of the same study, of another one, or by values at the edges. The others are changes of bytes.
public struct StudyMutator: Sendable {
  private let studies: [(source: StudySource, parts: StudyParts)]
  private let seed: UInt64
  let material: MutationMaterial

  /// `words` are spellings to try beside those of the studies.
  public init(_ sources: [StudySource], words: [String] = [], seed: UInt64) throws {
    studies = try sources.map { ($0, try StudyParts($0.bytes)) }
    self.seed = seed
    material = MutationMaterial(studies.map { ($0.source.bytes, $0.parts) }, words: words)
  }

  public func mutant(_ index: Int) -> Mutant {
    var random = SplitMix64(seed: seed &+ UInt64(index) &* 0xd134_2543_de82_ef95)
    let (source, parts) = random.pick(studies)
    var (bytes, files) = (source.bytes, source.files)
    switch random.index(below: 10) {
    case 0, 1: ByteMutation.mutate(&bytes, &random)
    case 2 where !files.isEmpty:
      let name = random.pick(files.keys.sorted())
      ByteMutation.mutate(&files[name, default: []], &random)
    case 3:
      bytes = changed(bytes, parts, &random)
      ByteMutation.mutate(&bytes, &random)
    default: bytes = changed(bytes, parts, &random)
    }
    return Mutant(index: index, source: source, bytes: bytes, files: files)
  }

  /// The mutant with changes of structure alone, so that it is JSON.
  public func structuralMutant(_ index: Int) -> Mutant {
    var random = SplitMix64(seed: ~seed &+ UInt64(index) &* 0xd134_2543_de82_ef95)
    let (source, parts) = random.pick(studies)
    let bytes = changed(source.bytes, parts, &random)
    return Mutant(index: index, source: source, bytes: bytes, files: source.files)
  }

  /// One to three changes of structure, which do not touch each other.
  private func changed(
    _ bytes: [UInt8], _ parts: StudyParts, _ random: inout SplitMix64
  ) -> [UInt8] {
    var edits: [Edit] = []
    for _ in 0...random.pick([0, 0, 0, 1, 2]) {
      let mutation = StructuralMutation(bytes: bytes, parts: parts, material: material)
      let new = mutation.edits(&random)
      let isApart = new.allSatisfy { edit in !edits.contains { $0.range.touches(edit.range) } }
      if isApart { edits += new }
    }
    var mutated = bytes
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      mutated.replaceSubrange(edit.range, with: edit.replacement)
    }
    return mutated
  }
}

/// Bytes to stand in the place of others.
struct Edit {
  let range: Range<Int>
  let replacement: [UInt8]
}

extension Range<Int> {
  /// Whether they share a byte or a border.
  func touches(_ other: Range<Int>) -> Bool {
    lowerBound <= other.upperBound && other.lowerBound <= upperBound
  }
}
