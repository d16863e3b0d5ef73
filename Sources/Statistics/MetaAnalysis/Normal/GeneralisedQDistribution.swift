import Glibc
package import LinearAlgebra
import Optimization

/// The distribution of a generalised Q with any weights a, a sum Σλχ²₁ of independent terms.
///
/// Its Laplace transform is L(p) = Π (1 + 2pd)^−½ |BᵀDB|^−½ with d = a(v + τ²), B an orthonormal
/// basis of the columns of √a X and D = diag(1/(1 + 2pd)), so the λ themselves are not needed.
/// Jackson (2013), Res. Synth. Methods 4:220.
package struct GeneralisedQDistribution {
  private let sizes: [Double]
  private let basis: Matrix

  /// With `basis` of no columns the λ are the `sizes`.
  package init(sizes: [Double], basis: Matrix) {
    precondition(basis.rows == sizes.count, "\(basis.rows) rows for \(sizes.count) sizes")
    self.sizes = sizes
    self.basis = basis
  }

  /// P(Q ≤ x).
  package func lowerTail(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    return x <= mean ? lowerContour(x) : 1 - upperContour(x)
  }

  /// P(Q > x).
  package func upperTail(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    return x <= mean ? 1 - lowerContour(x) : upperContour(x)
  }

  /// Σ λ = Σ d (1 − h).
  private var mean: Double {
    sizes.indices.reduce(0) { sum, i in
      sum + sizes[i] * (0..<basis.columns).reduce(1) { $0 - basis[i, $1] * basis[i, $1] }
    }
  }

  private func lowerContour(_ x: Double) -> Double {
    contourIntegral(x, within: 1...Double(sizes.count) / 2 + 1, sign: 1)
  }

  private func upperContour(_ x: Double) -> Double {
    contourIntegral(x, within: -x / (2 * (sizes.max() ?? 0))...0, sign: -1)
  }

  /// ∫ eᵖ L(p/x) dp/(±2πip) on the parabola p = c + iaθ − θ²/3 through the saddle point c in `range`.
  ///
  /// It lies around the singularities of L, all below `range`. With `sign` 1, to the right of the
  /// pole at 0, this is P(Q ≤ x), with −1, to the left of it, P(Q > x). For a gamma distribution the
  /// parabola is that of steepest descent. The trapezoidal rule has an error that falls
  /// geometrically with the number of its points, which is doubled until nothing changes.
  /// Trefethen & Weideman (2014), SIAM Rev. 56:385.
  private func contourIntegral(_ x: Double, within range: ClosedRange<Double>, sign: Double)
    -> Double
  {
    let scaled = GeneralisedQDistribution(sizes: sizes.map { $0 / x }, basis: basis)
    func height(_ p: Double) -> Double { scaled.logIntegrand(Complex(p, 0), sign).real }
    let saddle = brentMinimum(
      of: height, lower: range.lowerBound, upper: range.upperBound, relativeTolerance: 1e-4
    ).argument
    let room = min(abs(saddle), saddle - range.lowerBound, range.upperBound - saddle)
    let step = 1e-2 * (room > 0 ? room : abs(saddle))
    let curvature =
      (height(saddle + step) - 2 * height(saddle) + height(saddle - step)) / (step * step)
    let width = 1 / max(curvature, 1e-300).squareRoot()
    let top = height(saddle)
    // Im (eᵖ L p′/p) relative to its size at the saddle point.
    func term(_ theta: Double) -> Double {
      let p = Complex(saddle - theta * theta / 3, width * theta)
      let log = scaled.logIntegrand(p, sign)
      let direction = Complex(-2 * theta / 3, width)
      return exp(log.real - top) * (Complex.unit(log.imaginary) * direction).imaginary
    }
    var spacing = 0.5
    var sum = width / 2 + terms(from: spacing, step: spacing, term)
    var change = Double.infinity
    while change > 1e-13 * abs(sum), spacing > 1e-3 {
      let refined = sum + terms(from: spacing / 2, step: spacing, term)
      change = abs(refined / 2 - sum)
      sum = refined
      spacing /= 2
    }
    return exp(top) * sum * spacing / Double.pi
  }

  /// Σ f(θ) from `start` on, to where e^(−θ²/3) is beneath rounding.
  private func terms(from start: Double, step: Double, _ f: (Double) -> Double) -> Double {
    stride(from: start, through: 11.5, by: step).reduce(0) { $0 + f($1) }
  }

  /// log (eᵖ L(p)/±p), ± the `sign` of p where the contour crosses the real axis.
  private func logIntegrand(_ p: Complex, _ sign: Double) -> Complex {
    // BᵀDB, its lower triangle by rows.
    let order = basis.columns
    var matrix = [Complex](repeating: Complex(0, 0), count: order * (order + 1) / 2)
    var logs = Complex(0, 0)
    for (row, size) in sizes.enumerated() {
      let factor = Complex(1 + 2 * p.real * size, 2 * p.imaginary * size)
      logs = logs + factor.log
      let inverse = factor.inverse
      var entry = 0
      for i in 0..<order {
        for j in 0...i {
          let product = basis[row, i] * basis[row, j]
          matrix[entry] = matrix[entry] + inverse.scaled(by: product)
          entry += 1
        }
      }
    }
    for pivot in pivots(&matrix) { logs = logs + pivot.log }
    return p - logs.scaled(by: 0.5) - p.scaled(by: sign).log
  }

  /// The pivots of the symmetric `matrix` LΔLᵀ, given by its lower triangle.
  ///
  /// The imaginary part of BᵀDB is definite, so no pivot crosses the negative axis, and the sum of
  /// their logarithms is continuous along a contour.
  private func pivots(_ matrix: inout [Complex]) -> [Complex] {
    func place(_ i: Int, _ j: Int) -> Int { i * (i + 1) / 2 + j }
    let order = basis.columns
    for j in 0..<order {
      let inverse = matrix[place(j, j)].inverse
      for i in (0..<order).dropFirst(j + 1) {
        let factor = matrix[place(i, j)] * inverse
        for l in i..<order {
          matrix[place(l, i)] = matrix[place(l, i)] - factor * matrix[place(l, j)]
        }
      }
    }
    return (0..<order).map { matrix[place($0, $0)] }
  }
}

/// A complex number.
private struct Complex {
  let real: Double
  let imaginary: Double

  init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  /// e^(iφ).
  static func unit(_ angle: Double) -> Complex { Complex(cos(angle), sin(angle)) }

  /// The principal logarithm.
  var log: Complex {
    Complex(Glibc.log(real * real + imaginary * imaginary) / 2, atan2(imaginary, real))
  }

  static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  func scaled(by factor: Double) -> Complex { Complex(real * factor, imaginary * factor) }

  var inverse: Complex {
    let square = real * real + imaginary * imaginary
    return Complex(real / square, -imaginary / square)
  }
}
