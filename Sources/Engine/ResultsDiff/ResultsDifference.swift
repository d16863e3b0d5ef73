/// What differs between two folders of results, statistic by statistic.
public struct ResultsDifference: Sendable {
  /// One of the two.
  public struct Side: Sendable {
    public let path: String
    /// The versions and builds that its manifests name, with the number of their studies.
    public internal(set) var programs: [Build: Int] = [:]
    public internal(set) var studies = 0
    public internal(set) var rows = 0
  }

  /// A program as a manifest names it; `nil` stands for a manifest that cannot be read.
  public struct Build: Hashable, Sendable {
    public let version: String?
    public let build: String?
  }

  public private(set) var a: Side
  public private(set) var b: Side
  public let tolerances: Tolerances
  /// Rows that are the same within the tolerance.
  public private(set) var same = 0
  /// Those of them whose numbers are not the same double, and the farthest of these.
  public private(set) var within = 0
  public private(set) var farthestWithin = Distance(0, 0)
  /// The greatest first.
  public private(set) var changed: [RowChange] = []
  public private(set) var added: [RowChange] = []
  public private(set) var removed: [RowChange] = []
  /// The studies in both whose definition or data are not the same.
  public private(set) var studiesOfOtherInputs: [String] = []

  public var isEmpty: Bool { changed.isEmpty && added.isEmpty && removed.isEmpty }

  /// Compares the folders, or trees of folders, at `a` and `b`; studies are matched by their folders.
  ///
  /// No more than one study of each is held at a time, beside what differs.
  ///
  /// - Throws: ``UnreadableResults`` or ``InvalidResults``.
  public init(_ a: String, _ b: String, within tolerances: Tolerances) throws {
    self.a = Side(path: a)
    self.b = Side(path: b)
    self.tolerances = tolerances
    let (first, second) = (try ResultsFolder.all(in: a), try ResultsFolder.all(in: b))
    guard first.keys.contains("") == second.keys.contains("") else {
      let (study, tree) = first.keys.contains("") ? (a, b) : (b, a)
      throw UnreadableResults(
        path: tree, reason: "it holds folders of studies, and \(study) is that of one study")
    }
    for name in Set(first.keys).union(second.keys).sorted() {
      try add(name, first[name], second[name])
    }
    changed = changed.enumerated().sorted { one, other in
      one.element.isGreater(than: other.element)
        || !other.element.isGreater(than: one.element) && one.offset < other.offset
    }.map(\.element)
  }

  private mutating func add(_ name: String, _ a: ResultsFolder?, _ b: ResultsFolder?) throws {
    let first = try a.map { try $0.rows() } ?? []
    let second = try b.map { try $0.rows() } ?? []
    let origins = (a?.origin(), b?.origin())
    if a != nil { self.a.add(first.count, origins.0) }
    if b != nil { self.b.add(second.count, origins.1) }
    if let one = origins.0, let other = origins.1, one.inputs != other.inputs {
      studiesOfOtherInputs.append(name)
    }
    var unmatched = Dictionary(uniqueKeysWithValues: second.map { ($0.key, $0) })
    for row in first {
      guard let other = unmatched.removeValue(forKey: row.key) else {
        removed.append(RowChange(name, only: row, inSecond: false))
        continue
      }
      compare(row, other, of: name)
    }
    added += second.filter { unmatched[$0.key] != nil }.map {
      RowChange(name, only: $0, inSecond: true)
    }
  }

  private mutating func compare(_ a: ResultsRow, _ b: ResultsRow, of study: String) {
    if let change = RowChange(study, a, b, tolerances.tolerance(for: a.key)) {
      return changed.append(change)
    }
    same += 1
    guard let x = a.number, let y = b.number, x != y else { return }
    within += 1
    let distance = Distance(x, y)
    if distance.relative > farthestWithin.relative { farthestWithin = distance }
  }
}

extension ResultsDifference.Side {
  fileprivate mutating func add(_ rows: Int, _ origin: ResultsOrigin?) {
    studies += 1
    self.rows += rows
    let build = ResultsDifference.Build(version: origin?.version, build: origin?.build)
    programs[build, default: 0] += 1
  }
}
