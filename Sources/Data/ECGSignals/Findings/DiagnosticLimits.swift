// How far a beat lies beyond the limits from which an infarction, new or old, is diagnosed.

import ECGStatistics
import ECGTerms

/// Ratios of what a beat shows to what a diagnosis asks for: 1 is on the limit.
///
/// - Source: K. Thygesen et al., Fourth universal definition of myocardial infarction, Circulation
///   138 (2018) e618: ST elevation at the J point in two contiguous leads of 0.1 mV, in V2 and V3 of
///   0.2 mV (men of 40 and over); depression of 0.05 mV in V1…V3 for posterior infarction; Q of 30 ms
///   and 0.1 mV or QS in two contiguous leads; for a posterior scar R in V1 and V2 above 40 ms with
///   R/S above 1. Q of a quarter of R is the older rule that goes with it. T inversion: 0.1 mV in
///   two contiguous leads. Hyperacute T: 0.5 mV in limb and 1 mV in chest leads, as textbooks have it.
enum DiagnosticLimits {
  /// The elevation at J from which ST is raised in a lead, in millivolts.
  static func elevation(_ lead: Lead) -> Double { lead == .V2 || lead == .V3 ? 0.2 : 0.1 }

  /// ST at the J point.
  static func raisedST(_ beat: SingleBeat, _ territory: Territory) -> Double {
    let j = beat.qrsLimits.offset
    return best(territory) { lead in
      let level = beat.level(lead, at: j)
      return territory == .posterior ? -level / 0.05 : level / elevation(lead)
    }
  }

  /// The depth of Q against the deeper of its limits, once it is wide enough; behind the heart R against
  /// S, the same upside down.
  static func pathologicalQ(_ beat: SingleBeat, _ territory: Territory) -> Double {
    best(territory) { lead in
      if territory == .posterior {
        // Transition may lie before V3, so V3 alone says nothing.
        if lead == .V3 { return 0 }
        let width = beat.rWidth(lead) / 0.04
        return width < 1 ? width : beat.r(lead) / max(beat.s(lead), 0.01)
      }
      // Three milliseconds above the limit, as a page's pixels are five wide.
      let q = beat.q(lead)
      let width = q.width / 0.033
      return width < 1 ? width : q.depth / max(0.1, beat.r(lead) / 4)
    }
  }

  /// R against the voltage below which it is lost.
  static func lostR(_ beat: SingleBeat, _ territory: Territory) -> Double {
    best(territory) { lead in SingleBeat.visible / max(beat.r(lead), 0.001) }
  }

  /// The depth of an inverted T.
  static func invertedT(_ beat: SingleBeat, _ territory: Territory) -> Double {
    best(territory) { lead in -beat.t(lead) / 0.1 }
  }

  /// The height of T.
  static func tallT(_ beat: SingleBeat, _ territory: Territory) -> Double {
    best(territory) { lead in beat.t(lead) / (lead.isChest ? 1 : 0.5) }
  }

  /// The Sokolow-Lyon voltage in millivolts: S in V1 and the taller R of V5 and V6.
  ///
  /// - Source: M. Sokolow and T. P. Lyon, Am. Heart J. 37 (1949) 161; hypertrophy from 3.5 mV.
  static func sokolowLyon(_ beat: SingleBeat) -> Double {
    beat.s(.V1) + max(beat.r(.V5), beat.r(.V6))
  }

  /// The best pair of neighbors, each pair as good as its worse lead.
  private static func best(_ territory: Territory, _ ratio: (Lead) -> Double) -> Double {
    territory.contiguousPairs.map { min(ratio($0), ratio($1)) }.greatest
  }
}

extension Lead {
  /// One of V1…V6.
  var isChest: Bool {
    switch self {
    case .V1, .V2, .V3, .V4, .V5, .V6: true
    default: false
    }
  }
}
