// A result's figures with those of the baselines under it.

import ECGExperiments
import ECGFigures
import ECGMetrics
import ECGTraining

package extension TraceBaselines {
  /// The result and the baselines as a figure; a result that is a baseline stands there once.
  func figure(
    beside result: ClassificationMetrics, name: String, groups: [String: String], unit: String
  ) -> BaselinesFigure {
    Self.figure(of: [self], beside: result, name: name, groups: groups, unit: unit)
  }

  /// The result and the baselines of the same repeats as a figure.
  ///
  /// - Parameter repeats: At least one.
  static func figure(
    of repeats: [TraceBaselines], beside result: ClassificationMetrics, name: String,
    groups: [String: String], unit: String
  ) -> BaselinesFigure {
    BaselinesFigure(
      rows: [.init(name: name, figures: result)]
        + BeatView.allCases.filter { !name.hasPrefix($0.words) }.map { view in
          let tables = repeats.flatMap(\.answers).filter { $0.view == view }.map(\.predictions)
          return .init(
            name: view.words, figures: PredictionTable.metrics(repeats: tables, groups: groups))
        }, unit: unit)
  }
}

package extension BeatView {
  /// What the baseline looks at, in words.
  var words: String {
    switch self {
    case .everything: "beats-linear"
    case .heartRate: "heart rate alone"
    }
  }
}
