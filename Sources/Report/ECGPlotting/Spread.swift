// Places for labels beside lines that end close together.

/// Moves places apart until neighbors are at least `gap` apart, keeping their order.
///
/// Neighbors in conflict share the least squares solution: each cluster keeps its mean.
///
/// - Parameters:
///   - places: Wanted places, in any order.
///   - gap: Least distance between two.
///   - bounds: Where the places must lie; exceeded evenly only when there is not enough room.
/// - Returns: New places in the order of `places`.
public func spread(
  _ places: [Double], gap: Double, within bounds: ClosedRange<Double>
) -> [Double] {
  struct Cluster {
    var sum: Double  // of wanted place minus offset in the cluster
    var count: Int
    var start: Double
  }
  let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
  var clusters: [Cluster] = []
  func settled(_ cluster: Cluster) -> Cluster {
    var moved = cluster
    let length = Double(cluster.count - 1) * gap
    let highest = max(bounds.lowerBound, bounds.upperBound - length)
    moved.start = min(highest, max(bounds.lowerBound, cluster.sum / Double(cluster.count)))
    return moved
  }
  for index in order {
    var cluster = settled(Cluster(sum: places[index], count: 1, start: 0))
    while let last = clusters.last, last.start + Double(last.count) * gap > cluster.start {
      clusters.removeLast()
      cluster = settled(
        Cluster(
          sum: last.sum + cluster.sum - Double(cluster.count * last.count) * gap,
          count: last.count + cluster.count, start: 0))
    }
    clusters.append(cluster)
  }
  var result = places
  var position = 0
  for cluster in clusters {
    for member in 0..<cluster.count {
      result[order[position]] = cluster.start + Double(member) * gap
      position += 1
    }
  }
  return result
}
