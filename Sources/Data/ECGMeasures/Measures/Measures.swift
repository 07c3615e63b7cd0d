// Intervals, rate, axis and voltages of a recording.

import ECGRecordings
import ECGTerms
import Foundation

/// What is measured in a recording; nil where it cannot be, never a guess.
///
/// Intervals and voltages are those of the representative beats; intervals run from the earliest
/// beginning to the latest end in any lead (global, or multi-lead, intervals).
/// - Source: definitions as in CSE Working Party, Eur. Heart J. 6 (1985) 815–825, and
///   P. M. Rautaharju et al., AHA/ACCF/HRS recommendations part IV, Circulation 119 (2009) e241–e250.
public struct Measures: Equatable, Sendable {
  /// Rate and regularity.
  public var rhythm: RhythmMeasures
  /// The waves of the representative beat, in seconds from its R peak; nil where it has no QRS.
  public var waves: BeatFiducials?
  /// The direction of QRS in the frontal plane in degrees, −180…180.
  ///
  /// 0 points to the left, 90 to the feet. From the areas of QRS in the limb leads; nil where they
  /// are near zero.
  public var axisDegrees: Double?
  /// The direction of P likewise.
  public var pAxisDegrees: Double?
  /// The direction of T likewise.
  public var tAxisDegrees: Double?
  /// By lead; a lead in which no usual beat is visible is absent.
  public var leads: [Lead: LeadMeasures]
  /// Why measures are missing or uncertain; none for a recording without beats.
  public var notes: [MeasureNote] = []

  init(rhythm: RhythmMeasures, leads: [Lead: LeadMeasures]) {
    self.rhythm = rhythm
    self.leads = leads
  }

  /// Measures a recording.
  public init(of recording: Recording) { self = MeasuredRecording(recording).measures }

  init(beats: [DetectedBeat], representative: RepresentativeBeats) {
    self.init(rhythm: RhythmMeasures(beats), leads: [:])
    guard let subspace = BeatSubspace(representative) else { return }
    guard let limits = VentricularLimits(subspace.leads) else {
      notes = [.noQRSLimits]
      return
    }
    let interval = rhythm.meanInterval.map { $0 * Recording.standardRate }
    var recovery: RecoveryLimits?
    do throws(RecoveryLimits.Fault) {
      recovery = try RecoveryLimits(subspace.leads, offset: limits.offset, interval: interval)
    } catch {
      notes.append(error == .noT ? .noT : .hiddenT)
    }
    var atrial = AtrialLimits(
      subspace.leads, earliest: recovery.flatMap { t in interval.map { t.end - $0 } } ?? 0,
      qrsOnset: limits.onset)
    let pAxis = atrial.flatMap {
      axis(representative, from: $0.onset, to: $0.offset, least: 0.0005)
    }
    let doubt = Self.doubt(atrial, subspace, representative, qrsOnset: limits.onset, axis: pAxis)
    if let doubt {
      notes.append(doubt)
      atrial = nil
    }
    func seconds(_ sample: Double) -> Double {
      (sample - Double(RepresentativeBeats.peak)) / Recording.standardRate
    }
    waves = BeatFiducials(
      pOnset: atrial.map { seconds($0.onset) }, pPeak: atrial.map { seconds($0.peak) },
      pOffset: atrial.map { seconds($0.offset) }, qrsOnset: seconds(limits.onset), rPeak: 0,
      qrsOffset: seconds(limits.offset), tPeak: recovery.map { seconds($0.peak) },
      tOffset: recovery.map { seconds($0.end) })
    for (lead, samples) in representative.leads {
      leads[lead] = LeadMeasures(
        samples, count: representative.counts[lead] ?? 0, limits: limits, tEnd: recovery?.end)
    }
    axisDegrees = axis(representative, from: limits.onset, to: limits.offset, least: 0.002)
    if let recovery {
      tAxisDegrees = axis(representative, from: limits.offset, to: recovery.end, least: 0.002)
    }
    pAxisDegrees = atrial == nil ? nil : pAxis
  }

  /// Why the wave before QRS gives no PR; `nil` where it does.
  private static func doubt(
    _ atrial: AtrialLimits?, _ subspace: BeatSubspace, _ representative: RepresentativeBeats,
    qrsOnset: Double, axis: Double?
  ) -> MeasureNote? {
    guard let atrial else { return .noP }
    if !atrial.isPWave(subspace.leads, qrsOnset: qrsOnset, axis: axis) { return .atrialWaves }
    return atrial.keepsStep(in: representative.means) ? nil : .unsteadyP
  }

  /// The axis of the areas between two samples; `least` in mV s.
  private func axis(
    _ beats: RepresentativeBeats, from start: Double, to end: Double, least: Double
  ) -> Double? {
    let window = Int(start.rounded())..<min(Int(end.rounded()) + 1, RepresentativeBeats.length)
    let areas = beats.leads.compactMapValues { samples -> Double? in
      let area = samples[window].reduce(0, +) / Recording.standardRate
      return area.isFinite ? area : nil
    }
    return frontalAxis(areas, least: least)
  }

  /// The PR interval in seconds.
  public var pr: Double? { waves?.pr }
  /// The duration of P in seconds.
  public var p: Double? {
    guard let onset = waves?.pOnset, let offset = waves?.pOffset else { return nil }
    return offset - onset
  }
  /// The duration of QRS in seconds.
  public var qrs: Double? { waves?.qrs }
  /// The QT interval in seconds, not corrected.
  public var qt: Double? { waves?.qt }
  /// QT for the rate of 60/min by Bazett in seconds: QT / √RR (Heart 7 (1920) 353).
  public var qtcBazett: Double? { corrected { $0.squareRoot() } }
  /// QT for the rate of 60/min by Fridericia in seconds: QT / ∛RR (Acta Med Scand 53 (1920) 469).
  public var qtcFridericia: Double? { corrected(cbrt) }

  /// Whether the paper is likely to have run twice as fast as was taken: QRS and the corrected QT are
  /// both far longer than in nearly every heart.
  public var suitTwiceTheSpeed: Bool {
    guard let qrs, let qtcBazett else { return false }
    return qrs >= 0.135 && qtcBazett >= 0.52
  }

  private func corrected(_ root: (Double) -> Double) -> Double? {
    guard let qt, let interval = rhythm.meanInterval else { return nil }
    return qt / root(interval)
  }
}
