// Why a measure is missing or uncertain.

/// The reason for a measure that is missing, or that should not be relied on.
public enum MeasureNote: Equatable, Sendable, CaseIterable, CustomStringConvertible {
  /// No wave stands out before QRS.
  case noP
  /// The wave before QRS is at another time in each beat.
  case unsteadyP
  /// The line before QRS is never quiet, as in flutter, fibrillation and fast rhythms.
  case atrialWaves
  /// QRS has no end before T begins, or does not stand out.
  case noQRSLimits
  /// T is too small, or does not come down.
  case noT
  /// An ST segment as tall as T hides T's end.
  case hiddenT

  /// The measures and the reason in words.
  public var description: String {
    switch self {
    case .noP: "PR missing: no P wave stands out before QRS"
    case .unsteadyP: "PR missing: the wave before QRS does not keep step with it"
    case .atrialWaves:
      "PR missing, QRS and QT uncertain: atrial waves without a quiet line between them"
    case .noQRSLimits: "intervals missing: QRS has no clear beginning and end"
    case .noT: "QT missing: T is too small or has no end"
    case .hiddenT: "QT missing: an ST segment as tall as T hides its end"
    }
  }
}
