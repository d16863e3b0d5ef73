import Comparison
import Incidence
import Inference
import StudyDefinition

/// The counts of one side of a comparison, its arms added up.
struct SideCounts {
  /// The subjects with the event.
  let events: Int
  let subjects: Int?
  let personYears: Double?
  let isReconstructed: Bool

  /// - Throws: ``ReconstructionError`` where a printed percentage does not give one count.
  /// - Returns: `nil` where only a percentage of an unknown number of subjects was printed.
  init?(_ cells: [IncidenceAnalysis.Cell]) throws(ReconstructionError) {
    var counts: [CellCounts] = []
    for cell in cells {
      guard case .counts(let found) = try cell.content(counting: .subjects) else { return nil }
      counts.append(found)
    }
    self.init(
      adding: counts.map {
        SideCounts(
          events: $0.events, subjects: $0.subjects, personYears: $0.personYears,
          isReconstructed: $0.isReconstructed)
      })
  }

  init(adding counts: [SideCounts]) {
    self.init(
      events: counts.reduce(0) { $0 + $1.events }, subjects: Self.sum(counts.map(\.subjects)),
      personYears: Self.sum(counts.map(\.personYears)),
      isReconstructed: counts.contains(where: \.isReconstructed))
  }

  private init(events: Int, subjects: Int?, personYears: Double?, isReconstructed: Bool) {
    (self.events, self.subjects, self.personYears) = (events, subjects, personYears)
    self.isReconstructed = isReconstructed
  }

  /// One of `parts` that are as alike as whole numbers can be; the first ones have what is left.
  func part(_ part: Int, of parts: Int) -> SideCounts {
    func share(_ count: Int) -> Int { count / parts + (part < count % parts ? 1 : 0) }
    return SideCounts(
      events: share(events), subjects: subjects.map(share),
      personYears: personYears.map { $0 / Double(parts) }, isReconstructed: isReconstructed)
  }

  private static func sum<Number: AdditiveArithmetic>(_ numbers: [Number?]) -> Number? {
    numbers.reduce(.some(.zero)) { sum, number in
      guard let sum, let number else { return nil }
      return sum + number
    }
  }
}

/// The counts of both sides, as the tables that methods need.
struct ComparedCounts {
  let treatment: SideCounts?
  let reference: SideCounts?

  init(_ cells: ComparisonAnalysis.Cells) throws(ReconstructionError) {
    treatment = try SideCounts(cells.treatment)
    reference = try SideCounts(cells.reference)
  }

  var isReconstructed: Bool {
    (treatment?.isReconstructed ?? true) || (reference?.isReconstructed ?? true)
  }

  /// - Throws: ``NotEstimable`` where a side has no subjects, or an unknown number of them.
  func risks() throws(NotEstimable) -> TwoByTwoTable {
    TwoByTwoTable(treatment: try Self.risk(treatment), reference: try Self.risk(reference))
  }

  func rates() throws(NotEstimable) -> PersonTimeTable {
    PersonTimeTable(treatment: try Self.rate(treatment), reference: try Self.rate(reference))
  }

  static func risk(_ side: SideCounts?) throws(NotEstimable) -> BinomialCount {
    guard let side else { throw .unknownSubjects }
    guard let subjects = side.subjects,
      let count = try? BinomialCount(events: side.events, total: subjects)
    else { throw NotEstimable("no subjects at risk in a group") }
    return count
  }

  static func rate(_ side: SideCounts?) throws(NotEstimable) -> PoissonCount {
    guard let side else { throw .unknownSubjects }
    guard let personYears = side.personYears,
      let count = try? PoissonCount(events: side.events, personYears: personYears)
    else { preconditionFailure("a rate without person-years passed the study definition") }
    return count
  }
}

extension NotEstimable {
  static let unknownSubjects = NotEstimable(
    "only a percentage was printed, of an unknown number of subjects")
}
