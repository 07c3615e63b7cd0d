// Electrodes that were put on in each other's places.

import ECGTerms

/// A mix-up of two electrodes.
public enum LeadReversal: String, CaseIterable, Sendable, Codable {
  /// Right and left arm: I upside down, II and III exchanged, aVR and aVL exchanged.
  case arms = "right-arm-left-arm"
  /// Left arm and left leg: I and II exchanged, III upside down.
  case leftArmLeg = "left-arm-left-leg"
  /// V1 and V2 exchanged.
  case firstChest = "V1-V2"
  /// V3 and V4 exchanged.
  case middleChest = "V3-V4"

  /// The independent leads as they come out of exchanged electrodes.
  func apply(to leads: inout [Lead: [Double]]) {
    switch self {
    case .arms:
      // RA and LA exchanged: I becomes -I and II becomes II - I.
      let i = leads.samples(of: .I)
      leads[.II] = zip(leads.samples(of: .II), i).map { $0 - $1 }
      leads[.I] = i.map { -$0 }
    case .leftArmLeg:
      let i = leads[.I]
      leads[.I] = leads[.II]
      leads[.II] = i
    case .firstChest:
      let first = leads[.V1]
      leads[.V1] = leads[.V2]
      leads[.V2] = first
    case .middleChest:
      let third = leads[.V3]
      leads[.V3] = leads[.V4]
      leads[.V4] = third
    }
  }

  /// The lead in whose place a lead is found on the page, right way up or not.
  func place(of lead: Lead) -> Lead {
    let exchanged: [Lead: Lead] =
      switch self {
      case .arms: [.II: .III, .III: .II, .aVR: .aVL, .aVL: .aVR]
      case .leftArmLeg: [.I: .II, .II: .I, .aVL: .aVF, .aVF: .aVL]
      case .firstChest: [.V1: .V2, .V2: .V1]
      case .middleChest: [.V3: .V4, .V4: .V3]
      }
    return exchanged[lead] ?? lead
  }

  /// A stretch under the name that its lead has on the page.
  func moved(_ stretch: DiagnosticSegment) -> DiagnosticSegment {
    DiagnosticSegment(
      lead: place(of: stretch.lead), segment: stretch.segment, start: stretch.start,
      end: stretch.end)
  }
}
