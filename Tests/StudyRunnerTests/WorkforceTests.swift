import StudyRunner
import Synchronization
import Testing

// What tests share is atomic: the thread sanitizer does not see how a `Mutex` that is waited for passes on.

/// How many are at work, and the most that ever were.
private final class Tally: Sendable {
  private let now = Atomic(0)
  private let highest = Atomic(0)

  var most: Int { highest.load(ordering: .relaxed) }

  func enter() {
    highest.max(now.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
  }

  func leave() {
    now.subtract(1, ordering: .relaxed)
  }
}

/// 0, 1, … to be taken by one thread or another.
private final class Inputs: Sendable {
  private let count: Int
  private let taken = Atomic(0)

  init(_ count: Int) { self.count = count }

  func next() -> Int? {
    let input = taken.add(1, ordering: .relaxed).oldValue
    return input < count ? input : nil
  }

  func end() { taken.store(count, ordering: .relaxed) }
}

/// An output that counts in `tally` as long as it is held.
private final class Held: Sendable {
  let place: Int
  private let tally: Tally

  init(_ place: Int, _ tally: Tally) {
    (self.place, self.tally) = (place, tally)
    tally.enter()
  }

  deinit { tally.leave() }
}

@Suite struct WorkforceTests {
  @Test(arguments: [1, 2, 3, 7])
  func noMoreWorkAtATimeThanThereAreJobsHoweverDeepTheWorkIsNested(jobs: Int) async {
    let workforce = Workforce(jobs)
    let tally = Tally()
    var sum = 0
    await workforce.compute(20) { outer in
      var sum = 0
      await workforce.compute(20) { inner in
        tally.enter()
        for _ in 0..<20 { await Task.yield() }
        tally.leave()
        return outer * inner
      } receive: { _, product in
        sum += product
      }
      return sum
    } receive: { _, part in
      sum += part
    }
    #expect(sum == 190 * 190)
    #expect(tally.most <= jobs)
  }

  @Test(arguments: [0, 1, 5])
  func everyOutputIsReceivedOnce(count: Int) async {
    var received: [Int] = []
    await Workforce(3).compute(count) {
      $0
    } receive: { place, output in
      #expect(place == output)
      received.append(output)
    }
    #expect(received.sorted() == Array(0..<count))
  }

  @Test func nothingIsBegunThatMayNotBegin() async {
    var received: [Int] = []
    await Workforce(2).compute(100) {
      $0 < 3
    } _: {
      $0
    } receive: { _, output in
      received.append(output)
    }
    #expect(received.sorted() == [0, 1, 2])
  }

  @Test func whatOneThrowsEndsTheOthersAndFreesTheirWorkers() async throws {
    struct Broken: Error {}
    let workforce = Workforce(2)
    await #expect(throws: Broken.self) {
      try await workforce.compute(50) { place in
        if place == 7 { throw Broken() }
      } receive: { _, _ in
      }
    }
    // A worker that was not free again would leave this one alone.
    let tally = Tally()
    await workforce.compute(2) { _ in
      tally.enter()
      while tally.most < 2 { await Task.yield() }
    } receive: { _, _ in
    }
    #expect(tally.most == 2)
  }

  @Test(arguments: [1, 2, 8])
  func outputsComeInOrderAndFewAreHeld(jobs: Int) async {
    let tally = Tally()
    var received: [Int] = []
    await Workforce(jobs).computeInOrder(1000, ahead: 5) { place in
      // The first of each ten is late, so that the others wait for it.
      for _ in 0..<(place.isMultiple(of: 10) ? 50 : 1) { await Task.yield() }
      return Held(place, tally)
    } receive: { place, output in
      #expect(output.place == place)
      received.append(place)
      return true
    }
    #expect(received == Array(0..<1000))
    // However many there are: those ahead, and the one that is being received.
    #expect(tally.most <= 6)
  }

  @Test func nothingIsReceivedBehindTheLastOneWanted() async {
    var received: [Int] = []
    await Workforce(4).computeInOrder(100, ahead: 8) {
      $0
    } receive: { place, _ in
      received.append(place)
      return place < 10
    }
    #expect(received == Array(0...10))
  }

  @Test(arguments: [1, 2, 5])
  func aStreamIsAnsweredInItsOrderAndHeldWithinBounds(jobs: Int) async {
    let tally = Tally()
    let inputs = Inputs(200)
    var received: [Int] = []
    await Workforce(jobs).computeStream(
      { inputs.next() }, ahead: 8
    ) { input -> Held in
      let held = Held(input, tally)
      for _ in 0..<(input % 7) { await Task.yield() }
      return held
    } receive: { output in
      received.append(output.place)
      return true
    }
    #expect(received == Array(0..<200))
    #expect(tally.most <= 8)
  }

  @Test func aStreamEndsWhereNothingMoreIsWanted() async {
    let inputs = Inputs(200)
    var received: [Int] = []
    await Workforce(3).computeStream({ inputs.next() }, ahead: 4) {
      $0
    } receive: {
      received.append($0)
      if $0 == 10 { inputs.end() }
      return $0 < 10
    }
    #expect(received == Array(0...10))
  }

  /// Whoever waits for an answer before it asks again must get it.
  @Test func aStreamAnswersBeforeTheNextInputIsThere() async {
    let (asked, ask) = AsyncStream.makeStream(of: Int.self)
    let reader = StreamReader(asked)
    ask.yield(0)
    var received: [Int] = []
    await Workforce(4).computeStream({ await reader.next() }, ahead: 4) {
      $0
    } receive: {
      received.append($0)
      if $0 < 5 { ask.yield($0 + 1) } else { ask.finish() }
      return true
    }
    #expect(received == Array(0...5))
  }
}

/// Reads a stream for one caller at a time.
private actor StreamReader {
  private let stream: AsyncStream<Int>

  init(_ stream: AsyncStream<Int>) { self.stream = stream }

  func next() async -> Int? {
    for await number in stream { return number }
    return nil
  }
}
