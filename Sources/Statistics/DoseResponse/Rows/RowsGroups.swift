import CFitKernels

/// The rows by their doses, where those are few.
struct RowsGroups {
  private struct Group {
    let dose: Double
    var count: Int
    var weight: Double
    var mean: Double
    var squares: Double

    init(_ group: rows_group) {
      dose = group.dose
      count = group.count
      weight = group.sums.0 + group.rounding.0
      let first = group.sums.1 + group.rounding.1
      mean = group.origin + first / weight
      squares = max(0, group.sums.2 + group.rounding.2 - first * first / weight)
    }

    /// Takes in other rows of the dose.
    ///
    /// Chan, Golub & LeVeque (1983), Am. Stat. 37:242.
    mutating func join(_ other: Group) {
      let total = weight + other.weight
      let change = other.mean - mean
      squares += other.squares + change * change * (weight * (other.weight / total))
      mean += change * (other.weight / total)
      weight = total
      count += other.count
    }
  }

  private let groups: [Group]

  /// `nil` where there are more than 4096 doses.
  init?(_ rows: DoseRows, _ spread: RowsSpread) {
    let limit = 4096
    let parts = RowsParts(rows, limit: 16)
    let places = Int(ROWS_GROUP_PLACES)
    // Each part has places of its own.
    nonisolated(unsafe) let table = UnsafeMutableBufferPointer<rows_group>.allocate(
      capacity: parts.count * places)
    nonisolated(unsafe) let counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: parts.count)
    defer {
      table.deallocate()
      counts.deallocate()
    }
    table.initialize(repeating: rows_group())
    spread(parts.count) { part in
      counts[part] = withUnsafePointer(to: parts[part]) {
        rows_group_by_dose($0, table.baseAddress! + part * places, limit)
      }
    }
    guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
    var byDose: [Double: Group] = [:]
    for group in table where group.count > 0 {
      byDose[group.dose]?.join(Group(group)) ?? { byDose[group.dose] = Group(group) }()
    }
    guard byDose.count <= limit else { return nil }
    groups = byDose.values.sorted { $0.dose < $1.dose }
  }

  /// `nil` without rows.
  var data: CurveData? {
    guard !groups.isEmpty else { return nil }
    return CurveData(
      means: groups.map {
        CurveData.DoseMean(
          dose: $0.dose, plate: 0, mean: $0.mean, weight: $0.weight, count: $0.count)
      }, pureErrorSumOfSquares: groups.reduce(0) { $0 + $1.squares })
  }
}
