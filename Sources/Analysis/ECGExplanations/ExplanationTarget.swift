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
  ///
  /// - Parameters:
  ///   - argument: As written.
  ///   - classes: All classes.
  public init?(argument: String, classes: ClassList) {
    if argument == "predicted" {
      self = .predicted
      return
    }
    let named = argument.split(separator: "-", omittingEmptySubsequences: false)
      .map { classes[key: String($0)] }
    switch named.count {
    case 1:
      guard let label = named[0] else { return nil }
      self = .logit(label)
    case 2:
      guard let above = named[0], let below = named[1], above != below else { return nil }
      self = .difference(above, below)
    default: return nil
    }
  }

  /// The target written as `predicted`, `hmi` or `hmi-normal`.
  ///
  /// - Throws: ``ExplanationError/unknownTarget(_:keys:)``.
  public init(named argument: String, classes: ClassList) throws(ExplanationError) {
    guard let target = Self(argument: argument, classes: classes) else {
      throw .unknownTarget(argument, keys: classes.map(\.key))
    }
    self = target
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
    case .logit(let label): seed[label.index] = 1
    case .difference(let above, let below):
      seed[above.index] = 1
      seed[below.index] = -1
    }
    return seed
  }
}
