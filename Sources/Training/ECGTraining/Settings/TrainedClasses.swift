// The classes that a network was trained on, among all that it has outputs for.

import ECGDatasets
import ECGNetworks
import ECGTerms

/// All classes of a network, and those that training had pages of.
public struct TrainedClasses: Equatable, Sendable {
  /// All, in the order of the logits.
  public let all: ClassList
  /// Those that training had.
  private let trained: Set<DiagnosticClass>

  /// Classes of which some were trained on.
  public init(all: ClassList, trained: Set<DiagnosticClass>) {
    self.all = all
    self.trained = trained
  }

  /// Those that training had, in their order.
  public var list: [DiagnosticClass] { all.filter(trained.contains) }

  /// Whether training had pages of a class.
  public func contains(_ label: DiagnosticClass) -> Bool { trained.contains(label) }

  /// Logits with -infinity in place of those of the other classes.
  public func restricting(_ logits: [Float]) -> [Float] {
    precondition(logits.count == all.count, "\(logits.count) logits of \(all.count) classes")
    return zip(all, logits).map { trained.contains($0) ? $1 : -.infinity }
  }
}

extension NetworkSpecification {
  /// The same network with an output for each class.
  public func classifying(_ classes: ClassList) -> NetworkSpecification {
    var specification = self
    specification.classes = classes.count
    return specification
  }
}

extension Split {
  /// The classes, and those that have training items.
  public var trainedClasses: TrainedClasses {
    TrainedClasses(
      all: classList, trained: Set(items.filter { $0.part == .train }.map(\.class)))
  }
}
