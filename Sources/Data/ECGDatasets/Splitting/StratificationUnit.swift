// What is dealt whole: a sample, a file, an ECG or a group; and kinds of equal ones.

/// What is dealt whole.
struct StratificationUnit: Equatable {
  /// Tells units apart and keys the random order, so that the order of the input does not count.
  let name: String
  /// Members of each class, by class index.
  let counts: [Int]
}

/// Units sorted into kinds of equal counts: which of a kind goes where does not change how even a
/// deal is.
///
/// Classes are ordered by their units, not by their index: by the first unit, in the order of
/// names, in which they differ. So classes that change names change nothing else.
struct UnitKinds {
  /// The place of a class in this order, by class index.
  let placeOfClass: [Int]
  /// Members of each class, by kind; large kinds first.
  let counts: [[Int]]
  /// The units of each kind.
  let supply: [Int]
  /// The kind of each unit, in the order of the units given.
  let kindOf: [Int]
  /// Members of each class in all.
  let totals: [Int]

  init(_ units: [StratificationUnit]) {
    let classes = units.first?.counts.count ?? 0
    let byName = units.sorted { $0.name < $1.name }
    let order = (0..<classes).sorted { a, b in
      for unit in byName where unit.counts[a] != unit.counts[b] {
        return unit.counts[a] > unit.counts[b]
      }
      return a < b
    }
    var places = [Int](repeating: 0, count: classes)
    for (place, index) in order.enumerated() { places[index] = place }
    placeOfClass = places
    let rows = units.map { unit in order.map { unit.counts[$0] } }
    let kinds = Set(rows).sorted { a, b in
      let (sizeA, sizeB) = (a.reduce(0, +), b.reduce(0, +))
      return sizeA != sizeB ? sizeA > sizeB : b.lexicographicallyPrecedes(a)
    }
    let numbers = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
    counts = kinds
    kindOf = rows.map { row in
      guard let number = numbers[row] else { preconditionFailure("no kind of \(row)") }
      return number
    }
    var supply = [Int](repeating: 0, count: kinds.count)
    for kind in kindOf { supply[kind] += 1 }
    self.supply = supply
    totals = (0..<classes).map { c in rows.reduce(0) { $0 + $1[c] } }
  }
}
