// A result's figures with those of the baselines under it.

import ECGExperiments
import ECGFigures
import ECGMetrics
import ECGTraining

extension TraceBaselines {
  /// The result and the baselines as a figure; a result that is a baseline stands there once.
  func figure(
    beside result: ClassificationMetrics, name: String, groups: [String: String], unit: String
  ) -> BaselinesFigure {
    BaselinesFigure(
      rows: [.init(name: name, figures: result)]
        + answers.filter { !name.hasPrefix($0.view.words) }.map {
          .init(name: $0.view.words, figures: $0.predictions.metrics(groups: groups))
        }, unit: unit)
  }
}

extension BeatView {
  /// What the baseline looks at, in words.
  var words: String {
    switch self {
    case .everything: "beats-linear"
    case .heartRate: "heart rate alone"
    }
  }
}
