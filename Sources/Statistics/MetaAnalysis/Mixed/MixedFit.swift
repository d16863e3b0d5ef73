import Glibc
import Inference
public import LinearAlgebra
import Probability

/// A mixed model with the parameters of largest likelihood.
public struct MixedFit: Sendable {
  /// Why the ascent stopped.
  public enum Termination: Hashable, Sendable {
    /// √(gᵀ H⁻¹ g) ≤ 1e-12: the next step is that small in units of the standard errors.
    case gradient
    /// √(gᵀ H⁻¹ g) is at most 1e-6 and does not shrink any more.
    case rounding
    /// All events are in one group: the estimate is infinite, and nothing was iterated.
    case unbounded
  }

  public let model: MixedModel
  public let isRandom: Bool
  /// Log ratios of odds or rates, one for each column of the design.
  ///
  /// For one group log odds or log rates. ±∞ where all events are in one group.
  public let coefficients: [Double]
  /// The coefficients' block of the inverse of the observed information of all parameters.
  ///
  /// At τ² = 0 that of the common model; `nil` where an estimate is infinite.
  public let covariance: Matrix?
  /// `nil` in the common model, and where the estimate is infinite.
  public let tau2: Double?
  /// σ² of random intercepts; `nil` without them.
  public let interceptVariance: Double?
  /// ρ of the beta-binomial model; `nil` in others.
  public let intraclassCorrelation: Double?
  /// The largest logarithm of the likelihood, with all constants; its bound where an estimate is
  /// infinite.
  public let logLikelihood: Double
  /// √(gᵀ H⁻¹ g) where the ascent stopped.
  public let gradientNorm: Double
  public let iterations: Int
  /// The most nodes that a study's integral took; 1 without random effects.
  public let nodes: Int
  public let termination: Termination
  /// Where the ascent stopped; `nil` where an estimate is infinite.
  let maximum: LikelihoodMaximum?

  init(_ model: MixedModel, random: Bool) throws(NotEstimable) {
    self.model = model
    isRandom = random
    if let unbounded = try model.unboundedness(random: random) {
      coefficients = [unbounded.direction * .infinity]
      covariance = nil
      tau2 = nil
      interceptVariance = nil
      intraclassCorrelation = nil
      logLikelihood = unbounded.supremum
      gradientNorm = 0
      iterations = 0
      nodes = 1
      termination = .unbounded
      maximum = nil
      return
    }
    let likelihood = model.model
    let spreads = model.spreadIndices(random: random)
    let maximum = try likelihood.maximum(
      from: model.origin, means: likelihood.meanIndices, spreads: spreads)
    let columns = Array(0..<likelihood.design.columns)
    coefficients = columns.map { maximum.parameters[$0] }
    covariance = try maximum.covariance(
      likelihood.meanIndices + spreads.filter { maximum.parameters[$0] != 0 }
    ).selecting(columns)
    let squares = likelihood.spreadIndices.map { maximum.parameters[$0] * maximum.parameters[$0] }
    let last = squares[squares.count - 1]
    let isBetaBinomial = model.likelihood == .betaBinomial
    tau2 = random && !isBetaBinomial ? last : nil
    interceptVariance = squares.count == 2 ? squares[0] : nil
    intraclassCorrelation = isBetaBinomial ? last / (1 + last) : nil
    logLikelihood = maximum.value
    gradientNorm = maximum.gradientNorm
    iterations = maximum.iterations
    nodes = maximum.evaluation.nodes
    termination = maximum.termination
    self.maximum = maximum
  }

  /// The mean level of both groups, of models that have one.
  ///
  /// For the beta-binomial model that of the reference. `nil` where the estimate is infinite.
  public var level: Double? {
    model.model.levels == 1 ? maximum?.parameters[coefficients.count] : nil
  }

  /// How many studies the likelihood learnt from.
  public var informativeStudies: Int { model.informative.count }

  /// Of the first coefficient; `nil` where it is infinite.
  public var standardError: Double? { covariance.map { $0[0, 0].squareRoot() } }

  /// Of each coefficient; `nil` where it is infinite.
  public var standardErrors: [Double]? { covariance.map { $0.diagonal.map { $0.squareRoot() } } }

  /// The first coefficient with Wald's inference.
  ///
  /// - Throws: `NotEstimable` where it is infinite, and has no standard error.
  public var effect: PooledEffect {
    get throws(NotEstimable) {
      guard let standardError else {
        throw NotEstimable("all events are in one group: the estimate is infinite")
      }
      return PooledEffect(estimate: coefficients[0], standardError: standardError)
    }
  }
}

extension MixedModel {
  /// The standard deviations that are estimated: without random effects all but the last.
  func spreadIndices(random: Bool) -> [Int] {
    random ? model.spreadIndices : model.spreadIndices.dropLast()
  }

  /// All parameters at 0.
  var origin: [Double] {
    [Double](repeating: 0, count: model.meanIndices.count + model.spreadIndices.count)
  }
}

extension LikelihoodMaximum {
  /// The inverse of the observed information of the parameters at `free`.
  func covariance(_ free: [Int]) throws(NotEstimable) -> Matrix {
    let hessian = evaluation.hessian.selecting(free)
    let information = Matrix(
      rows: hessian.rows, columns: hessian.columns, elements: hessian.elements.map { -$0 })
    do throws(LinearAlgebraError) {
      return try Cholesky(information).inverse
    } catch {
      throw NotEstimable("the observed information is not positive definite")
    }
  }
}
