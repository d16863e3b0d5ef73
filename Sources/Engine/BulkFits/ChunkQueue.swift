import Foundation
import Synchronization

/// Curves that follow each other and are worked on together.
struct Chunk: Sendable {
  /// Counted from 0, in the order of the curves.
  let index: Int
  let curves: Range<Int>
}

/// Chunks of curves to be worked on, handed out in their order to whichever thread is free.
///
/// Where the chunks end does not depend on the number of threads.
final class ChunkQueue: Sendable {
  let curveCount: Int
  let chunkSize: Int

  private let nextChunk = Atomic<Int>(0)
  private let finishedCurves = Atomic<Int>(0)
  private let failure = Mutex<(chunk: Int, error: any Error)?>(nil)

  init(curveCount: Int, chunkSize: Int) {
    self.curveCount = curveCount
    self.chunkSize = chunkSize
  }

  /// The next chunk; `nil` when there is none, or when work has failed.
  func next() -> Chunk? {
    guard failure.withLock({ $0 == nil }) else { return nil }
    let index = nextChunk.add(1, ordering: .relaxed).oldValue
    let start = index * chunkSize
    guard start < curveCount else { return nil }
    return Chunk(index: index, curves: start..<min(start + chunkSize, curveCount))
  }

  func finish(_ chunk: Chunk) {
    finishedCurves.add(chunk.curves.count, ordering: .relaxed)
  }

  /// Keeps the failure of the first chunk that fails.
  ///
  /// Chunks before it were handed out before and are worked on to their ends, so that this is the same
  /// whatever the number of threads.
  func fail(_ chunk: Chunk, _ error: any Error) {
    failure.withLock { known in
      if chunk.index < known?.chunk ?? .max { known = (chunk.index, error) }
    }
  }

  /// Lets `jobs` threads work until the queue is empty and gathers what each of them brings back;
  /// `progress` is told now and then how many curves are finished.
  ///
  /// - Throws: the failure of the first chunk that failed.
  func run<Outcome: Sendable>(
    jobs: Int, progress: (Int) -> Void, _ work: @escaping @Sendable () -> Outcome
  ) throws -> [Outcome] {
    let outcomes = Outcomes<Outcome>()
    let group = DispatchGroup()
    let threads = min(jobs, (curveCount + chunkSize - 1) / chunkSize)
    for _ in 0..<threads {
      group.enter()
      Thread {
        let outcome = work()
        outcomes.values.withLock { $0.append(outcome) }
        group.leave()
      }.start()
    }
    while group.wait(timeout: .now() + 0.1) == .timedOut {
      progress(finishedCurves.load(ordering: .relaxed))
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return outcomes.values.withLock { $0 }
  }
}

private final class Outcomes<Outcome: Sendable>: Sendable {
  let values = Mutex<[Outcome]>([])
}
