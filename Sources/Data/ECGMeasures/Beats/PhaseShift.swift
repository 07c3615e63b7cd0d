// The shift between mean beats that share no trace, as on a page without a rhythm strip.

import ECGLinearAlgebra

/// How many samples later the same phase comes in `other` than in `reference`, each a set of courses
/// of one length; 0 where it is undefined.
///
/// All leads show one heart, whose field is nearly that of a dipole: at the right shift the courses
/// of one set are sums of the other's (three of its principal components, by least squares). The
/// direction that fits better counts, since limb leads alone lack the dipole's depth.
func phaseShift(of other: [[Double]], against reference: [[Double]], within reach: Int) -> Int {
  guard let one = bestFit(of: other, from: reference, within: reach),
    let two = bestFit(of: reference, from: other, within: reach)
  else { return 0 }
  return one.residual <= two.residual ? one.shift : -two.shift
}

/// The shift at which courses are best explained by others', and the part of them that is not.
private func bestFit(
  of courses: [[Double]], from sources: [[Double]], within reach: Int
) -> (shift: Int, residual: Double)? {
  guard let length = courses.first?.count, length > 3 * reach else { return nil }
  let sources = Matrix(sources)
  guard let directions = Eigenvectors(symmetric: sources.rowProducts)?.vectors else { return nil }
  let components = directions.prefix(min(3, sources.rows)).multiplied(by: sources).rowArrays
  let window = reach..<length - reach
  var best: (shift: Int, residual: Double)?
  for shift in -reach...reach {
    // Courses over the window, the components `shift` samples earlier.
    let moved = components.map { component in window.map { component[$0 - shift] } }
    var explained = 0.0
    var all = 0.0
    let basis = orthonormal(moved)
    for course in courses {
      let own = Array(course[window])
      all += own.reduce(0) { $0 + $1 * $1 }
      for direction in basis {
        let part = zip(own, direction).reduce(0) { $0 + $1.0 * $1.1 }
        explained += part * part
      }
    }
    guard all > 0 else { return nil }
    let residual = 1 - explained / all
    if residual < best?.residual ?? .infinity { best = (shift, residual) }
  }
  return best
}

/// Vectors of length 1 that stand upright on each other and span what the given ones span.
private func orthonormal(_ vectors: [[Double]]) -> [[Double]] {
  var basis: [[Double]] = []
  for vector in vectors {
    var rest = vector
    let length = vector.reduce(0) { $0 + $1 * $1 }
    for direction in basis {
      let part = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
      for index in rest.indices { rest[index] -= part * direction[index] }
    }
    let left = rest.reduce(0) { $0 + $1 * $1 }
    if left > 1e-6 * length { basis.append(rest.map { $0 / left.squareRoot() }) }
  }
  return basis
}
