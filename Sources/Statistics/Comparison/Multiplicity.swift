public import Inference

/// An adjustment of the p-values of many terms for their number.
public enum Multiplicity: String, StatisticalMethod {
  case bonferroni
  case holm
  case benjaminiHochberg = "benjamini-hochberg"
  case benjaminiYekutieli = "benjamini-yekutieli"
  case doubleFDR = "double-fdr"
  case newDoubleFDR = "new-double-fdr"

  /// Whether the terms are grouped by body system.
  public var usesSystems: Bool { self == .doubleFDR || self == .newDoubleFDR }

  public var title: String {
    switch self {
    case .bonferroni: "Bonferroni"
    case .holm: "Holm"
    case .benjaminiHochberg: "Benjamini–Hochberg"
    case .benjaminiYekutieli: "Benjamini–Yekutieli"
    case .doubleFDR: "Double false discovery rate"
    case .newDoubleFDR: "New double false discovery rate"
    }
  }

  public var summary: String {
    switch self {
    case .bonferroni:
      "m p, at most 1: \"bonferroni\" of R's p.adjust, BONFERRONI of SAS PROC MULTTEST."
    case .holm:
      """
      Step-down Bonferroni, never larger than it: "holm", the default of R's p.adjust, HOLM of SAS \
      PROC MULTTEST.
      """
    case .benjaminiHochberg:
      """
      The expected share of false discoveries, of independent or positively dependent terms: "BH" \
      of R's p.adjust, FDR of SAS PROC MULTTEST.
      """
    case .benjaminiYekutieli:
      """
      The expected share of false discoveries whatever the dependence, Σ1/i times that of Benjamini \
      and Hochberg: "BY" of R's p.adjust, DEPENDENTFDR of SAS PROC MULTTEST.
      """
    case .doubleFDR:
      """
      Benjamini–Hochberg over the smallest p-value of each body system at α/2, then within the \
      systems left at α; R's MHTmult takes α for both, SAS has none.
      """
    case .newDoubleFDR:
      """
      Benjamini–Hochberg over the smallest adjusted p-value of each body system, then over all terms \
      of the systems left, both at α; R's MHTmult adjusts within each of them, SAS has none.
      """
    }
  }

  public var reference: String {
    switch self {
    case .bonferroni: "Dunn (1961), J. Am. Stat. Assoc. 56:52"
    case .holm: "Holm (1979), Scand. J. Stat. 6:65"
    case .benjaminiHochberg: "Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289"
    case .benjaminiYekutieli: "Benjamini & Yekutieli (2001), Ann. Stat. 29:1165"
    case .doubleFDR: "Mehrotra & Heyse (2004), Stat. Methods Med. Res. 13:227"
    case .newDoubleFDR: "Mehrotra & Adewale (2012), Stat. Med. 31:1918"
    }
  }

  /// The adjusted p-values, in the order given.
  ///
  /// A term whose p-value is not estimable, `nil`, is left out of the family. A method that uses
  /// systems needs ``adjusted(_:systems:level:)``.
  public func adjusted(_ pValues: [Double?]) -> [Double?] {
    let family = pValues.compactMap { $0 }
    let adjusted =
      switch self {
      case .bonferroni: family.map { min(1, Double(family.count) * $0) }
      case .holm: stepDown(family)
      case .benjaminiHochberg: stepUp(family)
      case .benjaminiYekutieli: stepUp(family, factor: harmonicNumber(family.count))
      case .doubleFDR, .newDoubleFDR: preconditionFailure("\(rawValue) adjusts within systems")
      }
    var next = adjusted.makeIterator()
    return pValues.map { $0 == nil ? nil : next.next() }
  }
}

// In the formulas p₍₁₎ ≤ … ≤ p₍ₘ₎ are the p-values in order.

/// The largest of min(1, (m − j + 1) p₍ⱼ₎) over j ≤ i.
private func stepDown(_ pValues: [Double]) -> [Double] {
  var adjusted = pValues
  var largest = 0.0
  for (rank, index) in order(pValues).enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}

/// The smallest of min(1, `factor` · m p₍ⱼ₎ / j) over j ≥ i.
func stepUp(_ pValues: [Double], factor: Double = 1) -> [Double] {
  var adjusted = pValues
  var smallest = 1.0
  for (rank, index) in order(pValues).enumerated().reversed() {
    let share = Double(pValues.count) / Double(rank + 1)
    smallest = min(smallest, factor * share * pValues[index])
    adjusted[index] = smallest
  }
  return adjusted
}

/// The places of the p-values from the smallest to the largest.
private func order(_ pValues: [Double]) -> [Int] {
  pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
}

/// Σ 1/i up to `count`.
private func harmonicNumber(_ count: Int) -> Double {
  (0..<count).reduce(0) { $0 + 1 / Double(count - $1) }
}
