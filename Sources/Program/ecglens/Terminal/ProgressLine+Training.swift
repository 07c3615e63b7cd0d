// The events of trainings on the line of progress.

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
