// What an explanation explains: one logit or the difference of two.

import ECGTerms

/// The number whose causes a map shows.
public enum ExplanationTarget: Equatable, Sendable {
  /// The logit of the class that the network names.
  case predicted
  /// The logit of a class.
  case logit(DiagnosticClass)
  /// How far one class's logit stands above another's.
  case difference(DiagnosticClass, DiagnosticClass)

  /// The target written as `predicted`, `hmi` or `hmi-normal`, or `nil`.
  public init?(argument: String) {
    if argument == "predicted" {
      self = .predicted
      return
    }
    let classes = argument.split(separator: "-", omittingEmptySubsequences: false)
      .map { DiagnosticClass(key: String($0)) }
    switch classes.count {
    case 1:
      guard let label = classes[0] else { return nil }
      self = .logit(label)
    case 2:
      guard let above = classes[0], let below = classes[1], above != below else { return nil }
      self = .difference(above, below)
    default: return nil
    }
  }

  /// The target as a command line writes it.
  public var argument: String {
    switch self {
    case .predicted: "predicted"
    case .logit(let label): label.key
    case .difference(let above, let below): "\(above.key)-\(below.key)"
    }
  }

  /// The classes that the target names.
  public var classes: [DiagnosticClass] {
    switch self {
    case .predicted: []
    case .logit(let label): [label]
    case .difference(let above, let below): [above, below]
    }
  }

  /// The weights of the logits in the explained sum.
  public func seed(logits: [Float]) -> [Float] {
    var seed = [Float](repeating: 0, count: logits.count)
    switch self {
    case .predicted:
      if let top = logits.indices.max(by: { logits[$0] < logits[$1] }) { seed[top] = 1 }
    case .logit(let label): seed[label.rawValue] = 1
    case .difference(let above, let below):
      seed[above.rawValue] = 1
      seed[below.rawValue] = -1
    }
    return seed
  }
}
