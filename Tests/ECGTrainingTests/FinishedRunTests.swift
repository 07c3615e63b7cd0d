// A run read back is the one that was trained: its split, its predictions, its epochs.

import ECGDatasets
import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Finished runs", .serialized)
struct FinishedRunTests {
  @Test("a split or predictions of another run are refused, and the epochs are counted")
  func otherFiles() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      var settings = TinyData.settings(.paperTable3)
      let outcome = try data.run(root + "/run", settings).train()
      settings.seed = 6
      _ = try data.run(root + "/other", settings).train()
      let run = try FinishedRun(RunFolder(path: root + "/run"))
      let other = RunFolder(path: root + "/other")
      #expect(try run.epochs() == EpochCount(finished: 2, planned: 2))
      #expect(outcome.metrics.epochs == EpochCount(finished: 2, planned: 2))
      #expect(try run.writtenPredictions() == outcome.predictions)
      #expect(try run.dataOrigin() == .other && run.record.dataOrigin == .other)
      func replace(_ path: KeyPath<RunFolder, String>) throws {
        try FileManager.default.removeItem(atPath: run.folder[keyPath: path])
        try FileManager.default.copyItem(
          atPath: other[keyPath: path], toPath: run.folder[keyPath: path])
      }
      try replace(\.predictions)
      #expect(throws: TrainingError.otherPredictions(path: run.folder.predictions)) {
        _ = try run.writtenPredictions()
      }
      try replace(\.split)
      // A run reads its split once.
      let edited = try FinishedRun(run.folder)
      let refusal = TrainingError.otherSplit(path: run.folder.split)
      #expect(throws: refusal) { _ = try edited.split() }
      #expect(throws: refusal) { _ = try edited.split(of: data.dataset) }
      #expect(throws: refusal) { _ = try edited.metrics(of: outcome.predictions) }
      #expect(throws: refusal) {
        settings.seed = 5
        _ = try data.run(root + "/run", settings, existing: .resume)
      }
    }
  }
}
