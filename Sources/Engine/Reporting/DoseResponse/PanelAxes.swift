/// Axes around a panel of doses, or of numbers, and responses.
extension Markup {
  /// Horizontal lines at the ticks of a vertical axis, with their labels left of the panel.
  mutating func verticalAxis(
    _ axis: Axis, _ box: Box, _ numbers: NumberText, hasLabels: Bool = true
  ) {
    for tick in axis.ticks {
      let y = box.y(axis.place(of: tick))
      rule((box.left, y), (box.right, y), "grid")
      guard hasLabels else { continue }
      label(axis.label(of: tick, numbers), x: box.left - 8, y: y + 4, anchor: "end")
    }
    rule((box.left, box.top), (box.left, box.bottom), "axis")
  }

  mutating func horizontalAxis(_ axis: Axis, _ box: Box, _ numbers: NumberText) {
    for tick in axis.ticks {
      let x = box.x(axis.place(of: tick))
      rule((x, box.top), (x, box.bottom), "grid")
      label(
        axis.label(of: tick, numbers), x: x, y: box.bottom + Distance.tickLabel, anchor: "middle")
    }
    rule((box.left, box.bottom), (box.right, box.bottom), "axis")
  }

  /// The doses below a panel; where dose 0 stands apart, the line is broken.
  mutating func doseAxis(_ axis: DoseAxis, _ box: Box, hasLabels: Bool = true) {
    for tick in axis.ticks {
      let x = box.x(axis.place(of: tick.dose))
      rule((x, box.top), (x, box.bottom), "grid")
    }
    for dose in axis.minorTicks {
      let x = box.x(axis.place(of: dose))
      rule((x, box.bottom), (x, box.bottom + 3), "axis")
    }
    for tick in axis.ticks {
      let x = box.x(axis.place(of: tick.dose))
      rule((x, box.bottom), (x, box.bottom + 5), "axis")
      guard hasLabels else { continue }
      label(tick.label, x: x, y: box.bottom + Distance.tickLabel, anchor: "middle")
    }
    guard axis.hasBreak else {
      return rule((box.left, box.bottom), (box.right, box.bottom), "axis")
    }
    let gap = box.x(DoseAxis.gap)
    rule((box.left, box.bottom), (gap - 3, box.bottom), "axis")
    rule((gap + 3, box.bottom), (box.right, box.bottom), "axis")
    for x in [gap - 3, gap + 3] {
      rule((x - 2.5, box.bottom + 5), (x + 2.5, box.bottom - 5), "axis")
    }
  }

  /// Defines what is drawn within `box` alone.
  mutating func clip(_ name: String, _ box: Box) {
    element("clipPath", ["id": name]) { svg in
      svg.empty(
        "rect",
        [
          "x": length(box.left), "y": length(box.top), "width": length(box.width),
          "height": length(box.height),
        ])
    }
  }
}

/// The data of a path along `places`.
func pathData(_ places: [(x: Double, y: Double)]) -> String {
  places.isEmpty
    ? "" : "M" + places.map { "\(length($0.x)) \(length($0.y))" }.joined(separator: "L")
}
