import DoseResponse

/// What one thread has done.
struct FitTally: Sendable {
  var readingTime = Duration.zero
  var fitTime = Duration.zero
  var writingTime = Duration.zero
  /// How many curves had each status, by its code.
  private(set) var statusCounts = [Int](repeating: 0, count: FitVerdict.allCases.count)

  /// Counts the statuses, which are the first numbers of the rows.
  mutating func count(_ results: UnsafeMutableBufferPointer<Double>, width: Int) {
    for start in stride(from: 0, to: results.count, by: width) {
      statusCounts[Int(results[start])] += 1
    }
  }
}

/// How many curves were fitted, how they fared and how long it took.
public struct BulkFitSummary: Sendable {
  public let curveCount: Int
  /// The statuses that occurred, the least grave first.
  public let statuses: [(name: String, count: Int)]
  /// The columns of the results, without the names of curves.
  public let columns: [String]
  public let jobs: Int
  /// Seconds that all threads together spent reading; of mapped arrays it is part of the fits.
  public let readingTime: Double
  public let fitTime: Double
  /// With what it took to see the output onto its disk.
  public let writingTime: Double
  /// Seconds from beginning to end.
  public let elapsedTime: Double

  init(
    _ tallies: [FitTally], columns: [String], jobs: Int, completionTime: Duration,
    elapsedTime: Duration
  ) {
    let counts = statusNames.indices.map { code in tallies.reduce(0) { $0 + $1.statusCounts[code] }
    }
    statuses = zip(statusNames, counts).filter { $0.1 > 0 }.map { (name: $0.0, count: $0.1) }
    curveCount = counts.reduce(0, +)
    self.columns = columns
    self.jobs = jobs
    func seconds(_ time: Duration) -> Double { time / .seconds(1) }
    readingTime = seconds(tallies.reduce(.zero) { $0 + $1.readingTime })
    fitTime = seconds(tallies.reduce(.zero) { $0 + $1.fitTime })
    writingTime = seconds(tallies.reduce(completionTime) { $0 + $1.writingTime })
    self.elapsedTime = seconds(elapsedTime)
  }

  public var convergedCount: Int {
    statuses.first { $0.name == FitVerdict.converged.rawValue }?.count ?? 0
  }
}
