import LinearAlgebra

/// Steele, Lea & Flood (2014), OOPSLA: a generator for repeatable test matrices.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform on [−1, 1).
  mutating func entry() -> Double { Double(next() >> 11) * 0x1p-52 - 1 }

  mutating func vector(_ count: Int) -> [Double] { (0..<count).map { _ in entry() } }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: vector(rows * columns))
  }

  /// B Bᵀ + I.
  mutating func positiveDefinite(_ order: Int) -> Matrix {
    let root = matrix(order, order)
    var result = root.timesTransposed(root)
    for i in 0..<order { result[i, i] += 1 }
    return result
  }
}

/// max |aᵢⱼ − bᵢⱼ|; infinite for different shapes.
func distance(_ a: Matrix, _ b: Matrix) -> Double {
  guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
  return distance(a.elements, b.elements)
}

/// max |aᵢ − bᵢ|; infinite for different counts.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// Shapes that are square, tall, wide, single and empty.
let shapes = [
  (1, 1), (2, 2), (7, 7), (40, 40), (5, 1), (1, 5), (12, 5), (5, 12), (100, 9), (0, 0), (3, 0),
  (0, 3),
]
