import Results

/// How one kind of analysis is shown.
protocol KindDisplay: SendableMetatype {
  /// `nil` where the analysis is of another kind, or has nothing to show.
  init?(_ analysis: AnalysisResult, numbers: NumberText)

  var tables: [Table] { get }
  /// What a reader in a hurry needs.
  var shortTables: [Table] { get }
  /// The figures, each with what its name says after that of the analysis.
  var plots: [(parts: [String], plot: any Plot)] { get }
}

/// The displays of kinds that have one of their own.
let kindDisplays: [any KindDisplay.Type] = [
  DoseResponseDisplay.self, PlateQualityDisplay.self, SurfaceDisplay.self,
  TroubleshootDisplay.self,
]
