import Foundation
import Tables
import TestSupport
import Testing

/// The array in an NPY file of `bytes`.
private func array(_ bytes: [UInt8]) throws -> NPYArray {
  try withTemporaryFolder { folder in
    let path = folder.appending(path: "a.npy")
    try Data(bytes).write(to: path)
    return try NPYArray(MappedFile(path.path))
  }
}

/// An NPY file with `header` and the numbers `values`.
private func file(
  _ header: String, version: UInt8 = 1, _ values: [Double] = [1, 2, 3, 4, 5, 6]
) -> [UInt8] {
  let length = header.utf8.count
  let size = (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 0xFF) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + header.utf8
    + values.flatMap { value in withUnsafeBytes(of: value, Array.init) }
}

private let matrix = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"

@Suite struct NPYArrayTests {
  @Test(arguments: [1, 2, 3])
  func everyVersionIsRead(version: UInt8) throws {
    // Header lengths that do and do not put the numbers at an address that doubles may have.
    for padding in 0..<9 {
      let header = matrix + String(repeating: " ", count: padding) + "\n"
      let array = try array(file(header, version: version))
      #expect(array.shape == [2, 3])
      #expect(array.doubles == [1, 2, 3, 4, 5, 6])
    }
  }

  @Test func floatsBecomeDoubles() throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n"
    let values: [Float] = [0.1, -.infinity, .nan]
    let array = try array(
      file(header, []) + values.flatMap { withUnsafeBytes(of: $0, Array.init) })

    #expect(array.shape == [3])
    #expect(array.doubles[0] == Double(Float(0.1)))
    #expect(array.doubles[1] == -.infinity)
    #expect(array.doubles[2].isNaN)
  }

  @Test func pythonTwoAndOtherQuotesAreUnderstood() throws {
    let header = "{\"shape\": (2L, 3L), \"fortran_order\": False, \"descr\": \"<f8\"}"
    #expect(try array(file(header)).shape == [2, 3])
  }

  @Test func oneColumnIsBothOrders() throws {
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (6, 1), }"
    #expect(try array(file(header)).doubles == [1, 2, 3, 4, 5, 6])
  }

  @Test func aPartIsReadWithoutTheRest() throws {
    let array = try array(file(matrix + String(repeating: " ", count: 58) + "\n"))
    let scratch = UnsafeMutableBufferPointer<Double>.allocate(capacity: 6)
    defer { scratch.deallocate() }
    #expect(array.withDoubles(2..<5, scratch: scratch, Array.init) == [3, 4, 5])
    #expect(array.withDoubles(6..<6, scratch: scratch, Array.init) == [])
  }

  @Test func whatIsWrittenIsRead() throws {
    for shape in [[6], [2, 3], [1_000_000_000, 0]] {
      let header = npyHeader(shape: shape)
      #expect(header.count % 64 == 0)
      let values = shape.reduce(1, *) == 0 ? [] : [1, 2, 3, 4, 5, 6.0]
      let array = try array(header + values.flatMap { withUnsafeBytes(of: $0, Array.init) })
      #expect(array.shape == shape)
      #expect(array.doubles == values)
    }
  }

  @Test(arguments: [
    (matrix.replacing("<f8", with: ">f8"), "numbers of type '>f8'", "'<f8' or '<f4'"),
    (matrix.replacing("<f8", with: "<i8"), "numbers of type '<i8'", "astype"),
    (matrix.replacing("'<f8'", with: "[('a', '<f8')]"), "type '[('a', '<f8')]'", "'<f8' or '<f4'"),
    (matrix.replacing("False", with: "True"), "columns one after the other", "ascontiguousarray"),
    (matrix.replacing("2, 3", with: "1, 2, 3"), "the shape (1, 2, 3)", "one or two dimensions"),
    (matrix.replacing("2, 3", with: ""), "the shape ()", "one or two dimensions"),
    (
      matrix.replacing("2, 3", with: "3, 3"), "48 bytes behind the header",
      "72, which the shape (3, 3)"
    ),
    (
      matrix.replacing("2, 3", with: "1, 3"), "48 bytes behind the header",
      "24, which the shape (1, 3)"
    ),
    (matrix.replacing("2, 3", with: "4611686018427387904, 8"), "the shape", "fewer numbers"),
    (matrix.replacing("shape", with: "form"), "the header {'descr'", "'shape': (curves, points)"),
    (matrix + "x", "the header", "{'descr': '<f8'"), ("", "the header", "{'descr': '<f8'"),
  ])
  func whatElseThereIsIsToldWithWhatIsExpected(header: String, found: String, expected: String) {
    let error = #expect(throws: NPYError.self) { try array(file(header)) }
    #expect(error?.found.contains(found) == true)
    #expect(error?.expected.contains(expected) == true)
  }

  @Test func filesThatAreNoArraysAreToldApart() {
    #expect(throws: NPYError.self) { try array([]) }
    #expect(throws: NPYError.self) { try array(Array("curve,dose,response\n".utf8)) }
    #expect(throws: NPYError.self) { try array(Array(file(matrix).prefix(40))) }
    #expect(throws: NPYError.self) { try array(Array(file(matrix).prefix(9))) }
    #expect(throws: NPYError.self) { try array(file(matrix, version: 4)) }
  }

  @Test func aFileThatCannotBeMappedSaysWhy() throws {
    let missing = #expect(throws: UnmappableFile.self) { try MappedFile("/no/such/file") }
    #expect(missing?.description == "/no/such/file: cannot be read: No such file or directory")
    #expect(throws: UnmappableFile.self) { try MappedFile("/") }
    #expect(throws: UnmappableFile.self) { try MappedFile("/dev/null") }
  }
}
