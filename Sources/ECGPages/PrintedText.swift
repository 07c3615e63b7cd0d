// The words around the grid: invented, and drawn apart from the finding.

import ECGRandom
import Foundation

/// What a synthetic page prints besides leads: nothing of it depends on the class.
///
/// Identity, sex, date and time come from a stream of their own; the heart rate, which a device
/// would print, is `---` on every page, so that no reader can learn a class from text.
public struct PrintedText: Equatable, Sendable {
  /// Six digits.
  public let identity: String
  /// `Male` or `Female`.
  public let sex: String
  /// Year, month, day.
  public let date: String
  /// Hours, minutes, seconds and the half of the day.
  public let time: String
  /// The rate after the heart sign.
  public static let heartRate = "---"

  /// The text of page `index` of a seed.
  public init(seed: UInt64, index: Int) {
    var random = Philox(seed: seed, for: .synthesis, UInt64(index), Self.part)
    func digits(_ value: Int, _ width: Int) -> String {
      let plain = String(value)
      return String(repeating: "0", count: max(0, width - plain.count)) + plain
    }
    identity = String(100_000 + random.index(below: 900_000))
    sex = random.uniform() < 0.5 ? "Male" : "Female"
    let month = digits(1 + random.index(below: 12), 2)
    date = "20\(20 + random.index(below: 5))-\(month)-\(digits(1 + random.index(below: 28), 2))"
    let hour = random.index(below: 24)
    let minute = digits(random.index(below: 60), 2)
    let second = digits(random.index(below: 60), 2)
    time = "\(digits((hour + 11) % 12 + 1, 2)):\(minute):\(second) \(hour < 12 ? "AM" : "PM")"
  }

  // Streams 0… of a page belong to its signals.
  private static let part: UInt64 = 100
}

/// A line of text at a place of the device's page.
struct TextLine: Equatable, Sendable {
  let text: String
  let x: Double
  let baseline: Double
  let height: Double
  var width: Double?

  init(_ text: String, x: Double, baseline: Double, height: Double, width: Double? = nil) {
    self.text = text
    self.x = x
    self.baseline = baseline
    self.height = height
    self.width = width
  }
}

extension TextLine {
  /// The words that every page of the device carries.
  static let fixed: [TextLine] = [
    TextLine("ECG  REPORT", x: 994, baseline: 60, height: 45, width: 282),
    TextLine("Years", x: 318, baseline: 92, height: 27, width: 69),
    TextLine("cm", x: 613, baseline: 92, height: 27, width: 32),
    TextLine("kg", x: 761, baseline: 92, height: 27, width: 30),
    TextLine("/", x: 904, baseline: 92, height: 27),
    TextLine("mmHg", x: 953, baseline: 92, height: 27, width: 82),
    TextLine("Race:Unknown", x: 1091, baseline: 92, height: 27, width: 184),
    TextLine("Room  No.:", x: 1330, baseline: 92, height: 27, width: 135),
    TextLine("Department:", x: 1519, baseline: 92, height: 27, width: 149),
    TextLine("Exam.Room:", x: 68, baseline: 125, height: 27, width: 155),
    TextLine("Medication:", x: 277, baseline: 125, height: 27, width: 141),
    TextLine("Diagnosis  Information:", x: 69, baseline: 169, height: 27, width: 280),
    TextLine("Technician  :", x: 1556, baseline: 203, height: 27, width: 153),
    TextLine("Ref-Phys.  :", x: 1556, baseline: 236, height: 27, width: 147),
    TextLine("Report  Confirmed  by:", x: 1556, baseline: 269, height: 27, width: 279),
    TextLine("0.67~25Hz", x: 68, baseline: 1552, height: 21, width: 102),
    TextLine("AC50", x: 184, baseline: 1552, height: 21, width: 52),
    TextLine("25mm/s", x: 250, baseline: 1552, height: 21, width: 72),
    TextLine("10mm/mV", x: 335, baseline: 1552, height: 21, width: 102),
    TextLine("4*2.5s+1r", x: 446, baseline: 1552, height: 21, width: 93),
    TextLine("ECGLens  SYNTHETIC  PAGE", x: 608, baseline: 1552, height: 21, width: 270),
  ]

  /// The words that differ from page to page.
  static func own(_ text: PrintedText) -> [TextLine] {
    [
      TextLine("ID  :  " + text.identity, x: 68, baseline: 92, height: 27, width: 140),
      TextLine(text.sex, x: 443, baseline: 92, height: 27),
      TextLine(PrintedText.heartRate, x: 567, baseline: 1552, height: 21),
      TextLine(text.date, x: 1791, baseline: 1552, height: 21, width: 122),
      TextLine(text.time, x: 1932, baseline: 1552, height: 21, width: 128),
    ]
  }
}
