// The territories of the left ventricle and the leads that look at them.

import ECGTerms

/// A territory of the left ventricle.
public enum Territory: String, CaseIterable, Sendable, Codable {
  /// Seen by V1…V3.
  case anteroseptal
  /// Seen by V2…V5.
  case anterior
  /// Seen by I, aVL, V5, V6.
  case lateral
  /// Seen by II, III, aVF.
  case inferior
  /// Seen from behind; V1…V3 show it upside down.
  case posterior

  /// The direction from the heart's middle towards it, of length 1.
  public var direction: DipoleMoment {
    let toward =
      switch self {
      case .anteroseptal: DipoleMoment(-0.10, -0.15, -0.95)
      case .anterior: DipoleMoment(0.40, -0.20, -0.85)
      case .lateral: DipoleMoment(0.85, -0.50, 0.25)
      case .inferior: DipoleMoment(-0.10, 0.95, 0.20)
      case .posterior: DipoleMoment(0.10, 0.15, 0.95)
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
    case .posterior: [.V1, .V2, .V3]
    }
  }

  /// Pairs of its leads that neighbor each other: a finding has to show in both of one.
  public var contiguousPairs: [(Lead, Lead)] {
    switch self {
    case .anteroseptal, .posterior: [(.V1, .V2), (.V2, .V3)]
    case .anterior: [(.V2, .V3), (.V3, .V4), (.V4, .V5)]
    case .lateral: [(.I, .aVL), (.V5, .V6)]
    case .inferior: [(.II, .aVF), (.aVF, .III)]
    }
  }

  /// 1 where a current towards the territory is positive in its leads, -1 where they see its back.
  public var polarity: Double { self == .posterior ? -1 : 1 }

  /// A moment towards the territory whose mean size over the territory's leads is the voltage.
  func moment(meanMillivolts: Double) -> DipoleMoment {
    let seen = leads.map { (LeadMatrix.row($0) * direction).sum() * polarity }
    return direction * (meanMillivolts * Double(seen.count) / seen.reduce(0, +))
  }
}
