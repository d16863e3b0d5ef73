public import Incidence

extension IncidenceAnalysis {
  /// The subjects of a cell: an arm of a trial, or a label written into the analysis.
  ///
  /// An object, since the cells of very many events hold the same few.
  public final class Group: Sendable {
    public let trial: String?
    public let arm: String
    public let label: String
    public let subjects: Int?
    public let personYears: Double?
    public let maximumSubjects: Int
    /// All percentages that were printed of the arm, the events not shown here included.
    public let percentages: [PrintedPercentage]

    init(
      trial: String?, arm: String, label: String, subjects: Int?, personYears: Double?,
      maximumSubjects: Int, percentages: [PrintedPercentage]
    ) {
      self.trial = trial
      self.arm = arm
      self.label = label
      self.subjects = subjects
      self.personYears = personYears
      self.maximumSubjects = maximumSubjects
      self.percentages = percentages
    }
  }
}

extension IncidenceAnalysis.Group: Hashable {
  public static func == (first: IncidenceAnalysis.Group, second: IncidenceAnalysis.Group) -> Bool {
    first === second
      || first.trial == second.trial && first.arm == second.arm && first.label == second.label
        && first.subjects == second.subjects && first.personYears == second.personYears
        && first.maximumSubjects == second.maximumSubjects
        && first.percentages == second.percentages
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(trial)
    hasher.combine(arm)
    hasher.combine(label)
  }
}
