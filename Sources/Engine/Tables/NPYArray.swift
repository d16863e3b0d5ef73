/// An array of numbers in an NPY file, mapped and not copied.
///
/// NumPy's own format, versions 1.0 to 3.0: float64 or float32, little-endian, row-major ("C order"), of
/// one or two dimensions.
public struct NPYArray: Sendable {
  public enum Element: String, Sendable {
    case float64 = "<f8"
    case float32 = "<f4"

    var size: Int { self == .float64 ? 8 : 4 }
  }

  public let element: Element
  /// The length of each dimension.
  public let shape: [Int]
  /// How many numbers there are.
  public let count: Int

  private let file: MappedFile
  private let offset: Int

  /// Reads the header of `file`.
  ///
  /// - Throws: ``NPYError`` with what was found and what was expected.
  public init(_ file: MappedFile) throws(NPYError) {
    let header = try NPYHeader(file.bytes)
    element = try Self.element(header.description ?? "")
    shape = header.shape ?? []
    guard (1...2).contains(shape.count) else {
      throw NPYError(
        found: "the shape \(Self.text(shape))", expected: "one or two dimensions")
    }
    guard header.isFortranOrder == false || shape.count == 1 || shape.contains(where: { $0 <= 1 })
    else {
      throw NPYError(
        found: "columns one after the other ('fortran_order': True)",
        expected: "rows one after the other, as numpy.ascontiguousarray gives them")
    }
    var count = 1
    var bytes = element.size
    for length in shape {
      let (numbers, overflows) = count.multipliedReportingOverflow(by: length)
      let (size, isTooLarge) = bytes.multipliedReportingOverflow(by: length)
      guard !overflows, !isTooLarge else {
        throw NPYError(found: "the shape \(Self.text(shape))", expected: "fewer numbers")
      }
      (count, bytes) = (numbers, size)
    }
    guard file.count - header.end == bytes else {
      throw NPYError(
        found: "\(file.count - header.end) bytes behind the header",
        expected: "\(bytes), which the shape \(Self.text(shape)) takes")
    }
    self.count = count
    self.file = file
    offset = header.end
  }

  /// Gives `body` the numbers at `range` as doubles: the mapped ones where that is what they are, else
  /// copied into `scratch`, which has room for them.
  public func withDoubles<Value>(
    _ range: Range<Int>, scratch: UnsafeMutableBufferPointer<Double>,
    _ body: (UnsafeBufferPointer<Double>) -> Value
  ) -> Value {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) of \(count) numbers")
    let bytes = UnsafeRawBufferPointer(
      rebasing: file.bytes[offset...].dropFirst(range.lowerBound * element.size)
        .prefix(range.count * element.size))
    guard needsScratch else {
      return withExtendedLifetime(file) { body(bytes.assumingMemoryBound(to: Double.self)) }
    }
    for index in range.indices {
      let place = (index - range.lowerBound) * element.size
      scratch[index - range.lowerBound] =
        element == .float64
        ? bytes.loadUnaligned(fromByteOffset: place, as: Double.self)
        : Double(bytes.loadUnaligned(fromByteOffset: place, as: Float.self))
    }
    return body(UnsafeBufferPointer(rebasing: scratch[..<range.count]))
  }

  /// Whether the numbers have to be copied to become doubles at addresses that doubles may have.
  public var needsScratch: Bool { element != .float64 || offset % 8 != 0 }

  /// All numbers.
  public var doubles: [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      let scratch = UnsafeMutableBufferPointer(start: buffer.baseAddress, count: count)
      withDoubles(0..<count, scratch: scratch) { numbers in
        if !needsScratch { _ = scratch.update(from: numbers) }
      }
      filled = count
    }
  }

  private static func element(_ description: String) throws(NPYError) -> Element {
    guard let element = Element(rawValue: description) else {
      throw NPYError(
        found: "numbers of type '\(description)'",
        expected: "'<f8' or '<f4', as array.astype('<f8') gives them")
    }
    return element
  }

  /// A shape as Python writes it.
  private static func text(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }
}

/// An NPY file that is not as expected.
public struct NPYError: Error, Hashable, Sendable, CustomStringConvertible {
  public let found: String
  public let expected: String

  static let truncatedHeader = NPYError(
    found: "the end of the file within the header", expected: "a whole NPY file")

  public init(found: String, expected: String) {
    self.found = found
    self.expected = expected
  }

  public var description: String { "found \(found); expected \(expected)" }
}

/// The bytes that stand before the numbers of an NPY file of doubles, row-major.
public func npyHeader(shape: [Int]) -> [UInt8] { NPYHeader.bytes(shape: shape) }
