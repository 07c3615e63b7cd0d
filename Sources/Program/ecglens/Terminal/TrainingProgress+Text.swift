// A training's events as lines of progress.

import ECGDatasets
import ECGExperiments
import ECGResults
import ECGTraining

extension ProgressLine {
  /// Shows an event of a training.
  func training(_ event: TrainingEvent) {
    switch event {
    case .progress(let progress): show(progress.text)
    case .finished(let record, let epochs): line(record.text(of: epochs))
    }
  }
}

extension TrainingProgress {
  /// Done, total, rate, running loss and time left.
  var text: String {
    var parts = ["epoch \(epoch)/\(epochs), \(stage.rawValue) \(step)/\(steps)"]
    parts.append("\(imagesPerSecond.formatted(digits: 1)) images/s")
    if let runningLoss { parts.append("loss \(runningLoss.formatted(digits: 3))") }
    if let secondsLeft { parts.append("\(duration(secondsLeft)) left") }
    return parts.joined(separator: ", ")
  }
}

extension EpochRecord {
  /// An epoch's figures in a line.
  func text(of epochs: Int) -> String {
    var parts = ["epoch \(epoch)/\(epochs): loss \(trainLoss.formatted(digits: 3))"]
    parts.append("accuracy train \(shareText(trainAccuracy))")
    if let innerAccuracy { parts.append("inner \(shareText(innerAccuracy))") }
    if let testAccuracy { parts.append("test \(shareText(testAccuracy))") }
    parts.append("\(imagesPerSecond.formatted(digits: 1)) images/s")
    return parts.joined(separator: ", ")
  }
}

extension ProgressLine {
  /// Shows an event of a cell.
  func cell(_ cell: CrossValidationPlan.Cell, _ event: TrainingEvent) {
    switch event {
    case .progress(let progress): show("\(cell.name), \(progress.text)")
    case .finished(let record, let epochs): line("\(cell.name), \(record.text(of: epochs))")
    }
  }
}

extension ProgressLine {
  /// Shows an event of a protocol's training.
  func cell(_ cell: SplitProtocol, _ event: TrainingEvent) {
    switch event {
    case .progress(let progress): show("\(cell.rawValue), \(progress.text)")
    case .finished(let record, let epochs): line("\(cell.rawValue), \(record.text(of: epochs))")
    }
  }
}
