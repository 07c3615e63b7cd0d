// What is true of a synthetic page, as the file beside it says.

import ECGLayouts
import ECGSignals
import ECGTerms

/// The truth file of a synthetic page, `NAME.json` beside `NAME.jpg`.
///
/// Places are pixels of the page, times seconds from the recording's beginning; what is not there is
/// `null`.
///
/// | key | value |
/// |---|---|
/// | `format` | 2 |
/// | `seed`, `index` | what the page is a function of, with the settings below |
/// | `class` | `normal`, `abnormal`, `hmi` or `mi` |
/// | `subtype` | the finding, a raw value of `Subtype` |
/// | `territory` | where the lesion lies, a raw value of `Territory`, or `null` |
/// | `severity` | how many times the limit of diagnosis the lesion reaches, or `null` |
/// | `noise` | disturbances, see `NoiseTruth` |
/// | `heart_rate` | beats per minute over the recording |
/// | `beats` | every beat: `seconds` of its R peak, `origin`, `fiducials` |
/// | `record` | the signals' WFDB header, `NAME.hea` |
/// | `mask` | the mask's path from the folder that was written, or `null` |
/// | `layout` | `device` or `6x2` |
/// | `paper_speed`, `gain` | mm/s and a millivolt |
/// | `width`, `height` | the page |
/// | `pixels_per_second`, `pixels_per_millivolt` | the trace's scales |
/// | `leads` | twelve panels: `lead`, `box` (`x`, `y`, `width`, `height`), `zero_line`, `start_seconds`, `duration_seconds` |
/// | `rhythm_strip` | the panel below them, or `null` |
/// | `diagnostic` | what makes the class: see `DiagnosticBox`; empty for `normal` |
/// | `printed` | the invented words: `identity`, `sex`, `date`, `time`, `heart_rate`, `lead_off` |
/// | `shortcut` | shortcut to the class besides the traces, or `none` |
/// | `cue` | the planted cue as `LEAD:SEGMENT`, or `null` |
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
  /// How many times the limit of diagnosis the lesion reaches.
  public let severity: Double?
  /// The disturbances.
  public let noise: NoiseTruth
  /// Beats per minute.
  public let heartRate: Double
  /// The beats.
  public let beats: [BeatTruth]
  /// The WFDB header beside the file.
  public let record: String
  /// The mask, from the folder above the class folders.
  public let mask: String?
  /// The kind of page.
  public let layout: PageDesign
  /// Paper speed in mm/s.
  public let paperSpeed: PaperSpeed
  /// Gain in mm/mV.
  public let gain: PaperGain
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
  public let rhythmStrip: PanelTruth?
  /// Where the class can be seen.
  public let diagnostic: [DiagnosticBox]
  /// The words of the page's own.
  public let printed: PrintedText
  /// Shortcut to the class.
  public let shortcut: PageShortcut
  /// Where alone the class can be seen, if that was asked for.
  public let cue: String?

  /// The truth of an ECG drawn in a layout.
  ///
  /// - Parameters:
  ///   - ecg: What is drawn.
  ///   - layout: Of the page's size.
  ///   - shortcut: As drawn.
  ///   - name: The page's file name without its ending.
  ///   - mask: The mask's path.
  public init(
    _ ecg: SyntheticECG, layout: PageLayout, shortcut: PageShortcut = .none, name: String,
    mask: String? = nil
  ) {
    let layout = layout.withStrip(shortcut.stripLead(ecg.label))
    format = 2
    seed = ecg.seed
    index = ecg.index
    label = ecg.label.key
    subtype = ecg.subtype
    territory = ecg.territory
    severity = ecg.severity
    noise = NoiseTruth(ecg.noise)
    heartRate = ecg.heartRate
    beats = zip(ecg.beats, ecg.fiducials).map {
      BeatTruth(seconds: $0.time, origin: $0.origin, fiducials: $1)
    }
    record = name + ".hea"
    self.mask = mask
    self.layout = layout.template.design
    paperSpeed = layout.speed
    gain = layout.gain
    width = layout.size.width
    height = layout.size.height
    pixelsPerSecond = layout.pixelsPerSecond
    pixelsPerMillivolt = layout.pixelsPerMillivolt
    leads = layout.panels.map { PanelTruth($0) }
    rhythmStrip = layout.rhythmStrip.map { PanelTruth($0) }
    diagnostic = DiagnosticBox.all(of: ecg, layout: layout)
    printed = PrintedText(
      seed: ecg.seed, index: ecg.index, label: ecg.label, beatsPerMinute: ecg.heartRate,
      shortcut: shortcut)
    self.shortcut = shortcut
    cue = ecg.cue?.argument
  }

  enum CodingKeys: String, CodingKey {
    case format, seed, index, subtype, territory, severity, noise, beats, record, mask, layout
    case gain, width, height, leads, diagnostic, printed, shortcut, cue
    case label = "class"
    case heartRate = "heart_rate"
    case paperSpeed = "paper_speed"
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
    try keyed.encode(noise, forKey: .noise)
    try keyed.encode(heartRate, forKey: .heartRate)
    try keyed.encode(beats, forKey: .beats)
    try keyed.encode(record, forKey: .record)
    try keyed.encode(mask, forKey: .mask)
    try keyed.encode(layout, forKey: .layout)
    try keyed.encode(paperSpeed, forKey: .paperSpeed)
    try keyed.encode(gain, forKey: .gain)
    try keyed.encode(width, forKey: .width)
    try keyed.encode(height, forKey: .height)
    try keyed.encode(pixelsPerSecond, forKey: .pixelsPerSecond)
    try keyed.encode(pixelsPerMillivolt, forKey: .pixelsPerMillivolt)
    try keyed.encode(leads, forKey: .leads)
    try keyed.encode(rhythmStrip, forKey: .rhythmStrip)
    try keyed.encode(diagnostic, forKey: .diagnostic)
    try keyed.encode(printed, forKey: .printed)
    try keyed.encode(shortcut, forKey: .shortcut)
    try keyed.encode(cue, forKey: .cue)
  }
}
