// Whole trainings on tiny data: the same bits whatever happens on the way.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGParallel
import ECGWeights
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Training runs", .serialized)
struct TrainingRunTests {
  /// What must not differ between equal trainings: weights, metrics without times, predictions.
  private func bits(_ path: String) throws -> [String] {
    let folder = RunFolder(path: path)
    var history = try TrainingHistory(contentsOf: folder.history)
    for index in history.epochs.indices {
      (history.epochs[index].seconds, history.epochs[index].imagesPerSecond) = (0, 0)
    }
    return try [
      SHA256Digest.of(file: folder.weights(.last)).description,
      SHA256Digest.of(file: folder.weights(.best)).description,
      SHA256Digest.of(file: folder.predictions).description,
      SHA256Digest.of(file: folder.metrics).description,
    ] + history.epochs.map(\.line)
  }

  @Test(
    "leave the same bits twice and with any number of threads", arguments: RecipeName.allCases)
  func determinism(recipe: RecipeName) throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(recipe)
      for (name, threads) in [("a", 1), ("b", 1), ("c", 2)] {
        _ = try data.run("\(root)/\(name)", settings, threads: threads).train()
      }
      let first = try bits(root + "/a")
      #expect(try first == bits(root + "/b"))
      #expect(try first == bits(root + "/c"))
      var other = settings
      other.seed += 1
      _ = try data.run("\(root)/d", other).train()
      #expect(try first[0] != bits(root + "/d")[0])
    }
  }

  // One of the large network, whose trunk thaws where it was interrupted.
  @Test(
    "interrupted in any epoch and resumed end with the bits of an uninterrupted one",
    arguments: [
      (RecipeName.steady, NetworkKind.globalOnly, 1), (.steady, .globalOnly, 2),
      (.paperTable3, .globalOnly, 3), (.paperText, .hybrid, 2),
    ])
  func resume(recipe: RecipeName, kind: NetworkKind, epoch: Int) throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(recipe, kind: kind, epochs: kind == .hybrid ? 2 : 3)
      _ = try data.run(root + "/whole", settings).train()
      try interrupt(data, root + "/cut", settings, epoch: epoch)
      let resumed = try data.run(root + "/cut", settings, existing: .resume, threads: 2)
      #expect(resumed.history.epochs.count == epoch - 1)
      _ = try resumed.train()
      #expect(try bits(root + "/cut") == bits(root + "/whole"))
    }
  }

  private func interrupt(
    _ data: TinyData, _ path: String, _ settings: TrainingSettings, epoch: Int,
    finished: @escaping (EpochRecord) -> Void = { _ in }
  ) throws {
    let stop = StopRequest()
    #expect(
      throws: TrainingError.interrupted(path: path, signal: .interrupt, epochs: epoch - 1)
    ) {
      _ = try data.run(path, settings).train(stop: stop) { event in
        switch event {
        case .finished(let record, _): finished(record)
        case .progress(let progress):
          if progress.epoch == epoch && progress.step == 2 { stop.raise(.interrupt) }
        }
      }
    }
  }

  @Test("a finished run and its copies read their split once")
  func splitOnce() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      _ = try data.run(root + "/run", TinyData.settings(.steady, epochs: 1)).train()
      let run = try FinishedRun(RunFolder(path: root + "/run"))
      let copy = run
      let items = try run.split().items
      try FileManager.default.removeItem(atPath: run.folder.split)
      #expect(try copy.split().items == items)
      #expect(throws: FileError.self) { try FinishedRun(run.folder).split() }
    }
  }

  @Test("killed between an epoch's weights and its state do that epoch again")
  func killedWhileSaving() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(.steady, epochs: 3)
      _ = try data.run(root + "/whole", settings).train()
      let (state, saved) = (root + "/cut/state", root + "/saved")
      var copied = Result<Void, any Error>.failure(CocoaError(.fileNoSuchFile))
      try interrupt(data, root + "/cut", settings, epoch: 3) { record in
        guard record.epoch == 1 else { return }
        copied = Result { try FileManager.default.copyItem(atPath: state, toPath: saved) }
      }
      try copied.get()
      // Weights and metrics of epoch 2 beside the state of epoch 1, and the rest of a torn writing.
      try FileManager.default.removeItem(atPath: state)
      try FileManager.default.moveItem(atPath: saved, toPath: state)
      try Data("torn".utf8).write(to: URL(fileURLWithPath: state + "/epoch-2.safetensors.tmp-1-1"))
      let resumed = try data.run(root + "/cut", settings, existing: .resume)
      #expect(resumed.history.epochs.count == 1)
      _ = try resumed.train()
      #expect(try bits(root + "/cut") == bits(root + "/whole"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: state) == ["state.json"])
    }
  }

  @Test("resumed after their end only write their figures again")
  func finished() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(.steady)
      _ = try data.run(root + "/run", settings).train()
      let before = try bits(root + "/run")
      let folder = RunFolder(path: root + "/run")
      try FileManager.default.removeItem(atPath: folder.predictions)
      try FileManager.default.removeItem(atPath: folder.metrics)
      _ = try data.run(root + "/run", settings, existing: .resume).train()
      #expect(try bits(root + "/run") == before)
    }
  }

  @Test("refuse to resume other settings, and name the flag")
  func otherSettings() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      var settings = TinyData.settings(.steady)
      try interrupt(data, root + "/run", settings, epoch: 2)
      settings.draws = 24
      settings.cache = "elsewhere"
      #expect(
        throws: TrainingError.differsFromRun(
          path: root + "/run", .setting(.draws), before: "20", now: "24")
      ) { _ = try data.run(root + "/run", settings, existing: .resume) }
    }
  }

  // Two epochs, so that answers of the first one's weights would be seen.
  @Test("are reproduced from their checkpoint to the bit")
  func evaluation() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(.steady, kind: .hybrid, epochs: 2)
      let outcome = try data.run(root + "/run", settings).train()
      let run = try FinishedRun(RunFolder(path: root + "/run"))
      let pool = WorkerPool(threads: 2)
      let cache = try data.cache(settings, pool)
      let network = try run.network()
      let table = try run.predictions(
        by: network, dataset: data.dataset, pages: .squares(cache), pool: pool)
      #expect(table == outcome.predictions)
      #expect(try PredictionTable(contentsOf: run.folder.predictions, classes: .archive) == table)
      let unlike = outcome.metrics.unlikeTraining
      #expect(try run.metrics(of: table, unlikeTraining: unlike) == outcome.metrics)
      #expect(try readJSON(FinalMetrics.self, from: run.folder.metrics) == outcome.metrics)
      #expect(outcome.metrics.figures.accuracy == outcome.history.epochs.last?.testAccuracy)
      for branch in Branch.allCases {
        let silenced = try run.predictions(
          by: network, dataset: data.dataset, pages: .squares(cache), silencing: branch, pool: pool)
        #expect(silenced != table)
      }
      #expect(run.record.settings.epochs == 2 && run.record.settings.batch == 8)
      #expect(try run.record.digests.split == SHA256Digest.of(file: run.folder.split).description)
    }
  }

  @Test("recompute statistics on the epoch's first draws, as an evaluation sees such pages")
  func statisticsSamples() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      var settings = TinyData.settings(.steady)
      settings.draws = 500
      let run = try data.run(root + "/grouped", settings)
      let draws = run.plan.samples(epoch: 2, draws: 500)
      let samples = run.statisticsSamples(epoch: 2)
      #expect(samples.count == 480 && draws[0].augmentation != .identity)
      #expect(samples.map(\.cacheIndex) == draws.prefix(480).map(\.cacheIndex))
      #expect(samples.allSatisfy { $0.augmentation == .identity })
      // A copy of the article's protocol is what it is: changed in the same way each time.
      settings.splitProtocol = .paper
      let paper = try data.run(root + "/paper", settings)
      let copies = paper.statisticsSamples(epoch: 1)
      #expect(copies == Array(paper.plan.samples(epoch: 1, draws: 500).prefix(480)))
      #expect(copies.contains { $0.augmentation != .identity })
    }
  }

  @Test("learn what can be learned", arguments: RecipeName.allCases)
  func learning(recipe: RecipeName) throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      var settings = TinyData.settings(recipe, epochs: 12)
      settings.draws = 64
      let outcome = try data.run(root + "/run", settings).train()
      let epochs = outcome.history.epochs
      #expect(epochs[11].trainLoss < 0.8 * epochs[0].trainLoss)
      if recipe == .steady { #expect((outcome.metrics.figures.accuracy ?? 0) > 0.7) }
    }
  }

  @Test("are not read with the checkpoint of another network")
  func otherNetwork() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      _ = try data.run(root + "/run", TinyData.settings(.paperTable3, epochs: 1)).train()
      let run = try FinishedRun(RunFolder(path: root + "/run"))
      let other = Network(NetworkSpecification(kind: .globalOnly, inputSide: 32), seed: 0)
      try Safetensors.write(other.tensors(), to: run.folder.weights(.last))
      let error = #expect(throws: WeightsError.self) { _ = try run.network() }
      #expect(error?.exitStatus == .badData)
      try FileManager.default.removeItem(atPath: run.folder.weights(.best))
      #expect(throws: TrainingError.noSuchWeights(path: run.folder.path, weights: "best")) {
        _ = try run.network(.best)
      }
    }
  }
}
