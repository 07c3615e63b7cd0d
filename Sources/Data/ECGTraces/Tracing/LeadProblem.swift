// Why a lead is missing, wholly or in part.

/// What a page does not show of a lead.
public enum LeadProblem: Equatable, Sendable, CustomStringConvertible {
  /// No line runs through enough of the lead's place; the share that was found.
  case notFollowed(share: Double)
  /// The only lines in the lead's place belong to other leads.
  case othersOnly([String])
  /// A box, such as a sticker or a filled rectangle, covers the lead; the share of its time that is
  /// missing.
  case covered(share: Double)
  /// Part of the lead's time is missing; its share.
  case partlyMissing(share: Double)

  /// The problem of a lead that is read in part; `nil` where what is missing is no more than marks
  /// between leads hide.
  ///
  /// - Parameters:
  ///   - confidences: How sure each sample is; 0 where it is missing.
  ///   - isCovered: Whether a box hides part of the lead.
  init?(missingShare confidences: [Double], isCovered: Bool) {
    let missing = confidences.count { $0 == 0 }
    let share = Double(missing) / Double(max(1, confidences.count))
    if isCovered {
      self = .covered(share: share)
      return
    }
    guard share > Self.greatestGap else { return nil }
    self = .partlyMissing(share: share)
  }

  private static let greatestGap = 0.05

  /// Whether not one sample of the lead was read.
  public var isWhole: Bool {
    switch self {
    case .notFollowed, .othersOnly: true
    case .covered(let share): share == 1
    case .partlyMissing: false
    }
  }

  /// The problem in words.
  public var description: String {
    switch self {
    case .notFollowed(let share):
      "no trace through the lead: a line over \(Self.percent(share)) of its time"
    case .othersOnly(let others):
      "missing: its place shows only the trace of \(others.joined(separator: " and "))"
    case .covered(let share):
      "covered by a box: \(Self.percent(share)) of its time is missing"
    case .partlyMissing(let share):
      "\(Self.percent(share)) of its time is missing"
    }
  }

  private static func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded())) %"
  }
}
