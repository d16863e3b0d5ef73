/// One measured response to a setting of factors.
public struct SurfacePoint: Hashable, Sendable {
  /// The value of each factor, in its own units.
  public let factors: [Double]
  public let response: Double
  /// Runs of one block share a level of their own.
  public let block: String

  public init(_ factors: [Double], response: Double, block: String = "") {
    self.factors = factors
    self.response = response
    self.block = block
  }
}

/// The degree of the polynomial of a response surface.
public enum SurfaceOrder: String, CaseIterable, Sendable {
  case linear
  /// With all squares and products of two factors.
  case quadratic
}

/// One coefficient of a response surface; factors by their index.
public enum SurfaceTerm: Hashable, Sendable {
  /// The response where all factors are 0, averaged over the blocks.
  case intercept
  case linear(Int)
  /// x², or with two factors, the smaller index first, x₁x₂.
  case product(Int, Int)
  /// What a block adds to the average over the blocks: these sum to 0.
  case block(String)

  /// The terms of a polynomial in `factors` factors: intercept, linear, squares, products.
  public static func polynomial(_ order: SurfaceOrder, factors: Int) -> [SurfaceTerm] {
    let linear = [.intercept] + (0..<factors).map { SurfaceTerm.linear($0) }
    guard order == .quadratic else { return linear }
    let squares = (0..<factors).map { SurfaceTerm.product($0, $0) }
    let products = (0..<factors).flatMap { i in
      (i + 1..<max(factors, i + 1)).map { SurfaceTerm.product(i, $0) }
    }
    return linear + squares + products
  }

  /// `intercept`, `TPO`, `TPO²`, `TPO × SCF` or `block B`, by the names of the factors.
  public func name(_ factors: [String]) -> String {
    switch self {
    case .intercept: "intercept"
    case .linear(let i): factors[i]
    case .product(let i, let j): i == j ? "\(factors[i])²" : "\(factors[i]) × \(factors[j])"
    case .block(let name): "block \(name)"
    }
  }

  /// The term's factor in the polynomial at `z`; 0 for a block, which is left out.
  func value(_ z: [Double]) -> Double {
    switch self {
    case .intercept: 1
    case .linear(let i): z[i]
    case .product(let i, let j): z[i] * z[j]
    case .block: 0
    }
  }

  /// The derivatives of ``value(_:)``.
  func gradient(_ z: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: z.count)
    switch self {
    case .intercept, .block: break
    case .linear(let i): gradient[i] = 1
    case .product(let i, let j):
      gradient[i] += z[j]
      gradient[j] += z[i]
    }
    return gradient
  }

  var isQuadratic: Bool {
    if case .product = self { true } else { false }
  }
}
