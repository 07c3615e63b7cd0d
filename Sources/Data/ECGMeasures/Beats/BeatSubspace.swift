// The representative beats of all leads with the noise that no heart makes left out.

import ECGLinearAlgebra

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
    let scaled = zip(rows, weights).map { row, weight in row.map { $0 * weight } }
    let complete = (0..<length).filter { t in rows.allSatisfy { $0[t].isFinite } }
    let seen = Matrix(scaled.map { row in complete.map { row[$0] } })
    guard let components = Eigenvectors(symmetric: seen.rowProducts) else { return nil }
    let directions = components.vectors.prefix(min(Self.rank, rows.count))
    var leads = rows.map { _ in [Double](repeating: .nan, count: length) }
    for t in 0..<length {
      guard let course = Self.course(scaled.map { $0[t] }, directions) else { continue }
      for a in rows.indices {
        var value = 0.0
        for i in 0..<directions.rows { value += course[i] * directions[i, a] }
        leads[a][t] = value / weights[a]
      }
    }
    self.leads = leads
  }

  /// The directions' coefficients at one moment by least squares, or `nil` where too few leads are
  /// visible.
  private static func course(_ values: [Double], _ directions: Matrix) -> [Double]? {
    let visible = values.indices.filter { values[$0].isFinite }
    // The directions are orthonormal over all leads.
    if visible.count == values.count {
      return (0..<directions.rows).map { i in
        zip(directions.row(i), values).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    guard visible.count > directions.rows else { return nil }
    return Matrix(visible.map { a in (0..<directions.rows).map { directions[$0, a] } })
      .leastSquares(visible.map { values[$0] })
  }
}
