import Foundation

// Two threads add to one number, without a lock where the environment asks for a fault.

final class Counter {
  var value = 0
}

let counter = Counter()
let lock = NSLock()
let isFaulty = ProcessInfo.processInfo.environment["FAULT"] != nil
let threads = (0..<2).map { _ in
  Thread {
    for _ in 0..<10_000 {
      if !isFaulty { lock.lock() }
      counter.value += 1
      if !isFaulty { lock.unlock() }
    }
  }
}
for thread in threads { thread.start() }
while threads.contains(where: { !$0.isFinished }) { usleep(1000) }
lock.lock()
print(counter.value)
lock.unlock()
