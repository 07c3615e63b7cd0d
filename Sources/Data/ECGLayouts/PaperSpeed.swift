// How fast the paper runs and how much of it a millivolt takes.

/// The paper's speed.
public enum PaperSpeed: Int, CaseIterable, Sendable, Codable {
  /// 25 mm/s.
  case mm25 = 25
  /// 50 mm/s.
  case mm50 = 50

  /// Paper speed in mm/s.
  public var millimetresPerSecond: Double { Double(rawValue) }
}

/// The deflection of a millivolt.
public enum PaperGain: Int, CaseIterable, Sendable, Codable {
  /// 5 mm/mV.
  case mm5 = 5
  /// 10 mm/mV.
  case mm10 = 10
  /// 20 mm/mV.
  case mm20 = 20

  /// Gain in mm/mV.
  public var millimetresPerMillivolt: Double { Double(rawValue) }
}
