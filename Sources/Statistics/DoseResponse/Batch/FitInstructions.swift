import CFitKernels

/// The instructions that the innermost loops are made of, chosen when the program runs.
public enum FitInstructions: Int32, CaseIterable, Comparable, Sendable {
  /// Those that every processor of the architecture has.
  case plain = 0
  case avx2 = 1
  case avx512 = 2

  /// The best that this processor has.
  public static let best = FitInstructions(rawValue: fit_best_instructions()) ?? .plain

  /// Those that this processor has.
  public static var available: [Self] { allCases.filter { $0 <= best } }

  public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
