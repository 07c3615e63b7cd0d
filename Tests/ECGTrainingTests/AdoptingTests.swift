// A finished run in place of training it again.

import ECGDatasets
import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Adopting a finished run", .serialized)
struct AdoptingTests {
  @Test("the same training's is taken, another's refused, an unfinished one's left")
  func adopting() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(.paperTable3)
      let folder = RunFolder(path: root + "/run")
      func split(_ seed: UInt64) throws -> Split {
        try Split.make(dataset: data.dataset, protocol: .grouped, seed: seed)
      }
      func adopted(_ settings: TrainingSettings, _ split: Split) throws -> PredictionTable? {
        let found = try FinishedRun.adopted(
          folder, settings: settings, dataset: data.dataset, split: split)
        return found?.predictions
      }
      #expect(try adopted(settings, split(5)) == nil)
      let outcome = try data.run(folder.path, settings).train()
      var elsewhere = settings
      elsewhere.cache = "/another/folder"
      #expect(try adopted(elsewhere, split(5)) == outcome.predictions)
      var other = settings
      other.draws += 1
      #expect(throws: TrainingError.self) { try adopted(other, split(5)) }
      #expect(throws: TrainingError.self) { try adopted(settings, split(6)) }
      try FileManager.default.removeItem(atPath: folder.metrics)
      #expect(try adopted(settings, split(5)) == nil)
    }
  }
}
