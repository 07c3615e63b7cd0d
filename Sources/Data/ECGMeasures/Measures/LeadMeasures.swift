// The voltages of one lead's representative beat.

import ECGRecordings
import ECGStatistics

/// What is measured in a lead, against its level over the 10 ms before QRS.
///
/// A voltage is nil where the lead does not show the moment, and zero where it does and the wave is
/// not there.
/// - Source: the level and the smallest wave (0.02 mV): CSE Working Party, Recommendations for
///   measurement standards in quantitative electrocardiography, Eur. Heart J. 6 (1985) 815–825; ST
///   at J and 60 ms later: G. S. Wagner et al., AHA/ACCF/HRS recommendations part VI, Circulation 119
///   (2009) e262–e270.
public struct LeadMeasures: Equatable, Sendable {
  /// How many beats the representative beat is made of.
  public var beats = 0
  /// How well the lead was read from its page, 0…1; nil where it was not read from a page.
  public var quality: Double?
  /// The highest point of QRS in mV, 0 where QRS is nowhere positive (QS).
  public var r: Double?
  /// The depth of QRS behind its highest point in mV, as a positive number; 0 where there is no S.
  public var s: Double?
  /// The depth of a first negative deflection of QRS in mV, as a positive number.
  ///
  /// 0 where R comes first; the whole depth of a QS complex.
  public var q: Double?
  /// How long that deflection lasts in seconds; 0 where R comes first.
  public var qWidth: Double?
  /// ST at the J point in mV.
  public var stJ: Double?
  /// ST 60 ms after the J point in mV.
  public var stJ60: Double?
  /// The farthest point of T in mV, negative where T is inverted; nil where T has no end.
  public var t: Double?

  private static let smallest = 0.02

  /// A lead of which nothing is known.
  public init() {}

  /// Measures a beat.
  ///
  /// - Parameters:
  ///   - beat: Millivolts, NaN where missing.
  ///   - count: How many beats it is made of.
  ///   - limits: The limits of QRS in its samples.
  ///   - tEnd: The end of T in its samples.
  init(_ beat: [Double], count: Int, limits: VentricularLimits, tEnd: Double?) {
    beats = count
    let onset = Int(limits.onset.rounded())
    let offset = Int(limits.offset.rounded())
    let level = windowMean(beat, onset - 10..<onset - 1)
    guard level.isFinite else { return }
    let wave = beat.map { $0 - level }
    let qrs = wave[onset...offset]
    if qrs.allSatisfy(\.isFinite) {
      let peak = qrs.indexOfGreatest(by: <)
      r = Self.counted(wave[peak])
      s = Self.counted(-wave[peak...offset].least)
      (q, qWidth) = Self.firstDip(qrs)
    }
    stJ = Self.level(wave, at: offset)
    stJ60 = Self.level(wave, at: offset + 30)
    if let tEnd {
      let last = min(Int(tEnd.rounded()), wave.count - 1)
      let first = offset + 40
      if first < last, wave[first...last].allSatisfy(\.isFinite) {
        let smooth = smoothed(wave)
        let farthest = smooth[first...last].indexOfGreatest { abs($0) < abs($1) }
        t = smooth[farthest].isFinite ? smooth[farthest] : nil
      }
    }
  }

  private static func counted(_ millivolts: Double) -> Double {
    millivolts >= smallest ? millivolts : 0
  }

  /// The mean of 10 ms around a sample.
  private static func level(_ wave: [Double], at sample: Int) -> Double? {
    guard sample + 3 <= wave.count else { return nil }
    let level = windowMean(wave, sample - 2..<sample + 3)
    return level.isFinite ? level : nil
  }

  /// The depth and length of a first negative deflection.
  private static func firstDip(_ qrs: ArraySlice<Double>) -> (Double, Double) {
    guard let shown = qrs.firstIndex(where: { abs($0) >= VentricularLimits.visible }),
      qrs[shown] < 0
    else { return (0, 0) }
    let start = qrs[..<shown].lastIndex { $0 >= -0.01 } ?? qrs.startIndex
    let end = qrs[shown...].firstIndex { $0 >= 0 } ?? qrs.endIndex - 1
    return (-qrs[start..<end].least, Double(end - start) / Recording.standardRate)
  }
}
