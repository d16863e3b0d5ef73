/// Reads `datasets`: files named by analyses; none of the kinds of analysis here reads one.
///
/// So every dataset is one that nothing names, which is a fault; its own faults are told as well.
func readDatasets(_ element: Element) {
  for (name, dataset) in element.members() ?? [] {
    guard var reader = ObjectReader(dataset) else { continue }
    let path = reader.required("path") { $0.text() }
    let format = reader.optional("format") { $0.string() }
    reader.finish()
    let ending = path.flatMap { $0.split(separator: ".").last.map(String.init) }
    guard let used = format ?? ending else { continue }
    switch used {
    case "json", "ndjson", "xpt":
      dataset.report(
        found: "the format \(quoted(used))",
        expected: "csv or npy (json, ndjson and xpt are reserved for a later version)")
    case "csv", "npy":
      dataset.report(
        found: "the dataset \(quoted(name)), which nothing names", expected: "datasets in use only")
    default:
      dataset.report(
        found: "the format \(quoted(used))", expected: "csv or npy, as \"format\" or as ending")
    }
  }
}
