// How fast the paper runs and how much of it a millivolt takes.

/// The paper's speed.
public enum PaperSpeed: Int, CaseIterable, Sendable, Codable {
  /// 25 mm a second.
  case mm25 = 25
  /// 50 mm a second.
  case mm50 = 50

  /// Millimetres a second.
  public var millimetresPerSecond: Double { Double(rawValue) }
}

/// The deflection of a millivolt.
public enum PaperGain: Int, CaseIterable, Sendable, Codable {
  /// 5 mm a millivolt.
  case mm5 = 5
  /// 10 mm a millivolt.
  case mm10 = 10
  /// 20 mm a millivolt.
  case mm20 = 20

  /// Millimetres a millivolt.
  public var millimetresPerMillivolt: Double { Double(rawValue) }
}
