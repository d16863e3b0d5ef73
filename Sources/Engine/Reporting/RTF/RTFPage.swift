/// A sheet that tables are set on; lengths in twips, twentieths of a point.
struct RTFPage {
  static let portrait = RTFPage(width: 12_240, height: 15_840, isLandscape: false)
  static let landscape = RTFPage(width: 15_840, height: 12_240, isLandscape: true)
  static let margin = 1080

  /// From the edge to the header, and to the footer.
  static let edge = 540

  let width: Int
  let height: Int
  let isLandscape: Bool

  /// The room between the margins.
  var room: Int { width - 2 * Self.margin }

  /// What opens a section on such a sheet, from a new page.
  var opening: String {
    "\\sectd\\sbkpage\(isLandscape ? "\\lndscpsxn" : "")\\pgwsxn\(width)\\pghsxn\(height)"
      + "\\marglsxn\(Self.margin)\\margrsxn\(Self.margin)"
      + "\\margtsxn\(Self.margin)\\margbsxn\(Self.margin)\\headery\(Self.edge)\\footery\(Self.edge)"
  }
}

/// The size of a text.
struct RTFSize {
  static let title = RTFSize(halfPoints: 20)
  static let table = RTFSize(halfPoints: 18)
  /// Of tables that are too wide for a sheet otherwise.
  static let smallTable = RTFSize(halfPoints: 15)
  static let note = RTFSize(halfPoints: 16)

  let halfPoints: Int

  var control: String { "\\fs\(halfPoints)" }

  /// `ems` of this size in twips.
  func twips(_ ems: Double) -> Int { Int((ems * 10 * Double(halfPoints)).rounded(.up)) }

  /// The height of a line in twips.
  var line: Int { 12 * halfPoints }

  /// How many lines `text` takes where each is `room` wide.
  func lines(_ text: String, in room: Int) -> Int {
    max(1, (twips(emWidth(text)) + room - 1) / room)
  }
}
