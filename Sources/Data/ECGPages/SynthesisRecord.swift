// The settings of a folder of synthetic pages, as it keeps them.

import ECGLayouts
import ECGSignals
import ECGTerms

/// `synth.json`: everything that the pages beside it are a function of.
public struct SynthesisRecord: Codable, Equatable, Sendable {
  /// The file's format: 2.
  public let format: Int
  /// How many pages.
  public let pages: Int
  /// The seed.
  public let seed: UInt64
  /// The size as `WIDTHxHEIGHT`.
  public let size: String
  /// The kind of page.
  public let layout: PageDesign
  /// Paper speed in mm/s.
  public let paperSpeed: PaperSpeed
  /// Gain in mm/mV.
  public let gain: PaperGain
  /// Shortcut to the class besides the traces.
  public let shortcut: PageShortcut
  /// The planted cue as `LEAD:SEGMENT`.
  public let cue: String?
  /// Whether there are masks.
  public let masks: Bool
  /// How the recordings are disturbed.
  public let noise: SynthesisNoise
  /// Pages a class, by key.
  public let classes: [String: Int]
  /// The JPEG quality; of class `normal` where a shortcut sets it by class.
  public let jpegQuality: Int
  /// What is printed where the device prints the heart rate; `null` where it is the rate.
  public let printedHeartRate: String?

  /// The record of a plan.
  public init(_ plan: SynthesisPlan) {
    format = 2
    pages = plan.pages
    seed = plan.seed
    size = plan.size.argument
    layout = plan.design
    paperSpeed = plan.speed
    gain = plan.gain
    shortcut = plan.shortcut
    cue = plan.cue?.argument
    masks = plan.masks
    noise = plan.noise
    classes = Dictionary(
      (0..<plan.pages).map { (syntheticClass(of: $0).key, 1) }, uniquingKeysWith: +)
    jpegQuality = PageDrawing.jpegQuality
    printedHeartRate = plan.shortcut == .heartRate ? nil : PrintedText.noHeartRate
  }

  enum CodingKeys: String, CodingKey {
    case format, pages, seed, size, layout, gain, shortcut, cue, masks, noise, classes
    case paperSpeed = "paper_speed"
    case jpegQuality = "jpeg_quality"
    case printedHeartRate = "printed_heart_rate"
  }

  /// Writes every key; what is not there is `null`.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(format, forKey: .format)
    try keyed.encode(pages, forKey: .pages)
    try keyed.encode(seed, forKey: .seed)
    try keyed.encode(size, forKey: .size)
    try keyed.encode(layout, forKey: .layout)
    try keyed.encode(paperSpeed, forKey: .paperSpeed)
    try keyed.encode(gain, forKey: .gain)
    try keyed.encode(shortcut, forKey: .shortcut)
    try keyed.encode(cue, forKey: .cue)
    try keyed.encode(masks, forKey: .masks)
    try keyed.encode(noise, forKey: .noise)
    try keyed.encode(classes, forKey: .classes)
    try keyed.encode(jpegQuality, forKey: .jpegQuality)
    try keyed.encode(printedHeartRate, forKey: .printedHeartRate)
  }
}
