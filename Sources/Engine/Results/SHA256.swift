import CHash
import Glibc

/// The SHA-256 digest of bytes given in pieces (NIST FIPS 180-4).
///
/// Identifies files and definitions; nothing secret depends on it.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  public init() {}

  /// The digest of `bytes` in hexadecimal.
  public static func hex(_ bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finalize()
  }

  /// The digest of the file at `path`, read in pieces; `nil` where it cannot be read.
  public static func hex(fileAt path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var digest = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      guard count >= 0 else { return nil }
      guard count > 0 else { return digest.finalize() }
      digest.update(count == piece.count ? piece : Array(piece[..<count]))
    }
  }

  public mutating func update(_ bytes: [UInt8]) {
    length += UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(64 - pending.count, bytes.count)
      pending += bytes[..<offset]
      guard pending.count == 64 else { return }
      theriac_sha256(&state, pending, 1)
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - offset) / 64
    bytes.withUnsafeBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      theriac_sha256(&state, first + offset, blocks)
    }
    pending += bytes[(offset + 64 * blocks)...]
  }

  /// The digest of everything given so far, in hexadecimal.
  public func finalize() -> String {
    var digest = self
    let bits = digest.length * 8
    let zeros = (119 - Int(digest.length % 64)) % 64
    let end = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    digest.update([0x80] + [UInt8](repeating: 0, count: zeros) + end)
    return digest.state.map { word in
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 8 - text.count) + text
    }.joined()
  }
}
