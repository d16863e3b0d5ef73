import Results

extension BatchTotals {
  /// `10,000 studies, 30,000 analyses, 1,200,000 results in 8.1 s (148,148/s), 2 jobs`.
  func throughput(seconds: Double, jobs: Int, takenOver: Int) -> String {
    let rate = grouped(Int((Double(results) / max(seconds, 1e-3)).rounded()))
    let earlier = takenOver > 0 ? " (\(grouped(takenOver)) taken over as they were)" : ""
    return "\(grouped(studies)) \(studies == 1 ? "study" : "studies")\(earlier), "
      + "\(grouped(analysisCount)) \(analysisCount == 1 ? "analysis" : "analyses"), "
      + "\(grouped(results)) \(results == 1 ? "result" : "results") in "
      + "\((10 * seconds).rounded() / 10) s (\(rate)/s), \(counted(jobs, "job"))"
  }
}

/// `number` with its thousands apart: `1,200,000`.
func grouped(_ number: Int) -> String {
  var text = ""
  for (place, digit) in String(number).reversed().enumerated() {
    if place > 0, place.isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
