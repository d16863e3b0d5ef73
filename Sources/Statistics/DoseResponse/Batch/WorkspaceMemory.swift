import Glibc

/// The memory of a workspace, zeros to begin with, which stands side by side until all of it is freed.
///
/// On large pages, where the system has them: which parts of a core's cache small pages share is left to
/// chance, and when two threads ask for theirs at once, some parts are asked of by too many.
final class WorkspaceMemory {
  /// An address that suits vectors, and does not share a line of the cache with another's.
  private static let alignment = 128
  private static let largePage = 2 << 20

  private let hasLargePages: Bool
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  /// What is left of the last block.
  private var rest = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// `hasLargePages`: the system clears one as it is first touched, for which a few curves would wait.
  init(hasLargePages: Bool) {
    self.hasLargePages = hasLargePages
  }

  deinit {
    for block in blocks { munmap(block.baseAddress, block.count) }
  }

  func zeros<Number: BitwiseCopyable>(
    _ count: Int, of type: Number.Type = Double.self
  ) -> UnsafeMutablePointer<Number> {
    let size = Self.up(count * MemoryLayout<Number>.stride, to: Self.alignment)
    if rest.count < size { takeBlock(atLeast: size) }
    let taken = rest[..<size]
    rest = UnsafeMutableRawBufferPointer(rebasing: rest[size...])
    return UnsafeMutableRawBufferPointer(rebasing: taken).bindMemory(to: Number.self).baseAddress!
  }

  private func takeBlock(atLeast size: Int) {
    // Addresses alone cost nothing: memory follows where they are touched.
    let size = Self.up(size, to: 4 * Self.largePage)
    let length = size + Self.largePage
    let access = PROT_READ | PROT_WRITE
    guard let start = mmap(nil, length, access, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { fatalError("no memory for the fits of many curves: \(length) bytes") }
    blocks.append(UnsafeMutableRawBufferPointer(start: start, count: length))
    let first = UnsafeMutableRawPointer(
      bitPattern: UInt(Self.up(Int(bitPattern: start), to: Self.largePage)))!
    if hasLargePages { madvise(first, size, MADV_HUGEPAGE) }
    rest = UnsafeMutableRawBufferPointer(start: first, count: size)
  }

  private static func up(_ size: Int, to unit: Int) -> Int { (size + unit - 1) / unit * unit }
}
