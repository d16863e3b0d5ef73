import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

func table(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> TwoByTwoTable {
  TwoByTwoTable(
    treatment: try BinomialCount(events: x1, total: n1),
    reference: try BinomialCount(events: x2, total: n2))
}

extension TwoByTwoTable {
  /// Arms of up to `maximum` subjects, with few events as often as with many.
  static func random(upTo maximum: Int, using stream: inout RandomStream) throws -> TwoByTwoTable {
    func count(_ stream: inout RandomStream) throws -> BinomialCount {
      let total = Int.random(in: 1...maximum, using: &stream)
      let most = stream.uniform() < 0.5 ? min(total, 5) : total
      return try BinomialCount(events: .random(in: 0...most, using: &stream), total: total)
    }
    return TwoByTwoTable(treatment: try count(&stream), reference: try count(&stream))
  }

  var exchanged: TwoByTwoTable { TwoByTwoTable(treatment: reference, reference: treatment) }

  /// Events and non-events exchanged.
  var complemented: TwoByTwoTable {
    get throws {
      TwoByTwoTable(
        treatment: try BinomialCount(events: treatment.nonEvents, total: treatment.total),
        reference: try BinomialCount(events: reference.nonEvents, total: reference.total))
    }
  }
}

extension ReferenceRow {
  var table: TwoByTwoTable {
    get throws {
      TwoByTwoTable(
        treatment: try BinomialCount(events: int("x1"), total: int("n1")),
        reference: try BinomialCount(events: int("x2"), total: int("n2")))
    }
  }

  var personTime: PersonTimeTable {
    get throws {
      PersonTimeTable(
        treatment: try PoissonCount(events: int("x1"), personYears: double("t1")),
        reference: try PoissonCount(events: int("x2"), personYears: double("t2")))
    }
  }
}

extension ReferenceRow {
  var level: ConfidenceLevel {
    get throws { try #require(ConfidenceLevel(double("level"))) }
  }
}
