/// Responses as a long table.
struct SimulatedTable: RowOutput {
  private let text: TextOutput
  private let pointCount: Int
  private let names: String
  /// `,dose,` for each point.
  private let doses: [[UInt8]]

  init(_ path: String, _ simulation: Simulation, names: String) throws(UnwritableFile) {
    text = try TextOutput(path, header: "curve,dose,response\n")
    pointCount = simulation.pointCount
    self.names = names
    doses = simulation.doses.flatMap { dose in
      var field = [UInt8(ascii: ",")]
      field.append(decimal: dose)
      field.append(UInt8(ascii: ","))
      return [[UInt8]](repeating: field, count: simulation.replicates)
    }
  }

  func write(_ responses: UnsafeMutableBufferPointer<Double>, of chunk: Chunk) throws {
    var bytes = text.buffer()
    var name: [UInt8] = []
    for (row, index) in chunk.curves.enumerated() {
      name.removeAll(keepingCapacity: true)
      name.append(contentsOf: names.utf8)
      name.append(decimal: index)
      for point in 0..<pointCount {
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: doses[point])
        bytes.append(decimal: responses[row * pointCount + point])
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    try text.write(bytes, of: chunk.index)
  }

  func stop() { text.stop() }
  func complete() throws { try text.complete() }
  func discard() { text.discard() }
}
