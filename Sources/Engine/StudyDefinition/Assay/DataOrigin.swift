/// The parts of a study and its files that a value was read from.
struct DataOrigin: Sendable {
  /// Bytes of the study definition.
  var ranges: [Range<Int>] = []
  /// The paths of data files, as the study gives them.
  var files: [String] = []
}
