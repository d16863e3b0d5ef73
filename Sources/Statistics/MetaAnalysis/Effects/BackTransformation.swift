import Glibc

extension EffectMeasure {
  /// The estimate that `value` on the scale of pooling stands for.
  ///
  /// `size` is n or T for Freeman and Tukey's, of one study or as the harmonic mean over studies,
  /// and not used by others. What lies beyond the image of the possible estimates is the nearest of
  /// these.
  public func backTransformed(_ value: Double, size: Double?) -> Double {
    switch transformation {
    case .identity: return value
    case .log: return exp(value)
    case .logit: return 1 / (1 + exp(-value))
    case .arcsine:
      let sine = sin(min(.pi / 2, max(0, value)))
      return sine * sine
    case .squareRoot: return max(0, value) * max(0, value)
    case .freemanTukeyProportion: return millerProportion(value, size: required(size))
    case .freemanTukeyRate: return millerRate(value, size: required(size))
    }
  }

  /// `estimate` on the scale of pooling; `nil` outside its range and for Freeman and Tukey's, which
  /// are known of counts alone.
  public func transformed(_ estimate: Double) -> Double? {
    let isProportion = estimate >= 0 && estimate <= 1
    switch transformation {
    case .identity: return estimate
    case .log: return estimate >= 0 ? log(estimate) : nil
    case .logit: return isProportion ? log(estimate / (1 - estimate)) : nil
    case .arcsine: return isProportion ? asin(estimate.squareRoot()) : nil
    case .squareRoot: return estimate >= 0 ? estimate.squareRoot() : nil
    case .freemanTukeyProportion, .freemanTukeyRate: return nil
    }
  }
}

private func required(_ size: Double?) -> Double {
  guard let size, size > 0 else { preconditionFailure("a mean size undoes this transformation") }
  return size
}

/// (1 ∓ √(1 − s²))/2 with s = sin 2t + (sin 2t − 1/sin 2t)/n, minus below t = π/4.
///
/// That root is |cos 2t| √(n(n + 2) sin² 2t − cos² 2t) / (n sin 2t), in which nothing cancels.
/// The values of t between those of 0 and of n events are all that is possible. Miller (1978), Am.
/// Stat. 32:138.
private func millerProportion(_ t: Double, size n: Double) -> Double {
  let least = atan(1 / n.squareRoot()) / 2
  guard t > least else { return 0 }
  guard t < .pi / 2 - least else { return 1 }
  let (sine, cosine) = (sin(2 * t), cos(2 * t))
  let s = sine - cosine * cosine / (n * sine)
  let root =
    abs(cosine) * (n * (n + 2) * sine * sine - cosine * cosine).squareRoot() / (n * sine)
  let smaller = s * s / (2 * (1 + root))
  return cosine > 0 ? smaller : 1 - smaller
}

/// (t − 1/4tT)², 0 up to the t of no event, 1/2√T.
private func millerRate(_ t: Double, size years: Double) -> Double {
  guard t > 0.5 / years.squareRoot() else { return 0 }
  let root = t - 1 / (4 * t * years)
  return root * root
}
