import Glibc

/// Where the nonlinear parameters of a sigmoid, or the scale of an exponential, are among the
/// coordinates.
struct SearchPlaces {
  struct Place {
    let index: Int?
    /// The parameter is sign · exp(coordinate), or the coordinate.
    let isLogarithm: Bool
    let sign: Double
    /// The coordinate of a fixed parameter.
    let fixed: Double

    func coordinate(_ coordinates: [Double]) -> Double {
      if let index { coordinates[index] } else { fixed }
    }

    func value(_ coordinates: [Double]) -> Double {
      isLogarithm ? sign * exp(coordinate(coordinates)) : coordinate(coordinates)
    }
  }

  let slope: Place
  let location: Place
  let asymmetry: Place

  init(_ box: SearchBox) {
    func place(_ parameter: CurveParameter?) -> Place {
      guard let parameter else { return Place(index: nil, isLogarithm: true, sign: 1, fixed: 0) }
      let coordinate = box.curve.form.coordinate(of: parameter)
      let value = box.curve.fixedValues[parameter]
      let sign = coordinate == .signedLogarithm ? value.map { $0 < 0 ? -1 : 1 } ?? box.sign : 1
      let isLogarithm = coordinate != .identity
      return Place(
        index: box.parameters.firstIndex(of: parameter), isLogarithm: isLogarithm, sign: sign,
        fixed: value.map { isLogarithm ? log(abs($0)) : $0 } ?? 0)
    }
    switch box.curve.form {
    case .sigmoid(let sigmoid):
      slope = place(sigmoid.slope)
      location = place(sigmoid.location)
      asymmetry = place(sigmoid.isAsymmetric ? .asymmetry : nil)
    case .exponential:
      (slope, location, asymmetry) = (place(.scale), place(nil), place(nil))
    case .polynomial: (slope, location, asymmetry) = (place(nil), place(nil), place(nil))
    }
  }
}
