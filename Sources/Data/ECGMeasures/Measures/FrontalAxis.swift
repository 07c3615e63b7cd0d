// The direction of a wave in the frontal plane.

import ECGLinearAlgebra
import ECGTerms
import Foundation

/// The direction in degrees of a wave of which the limb leads show the given areas (or voltages).
///
/// All limb leads that are visible give the two independent ones, I and aVF, by least squares; aVF is
/// an augmented lead, so it counts 2/√3 of I. 0° points to the left, 90° to the feet.
/// - Parameter least: Where the wave is smaller than this, it has no direction.
/// - Source: B. Surawicz et al., AHA/ACCF/HRS recommendations part III, Circulation 119 (2009)
///   e235–e240: the axis from the net areas of QRS in the limb leads.
func frontalAxis(_ areas: [Lead: Double], least: Double) -> Double? {
  // Each limb lead as a sum of I and II.
  let parts: [Lead: (i: Double, ii: Double)] = [
    .I: (1, 0), .II: (0, 1), .III: (-1, 1), .aVR: (-0.5, -0.5), .aVL: (1, -0.5), .aVF: (-0.5, 1),
  ]
  var rows: [[Double]] = []
  var shown: [Double] = []
  for lead in Lead.allCases {
    guard let part = parts[lead], let area = areas[lead] else { continue }
    rows.append([part.i, part.ii])
    shown.append(area)
  }
  guard let found = Matrix(rows).leastSquares(shown) else { return nil }
  let left = found[0]
  let down = (found[1] - found[0] / 2) * 2 / 3.0.squareRoot()
  guard (left * left + down * down).squareRoot() >= least else { return nil }
  return atan2(down, left) * 180 / .pi
}
