public import ArgumentParser
public import Inference
import Results

/// What a run writes beside the files of every run, and how it shows numbers.
struct Renderings: Sendable {
  enum TableFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case rtf
  }

  enum FigureFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case png
  }

  let tables: TableFormat?
  let figures: FigureFormat?
  /// `nil` where each study says so itself.
  let rounding: RoundingRule?
  let decimals: Int

  /// The options by which the same is asked for again, in one spelling; empty where nothing is.
  var options: [String] {
    let given = [
      tables.map { "--tables \($0.rawValue)" }, figures.map { "--figures \($0.rawValue)" },
      rounding.map { "--rounding \($0.rawValue)" },
      decimals == Rounding.usualDecimals ? nil : "--decimals \(decimals)",
    ]
    return given.compactMap { $0 }
  }

  /// What of the `former` files of a study is not written any more because it was not asked for again,
  /// with the options that ask for it.
  func dropped(of former: [String]) -> [String] {
    let kinds = [
      (ending: ".rtf", isWritten: tables == .rtf, name: "tables.rtf (--tables rtf)"),
      (ending: ".png", isWritten: figures == .png, name: "figures/*.png (--figures png)"),
    ]
    return kinds.filter { kind in
      !kind.isWritten && former.contains { $0.hasSuffix(kind.ending) }
    }.map(\.name)
  }

  /// `results` with their numbers shown as asked for.
  func shown(_ results: StudyResults) -> StudyResults {
    var results = results
    results.rounding = Rounding(rounding ?? results.rounding.rule, decimals: decimals)
    return results
  }
}

extension RoundingRule: ExpressibleByArgument {}
