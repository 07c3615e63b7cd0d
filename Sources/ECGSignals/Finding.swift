// What a synthetic ECG shows, and in which territory of the heart.

import ECGTerms

/// The finding of a synthetic ECG: the sub-type of its class.
public enum Subtype: String, CaseIterable, Sendable, Codable {
  /// Sinus rhythm of the usual axis.
  case sinusRhythm = "sinus-rhythm"
  /// A steep axis: small I, tall III.
  case verticalHeart = "vertical-heart"
  /// A flat axis: tall I and aVL, small or negative III.
  case horizontalHeart = "horizontal-heart"
  /// A raised J point with tall T waves in V2…V5, as in many healthy young men.
  case earlyRepolarization = "early-repolarization"

  /// Premature ventricular beats with their pauses.
  case prematureVentricular = "premature-ventricular"
  /// Irregular intervals, no P waves, fibrillation waves.
  case atrialFibrillation = "atrial-fibrillation"
  /// A regular narrow rhythm above 115/min.
  case tachycardia
  /// A wide QRS to the left and back.
  case leftBundleBranchBlock = "left-bundle-branch-block"
  /// A wide QRS that ends to the right and front.
  case rightBundleBranchBlock = "right-bundle-branch-block"

  /// Pathological Q waves in the territory's leads, T flattened or inverted.
  case pathologicalQ = "pathological-q"
  /// R waves lost in the territory's leads down to QS, T inverted.
  case lostR = "lost-r"
  /// T waves inverted in the territory's leads, R diminished.
  case invertedT = "inverted-t"

  /// ST elevation in the territory's leads, depression opposite.
  case stElevation = "st-elevation"
  /// ST elevation with Q waves already there.
  case stElevationWithQ = "st-elevation-with-q"
  /// Tall broad T waves that rise out of a lifted ST segment.
  case hyperacuteT = "hyperacute-t"

  /// The class that the finding belongs to.
  public var label: DiagnosticClass {
    switch self {
    case .sinusRhythm, .verticalHeart, .horizontalHeart, .earlyRepolarization: .normal
    case .prematureVentricular, .atrialFibrillation, .tachycardia, .leftBundleBranchBlock,
      .rightBundleBranchBlock:
      .abnormal
    case .pathologicalQ, .lostR, .invertedT: .hmi
    case .stElevation, .stElevationWithQ, .hyperacuteT: .mi
    }
  }
}

/// A territory of the left ventricle, named for the leads that look at it.
public enum Territory: String, CaseIterable, Sendable, Codable {
  /// Seen by V1…V3.
  case anteroseptal
  /// Seen by V2…V5.
  case anterior
  /// Seen by I, aVL, V5, V6.
  case lateral
  /// Seen by II, III, aVF.
  case inferior

  /// The direction from the heart's middle towards it, of length 1.
  public var direction: DipoleMoment {
    let toward =
      switch self {
      case .anteroseptal: DipoleMoment(-0.10, -0.15, -0.95)
      case .anterior: DipoleMoment(0.40, -0.20, -0.85)
      case .lateral: DipoleMoment(0.85, -0.50, 0.25)
      case .inferior: DipoleMoment(-0.10, 0.95, 0.20)
      }
    return toward / (toward * toward).sum().squareRoot()
  }

  /// The leads in which a current towards the territory is plainest.
  public var leads: [Lead] {
    switch self {
    case .anteroseptal: [.V1, .V2, .V3]
    case .anterior: [.V2, .V3, .V4, .V5]
    case .lateral: [.I, .aVL, .V5, .V6]
    case .inferior: [.II, .III, .aVF]
    }
  }

  /// A moment towards the territory whose mean over the territory's leads is the voltage.
  func moment(meanMillivolts: Double) -> DipoleMoment {
    let seen = leads.map { (LeadMatrix.row($0) * direction).sum() }
    return direction * (meanMillivolts * Double(seen.count) / seen.reduce(0, +))
  }
}
