import Results

/// What tables and figures call the methods of a meta-analysis: shorter than their notes do.
struct PoolingTitles {
  private let notes: [String: String]

  init(_ notes: [MethodNote]) {
    self.notes = Dictionary(notes.map { ($0.name, $0.title) }) { first, _ in first }
  }

  /// `inverse-variance/random/reml/hartung-knapp` as `Inverse variance, REML, Hartung–Knapp`.
  func title(_ method: String) -> String {
    let parts = method.split(separator: "/").map(String.init)
    return parts.enumerated().compactMap { index, part in
      switch part {
      case "common": return ofOneModel.contains(parts[0]) ? nil : part
      case "random":
        let isSaid = parts[0] == "beta-binomial" || estimatorTitles[parts[safely: index + 1]] != nil
        return isSaid ? nil : part
      default: return poolingTitles[part] ?? estimatorTitles[part] ?? partTitles[part] ?? part
      }
    }.joined(separator: ", ")
  }

  /// What the estimators of τ² in `methods` stand for: `REML: restricted maximum likelihood`.
  func abbreviations(in methods: [String]) -> [String] {
    var seen: Set<String> = []
    return methods.flatMap { $0.split(separator: "/").map(String.init) }
      .filter { seen.insert($0).inserted }
      .compactMap { part in
        guard let title = estimatorTitles[part], let note = notes[part] else { return nil }
        return "\(title): \(note)"
      }
  }
}

extension [String] {
  fileprivate subscript(safely index: Int) -> String {
    indices.contains(index) ? self[index] : ""
  }
}

/// Methods that have but one model of effects, which then goes without saying.
private let ofOneModel: Set = [
  "mantel-haenszel", "mantel-haenszel-sato", "peto", "ivhet", "firth", "exact-conditional",
  "exact-conditional-mid-p",
]

private let poolingTitles = [
  "inverse-variance": "Inverse variance", "mantel-haenszel": "Mantel–Haenszel",
  "mantel-haenszel-sato": "Mantel–Haenszel, Sato", "peto": "Peto", "ssw": "Sample-size weights",
  "ivhet": "IVhet", "firth": "Firth", "exact-conditional": "Exact conditional",
  "exact-conditional-mid-p": "Exact conditional, mid-P",
  "glmm-unconditional-fixed": "GLMM (fixed study effects)",
  "glmm-unconditional-random": "GLMM (random study effects)",
  "glmm-conditional-exact": "GLMM (exact conditional)",
  "glmm-conditional-approximate": "GLMM (approximate conditional)",
  "beta-binomial": "Beta-binomial",
]

private let estimatorTitles = [
  "dl": "DL", "he": "HE", "hs": "HS", "hsk": "HSk", "sj": "SJ", "sj2": "SJ2", "ml": "ML",
  "reml": "REML", "eb": "EB", "pm": "PM", "pmm": "PMM", "dl2": "DL2", "he2": "HE2",
  "genq": "GENQ",
]

private let partTitles = [
  "hartung-knapp": "Hartung–Knapp", "hartung-knapp-adhoc": "Hartung–Knapp ad hoc",
  "kenward-roger": "Kenward–Roger", "profile-likelihood": "profile likelihood",
  "q-profile": "Q-profile", "biggerstaff-tweedie": "Biggerstaff–Tweedie", "jackson": "Jackson",
  "biggerstaff-jackson": "Biggerstaff–Jackson", "t-k-1": "t(k − 1)", "t-k-2": "t(k − 2)",
  "egger": "Egger", "begg": "Begg", "harbord": "Harbord", "peters": "Peters",
  "trim-and-fill": "trim and fill",
]
