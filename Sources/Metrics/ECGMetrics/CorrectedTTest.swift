// The paired t-test of repeated splits, whose training sets overlap.

import Foundation

/// Nadeau and Bengio's corrected t-test of differences over splits of one data set.
///
/// The plain test takes the splits as independent and finds too much; this one adds the share of
/// test to training samples to 1 / splits.
/// - Source: Nadeau and Bengio, Machine Learning 52 (2003) 239.
public struct CorrectedTTest: Equatable, Sendable {
  /// The mean difference in its standard deviations; `nil` where all differences are equal.
  public let t: Double?
  /// The chance of so large a difference when there is none, on both sides.
  public let p: Double?

  /// A test of the differences of two figures, one for each split; at least two.
  public init(differences: [Double], trainingSamples: Int, testSamples: Int) {
    precondition(differences.count > 1, "\(differences.count) differences")
    precondition(trainingSamples > 0 && testSamples > 0, "\(trainingSamples), \(testSamples)")
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let share = 1 / count + Double(testSamples) / Double(trainingSamples)
    guard variance > 0 else {
      (t, p) = (nil, nil)
      return
    }
    let t = mean / (share * variance).squareRoot()
    self.t = t
    p = studentTails(t, degrees: count - 1)
  }
}

/// P(|T| >= |t|) of Student's t: I_x(ν/2, 1/2) with x = ν / (ν + t²).
func studentTails(_ t: Double, degrees: Double) -> Double {
  incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/// The regularized incomplete beta function, by its continued fraction (DLMF 8.17.22).
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  // The fraction converges fast below the mean; the other side mirrors it.
  if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
  let scale: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
  let front: Double = exp(scale + a * log(x) + b * log1p(-x)) / a
  // Lentz's method; a term of zero is replaced by a tiny one.
  func safe(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  var (c, d) = (1.0, 1 / safe(1 - (a + b) * x / (a + 1)))
  var fraction = d
  for step in 1...500 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / safe(1 + even * d)
    c = safe(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / safe(1 + odd * d)
    c = safe(1 + odd / c)
    let change = d * c
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return front * fraction
}
