// Where on a page the class of an ECG can be seen.

import ECGLayouts
import ECGSignals
import ECGTerms

/// The box around one segment of one beat in one panel.
///
/// It spans the segment's time and the trace's own extent there, with the pen's width and 1 mm more
/// above and below; what lies outside of the panel's time is not on the page.
public struct DiagnosticBox: Codable, Equatable, Sendable {
  /// Where a box lies.
  public enum Place: String, Codable, Sendable {
    /// In the lead's own panel.
    case lead
    /// In the rhythm strip.
    case rhythm
  }

  /// The lead.
  public let lead: Lead
  /// The part of the beat.
  public let segment: BeatSegment
  /// Where it lies.
  public let place: Place
  /// Where it begins, seconds from the recording's beginning.
  public let startSeconds: Double
  /// Where it ends.
  public let endSeconds: Double
  /// Its area in the page's pixels, to hundredths.
  public let box: PageRectangle

  enum CodingKeys: String, CodingKey {
    case lead, segment, place, box
    case startSeconds = "start_seconds"
    case endSeconds = "end_seconds"
  }

  /// All boxes of an ECG in a layout, by panel, then by time.
  static func all(of ecg: SyntheticECG, layout: PageLayout) -> [DiagnosticBox] {
    let panels =
      layout.panels.map { ($0, Place.lead) } + (layout.rhythmStrip.map { [($0, .rhythm)] } ?? [])
    return panels.flatMap { panel, place in
      ecg.diagnostic.filter { $0.lead == panel.lead }.sorted { $0.start < $1.start }
        .compactMap { DiagnosticBox($0, ecg, panel, place, layout) }
    }
  }

  private init?(
    _ segment: DiagnosticSegment, _ ecg: SyntheticECG, _ panel: LeadPanel, _ place: Place,
    _ layout: PageLayout
  ) {
    let start = max(segment.start, panel.startSeconds)
    let end = min(segment.end, panel.startSeconds + panel.durationSeconds)
    guard start < end, let signal = ecg.signals[panel.lead] else { return nil }
    let rate = SyntheticECG.samplesPerSecond
    let first = max(0, Int((start * rate).rounded(.down)))
    let last = min(signal.count - 1, Int((end * rate).rounded(.up)))
    guard first <= last, let low = signal[first...last].min(), let high = signal[first...last].max()
    else { return nil }
    let zero = layout.zeroHeight(panel)
    let area = layout.traceArea
    let millimetre = layout.pixelsPerMillivolt / layout.gain.millimetresPerMillivolt
    let margin = (1 + layout.template.pen / 2) * millimetre
    let top = max(area.y, zero - high * layout.pixelsPerMillivolt - margin)
    let bottom = min(area.bottom, zero - low * layout.pixelsPerMillivolt + margin)
    guard top < bottom else { return nil }
    lead = panel.lead
    self.segment = segment.segment
    self.place = place
    startSeconds = start
    endSeconds = end
    let left = panel.box.x + (start - panel.startSeconds) * layout.pixelsPerSecond
    let right = panel.box.x + (end - panel.startSeconds) * layout.pixelsPerSecond
    box = PageRectangle(
      x: hundredths(left), y: hundredths(top), width: hundredths(right - left),
      height: hundredths(bottom - top))
  }
}

private func hundredths(_ length: Double) -> Double { (length * 100).rounded() / 100 }
