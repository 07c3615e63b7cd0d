// The representative beats of all leads with the noise that no heart makes left out.

/// All leads' representative beats, projected on the three directions that explain most of them.
///
/// The heart's field is nearly that of one dipole, so three courses tell nearly all of what twelve
/// leads show; what is left is noise for the most part. The directions are the principal components
/// of the recording's own beat, each lead weighted by the root of how many beats went into it, which
/// makes the noise of all leads alike. At a moment that some leads do not show, the others give the
/// courses by least squares.
/// - Source: F. Castells et al., EURASIP JASP 2007, 074580 (principal component analysis of ECGs).
struct BeatSubspace {
  /// Denoised millivolts, a course a lead; NaN where too few leads are visible.
  let leads: [[Double]]

  private static let rank = 3

  init?(_ beats: RepresentativeBeats) {
    let rows = beats.means.map(\.samples)
    let weights = beats.means.map { Double($0.count).squareRoot() }
    guard !rows.isEmpty else { return nil }
    let length = rows[0].count
    let rank = min(Self.rank, rows.count)
    var covariance = [[Double]](
      repeating: [Double](repeating: 0, count: rows.count), count: rows.count)
    for t in 0..<length where rows.allSatisfy({ $0[t].isFinite }) {
      for a in rows.indices {
        let value = rows[a][t] * weights[a]
        for b in 0...a { covariance[a][b] += value * rows[b][t] * weights[b] }
      }
    }
    for a in rows.indices { for b in 0..<a { covariance[b][a] = covariance[a][b] } }
    let directions = Array(principalDirections(of: covariance).prefix(rank))
    var leads = rows.map { _ in [Double](repeating: .nan, count: length) }
    let scaled = zip(rows, weights).map { row, weight in row.map { $0 * weight } }
    for t in 0..<length {
      guard let course = Self.course(scaled.map { $0[t] }, directions) else { continue }
      for a in rows.indices {
        var value = 0.0
        for i in 0..<rank { value += course[i] * directions[i][a] }
        leads[a][t] = value / weights[a]
      }
    }
    self.leads = leads
  }

  /// What of each direction a moment's values hold, or `nil` where too few are there.
  private static func course(_ values: [Double], _ directions: [[Double]]) -> [Double]? {
    let rank = directions.count
    var right = [Double](repeating: 0, count: rank)
    var visible = 0
    for (a, value) in values.enumerated() where value.isFinite {
      visible += 1
      for i in 0..<rank { right[i] += directions[i][a] * value }
    }
    // The directions are orthonormal over all leads.
    if visible == values.count { return right }
    guard visible >= min(rank + 1, values.count) else { return nil }
    var normal = [[Double]](repeating: [Double](repeating: 0, count: rank), count: rank)
    for (a, value) in values.enumerated() where value.isFinite {
      for i in 0..<rank {
        for j in 0..<rank { normal[i][j] += directions[i][a] * directions[j][a] }
      }
    }
    return solve(normal, right)
  }
}

/// The eigenvectors of a symmetric matrix by falling eigenvalue, by Jacobi's rotations.
func principalDirections(of matrix: [[Double]]) -> [[Double]] {
  let n = matrix.count
  var a = matrix
  var vectors = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0 } }
  for _ in 0..<30 {
    var off = 0.0
    var all = 0.0
    for i in 0..<n {
      for j in 0..<n {
        all += a[i][j] * a[i][j]
        if i != j { off += a[i][j] * a[i][j] }
      }
    }
    if off <= all * 1e-24 { break }
    for p in 0..<n {
      for q in p + 1..<n where a[p][q] != 0 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<n {
          (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
        }
        for k in 0..<n {
          (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
        }
        for k in 0..<n {
          (vectors[p][k], vectors[q][k]) = (
            c * vectors[p][k] - s * vectors[q][k], s * vectors[p][k] + c * vectors[q][k]
          )
        }
      }
    }
  }
  let order = (0..<n).sorted { (a[$0][$0], -$0) > (a[$1][$1], -$1) }
  return order.map { vectors[$0] }
}

/// The solution of a small positive definite system, or `nil` where it is nearly singular.
func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  let n = right.count
  var lower = matrix
  for i in 0..<n {
    for j in 0...i {
      var sum = matrix[i][j]
      for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
      if i == j {
        guard sum > 1e-3 * matrix[i][i], sum > 0 else { return nil }
        lower[i][i] = sum.squareRoot()
      } else {
        lower[i][j] = sum / lower[j][j]
      }
    }
  }
  var x = right
  for i in 0..<n {
    for k in 0..<i { x[i] -= lower[i][k] * x[k] }
    x[i] /= lower[i][i]
  }
  for i in stride(from: n - 1, through: 0, by: -1) {
    for k in i + 1..<n { x[i] -= lower[k][i] * x[k] }
    x[i] /= lower[i][i]
  }
  return x
}
