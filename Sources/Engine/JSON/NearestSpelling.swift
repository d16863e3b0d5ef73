/// The candidate that `text` was probably meant to be; `nil` when none is close.
///
/// Close means at most a third of the letters (at least two, where the word has four or more)
/// inserted, deleted, replaced or swapped with a neighbour, upper and lower case being alike.
public func nearestSpelling(
  to text: String, among candidates: some Sequence<String>
) -> String? {
  guard text.count <= 100 else { return nil }
  let letters = Array(text.lowercased())
  let limit = letters.count < 4 ? 1 : max(2, letters.count / 3)
  var nearest: (candidate: String, distance: Int)?
  for candidate in candidates where abs(candidate.count - letters.count) <= limit {
    let distance = editDistance(letters, Array(candidate.lowercased()))
    if distance <= limit, distance < nearest?.distance ?? .max { nearest = (candidate, distance) }
  }
  return nearest?.candidate
}

/// The optimal string alignment distance.
///
/// Damerau (1964), Commun. ACM 7:171.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for i in first.indices {
    var current = [i + 1]
    for j in second.indices {
      let substitution = last[j] + (first[i] == second[j] ? 0 : 1)
      var distance = min(last[j + 1] + 1, current[j] + 1, substitution)
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[second.count]
}
