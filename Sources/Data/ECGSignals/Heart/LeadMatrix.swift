// From the heart's dipole to the twelve leads.

import ECGTerms

/// A dipole moment: x to the left, y towards the feet, z to the back of the person.
public typealias DipoleMoment = SIMD3<Double>

/// The projection of a cardiac dipole onto the leads.
public enum LeadMatrix {
  /// Dower's rows for the eight independent leads: millivolts a unit of moment.
  ///
  /// - Source: G. E. Dower et al., J. Electrocardiol. 13 (1980); printed copies with other signs
  ///   or digits (V2's z as -0.139, V4's x as 1.212) are misprints.
  public static let independentRows: [(lead: Lead, row: DipoleMoment)] = [
    (.I, DipoleMoment(0.632, -0.235, 0.059)),
    (.II, DipoleMoment(0.235, 1.066, -0.132)),
    (.V1, DipoleMoment(-0.515, 0.157, -0.917)),
    (.V2, DipoleMoment(0.044, 0.164, -1.387)),
    (.V3, DipoleMoment(0.882, 0.098, -1.277)),
    (.V4, DipoleMoment(1.213, 0.127, -0.601)),
    (.V5, DipoleMoment(1.125, 0.127, -0.086)),
    (.V6, DipoleMoment(0.831, 0.076, 0.230)),
  ]

  /// The row of any lead; III, aVR, aVL and aVF by Einthoven and Goldberger from I and II.
  public static func row(_ lead: Lead) -> DipoleMoment {
    if let found = independentRows.first(where: { $0.lead == lead }) { return found.row }
    let i = independentRows[0].row
    let ii = independentRows[1].row
    switch lead {
    case .III: return ii - i
    case .aVR: return -(i + ii) / 2
    case .aVL: return i - ii / 2
    default: return ii - i / 2
    }
  }

  /// The eight independent leads of a moment's course.
  public static func independentLeads(of moments: [DipoleMoment]) -> [Lead: [Double]] {
    var leads: [Lead: [Double]] = [:]
    for (lead, row) in independentRows { leads[lead] = moments.map { ($0 * row).sum() } }
    return leads
  }

  /// All twelve leads from I, II and V1…V6.
  ///
  /// III = II − I, aVR = −(I + II)/2, aVL = I − II/2, aVF = II − I/2.
  public static func complete(_ independent: [Lead: [Double]]) -> [Lead: [Double]] {
    guard let i = independent[.I], let ii = independent[.II], i.count == ii.count else {
      preconditionFailure("leads I and II of one length")
    }
    var leads = independent
    leads[.III] = zip(i, ii).map { $1 - $0 }
    leads[.aVR] = zip(i, ii).map { -($0 + $1) / 2 }
    leads[.aVL] = zip(i, ii).map { $0 - $1 / 2 }
    leads[.aVF] = zip(i, ii).map { $1 - $0 / 2 }
    return leads
  }
}
