// What a synthetic ECG shows: the sub-types of each class.

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
  /// A rate that rises and falls with the breath.
  case respiratoryArrhythmia = "respiratory-arrhythmia"
  /// QRS below 0.5 mV in all limb leads.
  case lowVoltage = "low-voltage"
  /// A slow rate with tall QRS and T, as in trained hearts.
  case athletesBradycardia = "athletes-bradycardia"

  /// Premature ventricular beats with their pauses.
  case prematureVentricular = "premature-ventricular"
  /// Premature atrial beats: an early P of another shape, a narrow QRS.
  case prematureAtrial = "premature-atrial"
  /// Irregular intervals, no P waves, fibrillation waves.
  case atrialFibrillation = "atrial-fibrillation"
  /// A saw-tooth of the atria, every second to fourth wave conducted.
  case atrialFlutter = "atrial-flutter"
  /// A regular narrow rhythm above 100/min.
  case tachycardia
  /// A regular narrow rhythm below 45/min.
  case bradycardia
  /// PR above 200 ms.
  case firstDegreeBlock = "first-degree-block"
  /// PR that grows until a P is not conducted (Wenckebach).
  case secondDegreeBlockType1 = "second-degree-block-1"
  /// Single P waves not conducted, PR constant (Mobitz).
  case secondDegreeBlockType2 = "second-degree-block-2"
  /// Atria and ventricles each at a rate of their own.
  case thirdDegreeBlock = "third-degree-block"
  /// A wide QRS to the left and back.
  case leftBundleBranchBlock = "left-bundle-branch-block"
  /// A wide QRS that ends to the right and front.
  case rightBundleBranchBlock = "right-bundle-branch-block"
  /// Left ventricular hypertrophy: a tall QRS, ST and T against it over the left chest.
  case leftVentricularHypertrophy = "left-ventricular-hypertrophy"
  /// T flat or slightly inverted, ST slightly low, in no territory.
  case nonSpecificSTT = "non-specific-st-t"

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
  public var label: ArchiveClass {
    switch self {
    case .sinusRhythm, .verticalHeart, .horizontalHeart, .earlyRepolarization,
      .respiratoryArrhythmia, .lowVoltage, .athletesBradycardia:
      .normal
    case .prematureVentricular, .prematureAtrial, .atrialFibrillation, .atrialFlutter,
      .tachycardia, .bradycardia, .firstDegreeBlock, .secondDegreeBlockType1,
      .secondDegreeBlockType2, .thirdDegreeBlock, .leftBundleBranchBlock,
      .rightBundleBranchBlock, .leftVentricularHypertrophy, .nonSpecificSTT:
      .abnormal
    case .pathologicalQ, .lostR, .invertedT: .hmi
    case .stElevation, .stElevationWithQ, .hyperacuteT: .mi
    }
  }

  /// The territories in which the finding can lie; none for findings without one.
  public var territories: [Territory] {
    switch self {
    case .pathologicalQ, .stElevation, .stElevationWithQ: Territory.allCases
    case .invertedT, .hyperacuteT: Territory.allCases.filter { $0 != .posterior }
    case .lostR: [.anteroseptal, .anterior]
    default: []
    }
  }

  /// The multiple of the limit of diagnosis that lesions reach at most.
  var greatestSeverity: Double { self == .hyperacuteT ? 1.6 : 3.2 }
}
