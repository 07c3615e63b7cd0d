// Lines of `metrics.jsonl`.

import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

private func record(_ epoch: Int, test: Double? = 0.5) -> EpochRecord {
  EpochRecord(
    epoch: epoch, trainLoss: 1.25, trainAccuracy: 1.0 / 3, innerLoss: 0.1, innerAccuracy: 1,
    testLoss: 1e-7, testAccuracy: test, learningRates: [0, 1e-3], images: 960, seconds: 12.5,
    imagesPerSecond: 76.8)
}

@Suite("Epoch records")
struct EpochRecordTests {
  @Test("have the format's keys in the format's order")
  func line() {
    #expect(
      record(3).line
        == #"{"epoch":3,"train_loss":1.25,"train_accuracy":0.3333333333333333,"#
        + #""inner_loss":0.1,"inner_accuracy":1.0,"test_loss":1e-07,"test_accuracy":0.5,"#
        + #""learning_rates":[0.0,0.001],"images":960,"seconds":12.5,"images_per_second":76.8}"#)
  }

  @Test("write what is missing or no number as null")
  func nulls() throws {
    var record = record(1)
    record.innerLoss = nil
    record.testLoss = .infinity
    #expect(record.line.contains(#""inner_loss":null,"#))
    #expect(record.line.contains(#""test_loss":null,"#))
    let back = try JSONDecoder().decode(EpochRecord.self, from: Data(record.line.utf8))
    #expect(back.innerLoss == nil && back.testLoss == nil)
  }

  @Test("come back exactly, and a torn last line is dropped")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/metrics.jsonl"
      #expect(try TrainingHistory(contentsOf: path).epochs.isEmpty)
      let history = TrainingHistory(epochs: [record(1), record(2), record(3)])
      try history.write(to: path)
      #expect(try TrainingHistory(contentsOf: path) == history)
      let whole = try readFile(path)
      try whole.dropLast(20).write(to: URL(fileURLWithPath: path))
      #expect(try TrainingHistory(contentsOf: path).epochs == Array(history.epochs.prefix(2)))
    }
  }

  @Test("that skip an epoch are refused")
  func gap() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/metrics.jsonl"
      try TrainingHistory(epochs: [record(1), record(3)]).write(to: path)
      #expect(throws: FileError.malformed(path, reason: "line 2 is of epoch 3")) {
        _ = try TrainingHistory(contentsOf: path)
      }
    }
  }

  @Test("give the optimistic peak and the spread of the last epochs")
  func peak() {
    let accuracies = [0.9, 0.2, 0.95, 0.95, 0.4, 0.5, 0.6, 0.5, 0.7, 0.8, 0.9, 0.85]
    let history = TrainingHistory(
      epochs: accuracies.enumerated().map { record($0 + 1, test: $1) })
    #expect(history.peak == OptimisticPeak(accuracy: 0.95, epoch: 3, optimistic: true))
    #expect(
      history.lastEpochs()
        == LastEpochs(epochs: 8, lowest: 0.4, highest: 0.9, median: (0.6 + 0.7) / 2, last: 0.85))
    #expect(TrainingHistory().peak == nil && TrainingHistory().lastEpochs() == nil)
    #expect(TrainingHistory(epochs: [record(1, test: nil)]).peak == nil)
  }
}
