// What is true of a synthetic page, as the file beside it says.

import ECGSignals
import ECGTerms

/// The truth file of a synthetic page, `NAME.json` beside `NAME.jpg`.
///
/// | key | value |
/// |---|---|
/// | `format` | 1 |
/// | `seed`, `index` | what the page is a function of |
/// | `class` | `normal`, `abnormal`, `hmi` or `mi` |
/// | `subtype` | the finding, a raw value of `Subtype` |
/// | `territory` | where the lesion lies, a raw value of `Territory`, or `null` |
/// | `severity` | how plain the lesion is, 0…1, or `null` |
/// | `heart_rate` | beats a minute over the recording; not printed on the page |
/// | `beats` | every R peak: `seconds` from the beginning, `origin` |
/// | `width`, `height` | the page in pixels |
/// | `pixels_per_second`, `pixels_per_millivolt` | the trace's scales |
/// | `leads` | twelve panels: `lead`, `box` in pixels (`x`, `y`, `width`, `height`), `zero_line`, `start_seconds`, `duration_seconds` |
/// | `rhythm_strip` | the panel below them |
public struct PageTruth: Codable, Equatable, Sendable {
  /// The file's format.
  public let format: Int
  /// The seed.
  public let seed: UInt64
  /// The page's number under the seed.
  public let index: Int
  /// The class's key.
  public let label: String
  /// The finding.
  public let subtype: Subtype
  /// The lesion's place.
  public let territory: Territory?
  /// The lesion's plainness.
  public let severity: Double?
  /// Beats a minute.
  public let heartRate: Double
  /// The R peaks.
  public let beats: [BeatTruth]
  /// Pixels across.
  public let width: Int
  /// Pixels down.
  public let height: Int
  /// Pixels a second.
  public let pixelsPerSecond: Double
  /// Pixels a millivolt.
  public let pixelsPerMillivolt: Double
  /// The twelve leads.
  public let leads: [PanelTruth]
  /// The rhythm strip.
  public let rhythmStrip: PanelTruth

  /// The truth of an ECG drawn in a layout.
  public init(_ ecg: SyntheticECG, layout: PageLayout) {
    format = 1
    seed = ecg.seed
    index = ecg.index
    label = ecg.label.key
    subtype = ecg.subtype
    territory = ecg.territory
    severity = ecg.severity
    heartRate = ecg.heartRate
    beats = ecg.beats.map { BeatTruth(seconds: $0.time, origin: $0.origin) }
    width = layout.size.width
    height = layout.size.height
    pixelsPerSecond = layout.pixelsPerSecond
    pixelsPerMillivolt = layout.pixelsPerMillivolt
    leads = layout.panels.map { PanelTruth($0) }
    rhythmStrip = PanelTruth(layout.rhythmStrip)
  }

  enum CodingKeys: String, CodingKey {
    case format, seed, index, subtype, territory, severity, beats, width, height, leads
    case label = "class"
    case heartRate = "heart_rate"
    case pixelsPerSecond = "pixels_per_second"
    case pixelsPerMillivolt = "pixels_per_millivolt"
    case rhythmStrip = "rhythm_strip"
  }

  /// Writes every key; what is not there is `null`.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(format, forKey: .format)
    try keyed.encode(seed, forKey: .seed)
    try keyed.encode(index, forKey: .index)
    try keyed.encode(label, forKey: .label)
    try keyed.encode(subtype, forKey: .subtype)
    try keyed.encode(territory, forKey: .territory)
    try keyed.encode(severity, forKey: .severity)
    try keyed.encode(heartRate, forKey: .heartRate)
    try keyed.encode(beats, forKey: .beats)
    try keyed.encode(width, forKey: .width)
    try keyed.encode(height, forKey: .height)
    try keyed.encode(pixelsPerSecond, forKey: .pixelsPerSecond)
    try keyed.encode(pixelsPerMillivolt, forKey: .pixelsPerMillivolt)
    try keyed.encode(leads, forKey: .leads)
    try keyed.encode(rhythmStrip, forKey: .rhythmStrip)
  }
}

/// An R peak in a truth file.
public struct BeatTruth: Codable, Equatable, Sendable {
  /// Seconds from the recording's beginning.
  public let seconds: Double
  /// Where the beat came from.
  public let origin: BeatOrigin
}

/// A lead's panel in a truth file.
public struct PanelTruth: Codable, Equatable, Sendable {
  /// The lead.
  public let lead: Lead
  /// Its area in pixels.
  public let box: PageRectangle
  /// The row of zero voltage.
  public let zeroLine: Double
  /// Where its time begins.
  public let startSeconds: Double
  /// How long it is.
  public let durationSeconds: Double

  init(_ panel: LeadPanel) {
    lead = panel.lead
    box = panel.box
    zeroLine = panel.zeroLine
    startSeconds = panel.startSeconds
    durationSeconds = panel.durationSeconds
  }

  enum CodingKeys: String, CodingKey {
    case lead, box
    case zeroLine = "zero_line"
    case startSeconds = "start_seconds"
    case durationSeconds = "duration_seconds"
  }
}
