// The words around the grid: invented, and drawn apart from the finding.

import ECGRandom
import ECGTerms
import Foundation

/// What a synthetic page prints besides leads: nothing of it depends on the class unless a shortcut
/// is asked for.
///
/// Identity, sex, date and time come from a stream of their own; the heart rate, which a device
/// would print, is `---`, so that no reader can learn a class from text.
public struct PrintedText: Codable, Equatable, Sendable {
  /// Six digits.
  public let identity: String
  /// `Male` or `Female`.
  public let sex: String
  /// Year, month, day; in another order with a shortcut.
  public let date: String
  /// Hours, minutes, seconds and the half of the day.
  public let time: String
  /// The rate after the heart sign.
  public let heartRate: String
  /// Whether the device notes that an electrode was off.
  public let leadOff: Bool
  /// The rate's placeholder, without a shortcut.
  public static let noHeartRate = "---"

  /// The text of page `index` of a seed.
  ///
  /// - Parameters:
  ///   - seed: The page's seed.
  ///   - index: Its number.
  ///   - label: Its class; used by shortcuts only.
  ///   - beatsPerMinute: The recording's rate; printed with a shortcut only.
  ///   - shortcut: The shortcut.
  public init(
    seed: UInt64, index: Int, label: ArchiveClass = .normal, beatsPerMinute: Double = 0,
    shortcut: PageShortcut = .none
  ) {
    var random = Philox(seed: seed, for: .synthesis, UInt64(index), Self.part)
    func digits(_ value: Int, _ width: Int) -> String {
      let plain = String(value)
      return String(repeating: "0", count: max(0, width - plain.count)) + plain
    }
    identity = String(100_000 + random.index(below: 900_000))
    sex = random.uniform() < 0.5 ? "Male" : "Female"
    let month = digits(1 + random.index(below: 12), 2)
    let year = "20\(20 + random.index(below: 5))"
    let day = digits(1 + random.index(below: 28), 2)
    date = shortcut.dateForm(label).text(year: year, month: month, day: day)
    let hour = random.index(below: 24)
    let minute = digits(random.index(below: 60), 2)
    let second = digits(random.index(below: 60), 2)
    time = "\(digits((hour + 11) % 12 + 1, 2)):\(minute):\(second) \(hour < 12 ? "AM" : "PM")"
    heartRate =
      shortcut == .heartRate ? String(Int(beatsPerMinute.rounded())) : Self.noHeartRate
    leadOff = shortcut.hasLeadOff(label)
  }

  enum CodingKeys: String, CodingKey {
    case identity, sex, date, time
    case heartRate = "heart_rate"
    case leadOff = "lead_off"
  }

  // Streams 0… of a page belong to its signals.
  private static let part: UInt64 = 100
}
