import Foundation

// Reads behind the end of its memory where the environment asks for a fault.

let count = 8
let memory = UnsafeMutablePointer<Int>.allocate(capacity: count)
memory.initialize(repeating: 1, count: count)
let place = ProcessInfo.processInfo.environment["FAULT"] == nil ? count - 1 : count
print(memory[place])
memory.deallocate()
