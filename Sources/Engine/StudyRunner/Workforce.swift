import Synchronization

/// The workers of a run, shared by its studies, their analyses and the parts of these.
///
/// Whoever has several things to compute is one worker, and hires others as long as any are free.
/// So no more than the number given compute at a time, however deep work is nested; one that is
/// free helps wherever there is most left, be it the last analysis of the last study.
public final class Workforce: Sendable {
  private let free: Atomic<Int>

  /// `jobs` is how many may work at a time, at least one.
  public init(_ jobs: Int) {
    free = Atomic(max(1, jobs) - 1)
  }

  /// Computes `count` outputs and gives each, as it is ready, to `receive`, one call at a time.
  ///
  /// They are begun in order; the one at a place is begun once `mayBegin` allows it, which is asked
  /// again whenever another is ready. What is left when nothing may begin any more stays undone.
  public func compute<Output: Sendable>(
    _ count: Int, mayBegin: (Int) -> Bool = { _ in true },
    _ output: @escaping @Sendable (Int) async throws -> Output,
    receive: (Int, Output) throws -> Void
  ) async rethrows {
    var next = 0
    var working = 0
    // The first needs nobody else: it is the caller's own work.
    defer { if working > 1 { release(working - 1) } }
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      func begin() {
        while next < count, mayBegin(next), working == 0 || hire() {
          let place = next
          group.addTask { (place, try await output(place)) }
          next += 1
          working += 1
        }
      }
      begin()
      while let (place, output) = try await group.next() {
        working -= 1
        if working > 0 { release(1) }
        try receive(place, output)
        begin()
      }
    }
  }

  /// Computes `count` outputs and gives them to `receive` in their order, until it answers false.
  ///
  /// No more than `ahead` outputs at a time are being computed or wait for one before them.
  public func computeInOrder<Output: Sendable>(
    _ count: Int, ahead: Int, _ output: @escaping @Sendable (Int) async throws -> Output,
    receive: (Int, Output) throws -> Bool
  ) async rethrows {
    var waiting: [Int: Output] = [:]
    var received = 0
    var goesOn = true
    try await compute(count) { place in
      goesOn && place < received + ahead
    } _: { place in
      try await output(place)
    } receive: { place, output in
      waiting[place] = output
      while goesOn, let next = waiting.removeValue(forKey: received) {
        goesOn = try receive(received, next)
        received += 1
      }
    }
  }

  /// Computes an output for each input that `next` gives until it gives `nil`, and hands them to
  /// `receive` in the order of the inputs until it answers false.
  ///
  /// An output is handed over as soon as those before it are, also while the next input is awaited.
  /// No more than `ahead` inputs and outputs are held at a time. A `receive` that answers false must
  /// see to it that `next` ends.
  public func computeStream<Input: Sendable, Output: Sendable>(
    _ next: @escaping @Sendable () async -> Input?, ahead: Int,
    _ output: @escaping @Sendable (Input) async -> Output, receive: (Output) -> Bool
  ) async {
    var pending: Input?
    var waiting: [Int: Output] = [:]
    var (begun, received, working) = (0, 0, 0)
    var (goesOn, hasEnded, isReading) = (true, false, false)
    defer { if working > 1 { release(working - 1) } }
    await withTaskGroup(of: StreamEvent<Input, Output>.self) { group in
      func advance() {
        if let input = pending, working == 0 || hire() {
          let place = begun
          group.addTask { .output(place, await output(input)) }
          (pending, begun, working) = (nil, begun + 1, working + 1)
        }
        guard pending == nil, !isReading, !hasEnded, goesOn, begun < received + ahead else {
          return
        }
        group.addTask { .input(await next()) }
        isReading = true
      }
      advance()
      while let event = await group.next() {
        switch event {
        case .input(let input):
          (pending, isReading, hasEnded) = (goesOn ? input : nil, false, input == nil)
        case .output(let place, let output):
          working -= 1
          if working > 0 { release(1) }
          waiting[place] = output
          while goesOn, let output = waiting.removeValue(forKey: received) {
            goesOn = receive(output)
            received += 1
          }
          if !goesOn { pending = nil }
        }
        advance()
      }
    }
  }

  private func hire() -> Bool {
    var known = free.load(ordering: .relaxed)
    while known > 0 {
      let (exchanged, now) = free.compareExchange(
        expected: known, desired: known - 1, ordering: .relaxed)
      if exchanged { return true }
      known = now
    }
    return false
  }

  private func release(_ count: Int) {
    free.add(count, ordering: .relaxed)
  }
}

/// What a stream of studies waits for.
private enum StreamEvent<Input: Sendable, Output: Sendable>: Sendable {
  case input(Input?)
  case output(Int, Output)
}
