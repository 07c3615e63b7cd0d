// The paper speed and the gain of a page with their sources, as every output states them.

import ECGLayouts
import ECGMeasures
import ECGTraces

/// What a page's times and voltages are measured with.
package struct PaperScaleText: Equatable {
  private let speed: PageSpeed
  private let gain: PaperGain
  private let speedName: String

  /// The scales of a page that was read.
  ///
  /// - Parameter speedName: Where a speed comes from that was given, as the flag.
  package init(_ reading: PageReading, speedName: String) {
    speed = reading.speed
    gain = reading.layout.gain
    self.speedName = speedName
  }

  /// The paper speed and its source, for example `25 mm/s (assumed)`.
  package var speedText: String {
    let source =
      switch speed.source {
      case .given: speedName
      case .footer: "read from the footer"
      case .assumed: "assumed"
      }
    return "\(speed.speed.rawValue) mm/s (\(source))"
  }

  /// The gain, which is always measured at the page.
  package var gainText: String { "\(gain.rawValue) mm/mV (measured at the pulses)" }

  /// Both in a line.
  package var text: String { "\(speedText), \(gainText)" }

  /// The lines of a record's header.
  package var comments: [String] { ["speed: \(speedText)", "gain: \(gainText)"] }

  /// The names of the columns that ``csvRow`` fills.
  package static let csvHeader = [
    "speed_mm_per_s", "speed_source", "gain_mm_per_mv", "gain_source",
  ]

  /// The scales as fields of a CSV file.
  package var csvRow: [String] {
    ["\(speed.speed.rawValue)", source, "\(gain.rawValue)", Self.gainSource]
  }

  /// Why the speed is in doubt: the footer prints another one, or the intervals suit another one.
  package func notes(_ measures: Measures) -> [String] {
    if speed.isContradicted, let printed = speed.printed {
      return ["speed: the footer reads \(printed.rawValue) mm/s"]
    }
    if speed.source == .assumed, speed.speed == .mm25, measures.suitTwiceTheSpeed {
      return ["speed: the intervals suit 50 mm/s; use \(speedName) 50 if the paper ran so fast"]
    }
    return []
  }

  private static let gainSource = "pulses"

  private var source: String {
    switch speed.source {
    case .given: speedName
    case .footer: "footer"
    case .assumed: "assumed"
    }
  }
}

extension PaperScaleText: Encodable {
  private enum CodingKeys: String, CodingKey {
    case speed = "speed_mm_per_s"
    case speedSource = "speed_source"
    case gain = "gain_mm_per_mv"
    case gainSource = "gain_source"
  }

  /// Writes the columns' names as keys.
  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(speed.speed, forKey: .speed)
    try keyed.encode(source, forKey: .speedSource)
    try keyed.encode(gain, forKey: .gain)
    try keyed.encode(Self.gainSource, forKey: .gainSource)
  }
}
