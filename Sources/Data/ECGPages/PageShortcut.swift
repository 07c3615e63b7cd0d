// Ways in which a page may give its class away besides the traces.

import ECGTerms

/// Shortcut to the class besides the traces; `none` by default.
///
/// They are possible shortcuts of the public archive's pages, in pure form: each follows the
/// class without exception, save `heart-rate`, which is the recording's own.
public enum PageShortcut: String, CaseIterable, Sendable, Codable {
  /// Nothing.
  case none
  /// The recording's rate stands in the footer, where other pages have `---`.
  case heartRate = "heart-rate"
  /// Each class writes its dates in a form of its own.
  case dateFormat = "date-format"
  /// Pages of both infarction classes bear the device's mark "Lead Off", others do not.
  case leadOff = "lead-off"
  /// The rhythm strip shows II, III, V1 or V5 by class; a page without a strip has no shortcut.
  case stripLead = "strip-lead"
  /// The JPEG quality is 64, 57, 51 or 45 by class.
  case quality

  /// How a page of a class writes its date.
  func dateForm(_ label: ArchiveClass) -> DateForm {
    guard self == .dateFormat else { return .yearMonthDay }
    return DateForm.allCases[label.rawValue]
  }

  /// Whether a page of a class bears the mark.
  func hasLeadOff(_ label: ArchiveClass) -> Bool {
    self == .leadOff && (label == .hmi || label == .mi)
  }

  /// The rhythm strip's lead on a page of a class.
  func stripLead(_ label: ArchiveClass) -> Lead {
    self == .stripLead ? [.II, .III, .V1, .V5][label.rawValue] : .II
  }

  /// The JPEG quality of a page of a class, in the scale of libjpeg.
  func jpegQuality(_ label: ArchiveClass) -> Int {
    self == .quality ? [64, 57, 51, 45][label.rawValue] : PageDrawing.jpegQuality
  }
}

/// A way to write a date.
enum DateForm: CaseIterable {
  case yearMonthDay, dayMonthYear, monthDayYear, dayMonthYearDots

  /// A date's numbers, with two digits for day and month.
  func text(year: String, month: String, day: String) -> String {
    switch self {
    case .yearMonthDay: "\(year)-\(month)-\(day)"
    case .dayMonthYear: "\(day)-\(month)-\(year)"
    case .monthDayYear: "\(month)/\(day)/\(year)"
    case .dayMonthYearDots: "\(day).\(month).\(year)"
    }
  }
}

extension PageShortcut {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .none: "None: nothing besides the traces depends on the class."
    case .heartRate: "The heart rate is printed in the footer."
    case .dateFormat: "The date's format depends on the class."
    case .leadOff: "Pages of both infarction classes bear the mark Lead Off."
    case .stripLead: "The rhythm strip's lead depends on the class (II, III, V1, V5)."
    case .quality: "The JPEG quality depends on the class (64, 57, 51, 45)."
    }
  }
}
