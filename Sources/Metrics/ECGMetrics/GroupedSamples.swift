// Samples in groups, the groups in strata: what a bootstrap draws from.

/// Samples that belong together, and the strata that their groups are drawn within.
///
/// A group's stratum is the class that most of its samples are of; of equal ones the class that is
/// rarer among all samples, then the first. Strata and groups are in the order of the groups' names,
/// so that neither the order of the samples nor the classes' names decide which groups are drawn.
struct GroupedSamples {
  /// Groups of each stratum, as numbers of groups.
  let strata: [Range<Int>]
  /// The samples, group after group.
  private let members: [Int]
  /// Where each group's samples begin, and at last where they end.
  private let starts: [Int]

  /// - Parameters:
  ///   - groups: Each sample's group.
  ///   - truth: Each sample's class.
  init(groups: [String], truth: [Int]) {
    precondition(groups.count == truth.count, "\(groups.count) groups, \(truth.count) labels")
    var samplesOf: [String: [Int]] = [:]
    for (sample, group) in groups.enumerated() { samplesOf[group, default: []].append(sample) }
    let support = Dictionary(grouping: truth) { $0 }.mapValues(\.count)
    var strata: [Int: [[Int]]] = [:]
    var order: [Int] = []
    for name in samplesOf.keys.sorted() {
      let samples = samplesOf[name] ?? []
      let counts = Dictionary(grouping: samples) { truth[$0] }.mapValues(\.count)
      let stratum = counts.keys.min { a, b in
        (-(counts[a] ?? 0), support[a] ?? 0, a) < (-(counts[b] ?? 0), support[b] ?? 0, b)
      }
      guard let stratum else { continue }
      if strata[stratum] == nil { order.append(stratum) }
      strata[stratum, default: []].append(samples)
    }
    let groups = order.map { strata[$0] ?? [] }
    members = groups.flatMap { $0.flatMap(\.self) }
    starts = groups.flatMap(\.self).reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    var first = 0
    self.strata = groups.map { stratum in
      defer { first += stratum.count }
      return first..<first + stratum.count
    }
  }

  /// All groups.
  var groupCount: Int { starts.count - 1 }

  /// How many ordered resamples there are; `nil` above `limit`.
  func resampleCount(upTo limit: Int) -> Int? {
    var product = 1
    for stratum in strata {
      for _ in stratum {
        product *= stratum.count
        if product > limit { return nil }
      }
    }
    return product
  }

  /// How often each sample is drawn when `draw` names a group for every place of every stratum.
  ///
  /// - Parameter draw: Given a number of groups, an index below it.
  func weights(_ draw: (Int) -> Int) -> [Int] {
    var weights = [Int](repeating: 0, count: members.count)
    for stratum in strata {
      for _ in stratum {
        let group = stratum.lowerBound + draw(stratum.count)
        for place in starts[group]..<starts[group + 1] { weights[members[place]] += 1 }
      }
    }
    return weights
  }
}
