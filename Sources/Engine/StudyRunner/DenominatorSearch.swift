import Incidence
import Results
import StudyDefinition

/// Which numbers of subjects fit all percentages that were printed of a group.
///
/// A number that fits is evidence, not proof, so all of them are told, not only the one used.
struct DenominatorSearch {
  let group: IncidenceAnalysis.Group
  let fitting: [Int]

  init(_ group: IncidenceAnalysis.Group) {
    self.group = group
    fitting = possibleTotals(for: group.percentages, upTo: group.maximumSubjects)
  }

  var row: ResultGroup {
    ResultGroup(
      group.reconstructionPlace,
      [Statistic(IncidenceAnalysis.Group.reconstructionKey, .number(Double(fitting.count)))])
  }

  var series: Series {
    Series(
      "fitting-subjects",
      [
        Series.Column("trial", .texts(fitting.map { _ in group.trial ?? "" })),
        Series.Column("arm", .texts(fitting.map { _ in group.arm })),
        Series.Column("subjects", .numbers(fitting.map { Double($0) })),
      ])
  }

  var note: String {
    let printed =
      group.percentages.count == 1
      ? "its printed percentage" : "its \(group.percentages.count) printed percentages"
    guard let subjects = group.subjects else {
      return "\(group.label): the number of subjects is not known. Up to "
        + "\(group.maximumSubjects), \(printed) fit \(described(fitting))."
    }
    let others = fitting.filter { $0 != subjects }
    let rebuilt = "\(group.label): counts were rebuilt from \(printed) with n = \(subjects)."
    return others.isEmpty
      ? rebuilt + " No other number of subjects up to \(group.maximumSubjects) fits."
      : rebuilt + " Up to \(group.maximumSubjects) these fit as well: \(described(others)). "
        + "A number that fits is evidence, not proof."
  }

  private func described(_ totals: [Int]) -> String {
    guard !totals.isEmpty else { return "none" }
    let shown = totals.prefix(20).map(String.init).joined(separator: ", ")
    return totals.count > 20 ? shown + ", … (\(totals.count) in all)" : shown
  }
}
