import ArgumentParser

/// How the program ends, as part of its contract.
///
/// Wrong usage ends with 64, which the argument parser sees to, and a fault of the program with 70.
enum ExitStatus {
  /// An analysis failed or a published value differs.
  static let incomplete = ExitCode(1)
  /// Two folders of results are not the same.
  static let different = ExitCode(1)
  /// A test of the program itself failed.
  static let unqualified = ExitCode(1)
  /// A study definition is invalid.
  static let invalidStudy = ExitCode(65)
  /// A name was given that nothing has; the argument parser would tell how commands are called too.
  static let wrongUsage = ExitCode.validationFailure
  /// Data are not as expected.
  static let invalidData = ExitCode(65)
  /// An input cannot be read.
  static let unreadableInput = ExitCode(66)
  /// The output cannot be written.
  static let unwritableOutput = ExitCode(73)
}
