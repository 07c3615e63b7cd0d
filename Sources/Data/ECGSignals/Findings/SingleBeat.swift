// One noise-free ventricular beat by itself, and what a reader would measure on it.

import ECGStatistics
import ECGTerms
import Foundation

/// A beat's ventricular waves around its R peak, sampled at 1 kHz, without noise or neighbors.
struct SingleBeat {
  private static let start = -0.25
  private static let step = 0.001
  private static let count = 900
  /// The voltage from which a deflection counts, in millivolts: half a pen's width on paper.
  static let visible = 0.04

  private let activation: [DipoleMoment]
  private let recovery: [DipoleMoment]

  /// The beat of a shape at an RR interval in seconds.
  init(_ shape: BeatShape, interval: Double) {
    func course(_ kinds: Set<Wave.Kind>) -> [DipoleMoment] {
      let part = BeatShape(shape.waves.filter { kinds.contains($0.kind) })
      var dipole = CardiacDipole(count: Self.count, samplesPerSecond: 1 / Self.step)
      dipole.add(part, at: -Self.start, interval: interval, gain: 1)
      return dipole.moments
    }
    activation = course([.qrs])
    recovery = course([.st, .t])
  }

  private static func time(_ sample: Int) -> Double { start + Double(sample) * step }

  private static func project(_ course: [DipoleMoment], _ lead: Lead) -> [Double] {
    let row = LeadMatrix.row(lead)
    return course.map { ($0 * row).sum() }
  }

  /// The ventricular activation alone in a lead.
  private func qrs(_ lead: Lead) -> [Double] { Self.project(activation, lead) }

  /// Where QRS begins and ends in any lead, in seconds after the R peak.
  var qrsLimits: (onset: Double, offset: Double) {
    guard let shown = Self.shownSamples(of: activation, threshold: Self.visible) else {
      return (0, 0)
    }
    return (Self.time(shown.lowerBound), Self.time(shown.upperBound))
  }

  /// The first and the last sample at which a course shows in any lead.
  static func shownSamples(
    of course: [DipoleMoment], threshold: Double
  ) -> ClosedRange<Int>? {
    let rows = Lead.allCases.map { LeadMatrix.row($0) }
    func shows(_ moment: DipoleMoment) -> Bool {
      rows.contains { abs(($0 * moment).sum()) >= threshold }
    }
    guard let first = course.firstIndex(where: shows), let last = course.lastIndex(where: shows)
    else { return nil }
    return first...last
  }

  /// The highest point of QRS in millivolts; 0 where it is nowhere positive.
  func r(_ lead: Lead) -> Double { max(0, qrs(lead).greatest) }

  /// The depth of QRS after its highest point, in millivolts.
  func s(_ lead: Lead) -> Double {
    let course = qrs(lead)
    let peak = course.indexOfGreatest(by: <)
    return max(0, -course[peak...].least)
  }

  /// The whole height of QRS in millivolts.
  func qrsHeight(_ lead: Lead) -> Double {
    let course = qrs(lead)
    return course.greatest - course.least
  }

  /// The first negative deflection of QRS: millivolts deep, seconds wide; nothing where R comes first.
  func q(_ lead: Lead) -> (depth: Double, width: Double) {
    let course = qrs(lead)
    guard let first = course.firstIndex(where: { abs($0) >= Self.visible / 2 }), course[first] < 0
    else {
      return (0, 0)
    }
    let start = course[..<first].lastIndex { $0 > -Self.visible / 2 } ?? 0
    let end = course[first...].firstIndex { $0 >= 0 } ?? course.count
    return (-course[first..<end].least, Double(end - start) * Self.step)
  }

  /// How long QRS is positive from its beginning, in seconds; 0 where it begins downwards.
  func rWidth(_ lead: Lead) -> Double {
    let course = qrs(lead)
    guard let first = course.firstIndex(where: { abs($0) >= Self.visible / 2 }), course[first] > 0
    else {
      return 0
    }
    let end = course[first...].firstIndex { $0 <= 0 } ?? course.count
    return Double(end - first) * Self.step
  }

  /// The voltage of the whole beat at a time after the R peak, in millivolts.
  func level(_ lead: Lead, at time: Double) -> Double {
    let sample = Int(((time - Self.start) / Self.step).rounded())
    let moment = activation[sample] + recovery[sample]
    return (moment * LeadMatrix.row(lead)).sum()
  }

  /// The T wave's extreme in a lead: the farthest from zero later than 80 ms after the J point.
  func t(_ lead: Lead) -> Double {
    let course = Self.project(recovery, lead)
    let first = Int(((qrsLimits.offset + 0.08 - Self.start) / Self.step).rounded())
    return course[course[first...].indexOfGreatest { abs($0) < abs($1) }]
  }

  /// The peak and, by the tangent, the end of T in the lead where it is greatest.
  ///
  /// The tangent at the steepest descent behind the peak meets the zero line at the end (Lepeschkin
  /// and Surawicz, Circulation 6 (1952) 378).
  var tLimits: (peak: Double, end: Double)? {
    let first = Int(((qrsLimits.offset + 0.08 - Self.start) / Self.step).rounded())
    var best: (course: [Double], peak: Int)?
    for lead in Lead.allCases {
      let course = Self.project(recovery, lead)
      let peak = course[first...].indexOfGreatest { abs($0) < abs($1) }
      if abs(course[peak]) > abs(best.map { $0.course[$0.peak] } ?? 0) { best = (course, peak) }
    }
    guard let (course, peak) = best, abs(course[peak]) >= Self.visible else { return nil }
    let sign = course[peak] < 0 ? -1.0 : 1
    let steepest = (peak + 1..<course.count - 1).min {
      sign * (course[$0 + 1] - course[$0 - 1]) < sign * (course[$1 + 1] - course[$1 - 1])
    }
    guard let steepest, case let fall = sign * (course[steepest + 1] - course[steepest - 1]) / 2,
      fall < 0
    else { return nil }
    let end = Double(steepest) + sign * course[steepest] / -fall
    return (Self.time(peak), Self.start + end * Self.step)
  }
}
