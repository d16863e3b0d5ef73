/// Every colour of figures but those of maps: in a light surrounding, and what stands for it in a dark
/// one.
///
/// Figures carry the light ones as attributes, so that any program shows them; a browser in the dark
/// replaces them by ``darkStyle``.
enum FigureColours {
  static let paper = "#ffffff"
  static let ink = "#1a1a1a"
  static let axis = "#4d4d4d"
  static let grid = "#dedede"

  /// Colours of arms, studies and curves that are told apart with any colour vision.
  ///
  /// Okabe & Ito (2008), Color Universal Design. Their yellow, lost on white, is left out; grey stands
  /// for their black, lost on black.
  static let palette = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f",
  ]
  /// What belongs to no single arm, and what to one stratum alone.
  static let contrast = "#636363"
  static let stratum = "#8f8f8f"

  /// The same hues, lighter.
  private static let dark = [
    "#0072b2": "#4aa8e0", "#d55e00": "#f07f33", "#009e73": "#2fbf94", "#cc79a7": "#dd94bb",
    "#7f7f7f": "#a3a3a3", contrast: "#b0b0b0",
  ]

  /// What replaces the colours in the dark; what has the class `cell` keeps its own.
  static let darkStyle =
    """
      svg .paper { fill: #15171a; }
      svg .ink { fill: #e4e4e1; }
      svg .halo { stroke: #15171a; }
      svg .grid { stroke: #303338; }
      svg .axis { stroke: #a5a5a0; }

    """
    + dark.sorted { $0.key < $1.key }.map { light, dark in
      """
        svg [fill='\(light)']:not(.cell) { fill: \(dark); }
        svg [stroke='\(light)']:not(.cell) { stroke: \(dark); }

      """
    }.joined()
}
