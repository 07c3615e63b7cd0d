// The parts of a beat, and those that make a recording's class.

import ECGRecordings
import ECGTerms

/// A part of a beat between its fiducial points.
public enum BeatSegment: String, CaseIterable, Sendable, Codable {
  /// The P wave.
  case p
  /// From the beginning of P to the beginning of QRS.
  case pr
  /// The QRS complex.
  case qrs
  /// From the J point to where T rises.
  case st
  /// The T wave.
  case t
  /// The whole recording: what shows only from beat to beat.
  case rhythm

  /// Where it lies in a beat, in seconds from the recording's beginning; nil where the beat lacks it,
  /// and for the rhythm.
  public func interval(in beat: BeatFiducials) -> ClosedRange<Double>? {
    func range(_ start: Double?, _ end: Double?) -> ClosedRange<Double>? {
      guard let start, let end, start < end else { return nil }
      return start...end
    }
    // T is taken to rise as long as it falls.
    let tStart = beat.tPeak.flatMap { peak in
      beat.tOffset.map { max(beat.qrsOffset + 0.04, 2 * peak - $0) }
    }
    return switch self {
    case .p: range(beat.pOnset, beat.pOffset)
    case .pr: range(beat.pOnset, beat.qrsOnset)
    case .qrs: range(beat.qrsOnset, beat.qrsOffset)
    case .st: range(beat.qrsOffset, max(beat.qrsOffset + 0.06, tStart ?? 0))
    case .t: range(tStart, beat.tOffset)
    case .rhythm: nil
    }
  }
}

/// A stretch of a lead that makes a recording's class.
public struct DiagnosticSegment: Equatable, Sendable {
  /// The lead, as it is named on the page.
  public let lead: Lead
  /// The part of the beat.
  public let segment: BeatSegment
  /// Where it begins, in seconds from the recording's beginning.
  public let start: Double
  /// Where it ends.
  public let end: Double
}

extension Subtype {
  /// The parts of a beat that show the finding, and the beats that do; none for Normal.
  var diagnosticParts: [BeatSegment] {
    switch self {
    case .sinusRhythm, .verticalHeart, .horizontalHeart, .earlyRepolarization,
      .respiratoryArrhythmia, .lowVoltage, .athletesBradycardia:
      []
    case .prematureVentricular: [.qrs, .st, .t]
    case .prematureAtrial: [.p, .qrs]
    case .atrialFibrillation, .atrialFlutter, .tachycardia, .bradycardia,
      .secondDegreeBlockType1, .secondDegreeBlockType2, .thirdDegreeBlock:
      [.rhythm]
    case .firstDegreeBlock: [.pr]
    case .leftBundleBranchBlock: [.qrs, .st, .t]
    case .rightBundleBranchBlock: [.qrs]
    case .leftVentricularHypertrophy: [.qrs, .st, .t]
    case .nonSpecificSTT: [.st, .t]
    case .pathologicalQ, .lostR: [.qrs, .t]
    case .invertedT: [.t]
    case .stElevation: [.st, .t]
    case .stElevationWithQ: [.qrs, .st, .t]
    case .hyperacuteT: [.st, .t]
    }
  }

  /// The leads in which the finding is read, where no territory says it.
  private var diagnosticLeads: [Lead] {
    switch self {
    case .leftVentricularHypertrophy: [.I, .aVL, .V1, .V2, .V5, .V6]
    case .nonSpecificSTT: [.I, .II, .aVF, .V4, .V5, .V6]
    default: Lead.allCases
    }
  }

  /// A beat shows the finding; all do unless the finding is a kind of beat.
  private func shows(in beat: Beat) -> Bool {
    switch self {
    case .prematureVentricular: beat.origin == .ventricle
    case .prematureAtrial: beat.origin == .atrium
    default: true
    }
  }

  /// Every stretch that shows the finding, by lead and time.
  func diagnosticSegments(
    _ beats: [(beat: Beat, points: BeatFiducials)], territory: Territory?, seconds: Double
  ) -> [DiagnosticSegment] {
    var found: [DiagnosticSegment] = []
    for lead in territory?.leads ?? diagnosticLeads {
      for part in diagnosticParts {
        guard part != .rhythm else {
          found.append(DiagnosticSegment(lead: lead, segment: part, start: 0, end: seconds))
          continue
        }
        for (beat, points) in beats where shows(in: beat) {
          guard let interval = part.interval(in: points) else { continue }
          found.append(
            DiagnosticSegment(
              lead: lead, segment: part, start: interval.lowerBound, end: interval.upperBound))
        }
      }
    }
    return found
  }
}
