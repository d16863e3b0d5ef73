/// The one of `candidates` that `name` is most likely a misspelling of, if any is near.
///
/// Near is one insertion, deletion or replacement for every three letters, letter case apart.
func nearestName(to name: String, in candidates: [String]) -> String? {
  let distances = candidates.map { editDistance(name.lowercased(), $0.lowercased()) }
  guard let least = distances.min(), least <= (name.count + 2) / 3 else { return nil }
  return zip(candidates, distances).first { $0.1 == least }?.0
}

/// The least number of insertions, deletions and replacements of characters from `a` to `b`.
///
/// Wagner & Fischer (1974), J. ACM 21:168.
private func editDistance(_ a: String, _ b: String) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let replaced = diagonal + (x == y ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
    }
  }
  return row[b.count]
}
