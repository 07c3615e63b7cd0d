// What is known of a trunk's training, and that no test page was in it.

import ECGDatasets
import ECGFiles
import ECGParallel
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

@Suite("Initial trunks", .serialized)
struct InitialTrunkTests {
  private func split(_ data: TinyData, seed: UInt64, _ kind: SplitProtocol = .grouped) throws
    -> Split
  {
    try Split.make(dataset: data.dataset, protocol: kind, seed: seed)
  }

  @Test(
    "a checkpoint in its run folder has seen what the run was trained on, and its own trunk too")
  func known() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      var settings = TinyData.settings(.paperTable3, kind: .spatialOnly, epochs: 1)
      _ = try data.run(root + "/first", settings).train()
      let path = root + "/first/last.safetensors"
      let trunk = try InitialTrunk(path, for: .hybrid)
      let own = try split(data, seed: 5)
      let trained = Set(own.items.filter { $0.part != .test }.map(\.ecg))
      #expect(trunk.history.isKnown && trunk.history.ecgs == trained.count)
      #expect(trunk.history.runs.count == 1)
      #expect(trunk.seenTestECGs(of: own) == 0)
      try trunk.check(against: own)
      let other = try split(data, seed: 6)
      let tested = Set(other.items.filter { $0.part == .test }.map(\.ecg))
      #expect(trunk.seenTestECGs(of: other) == tested.intersection(trained).count)
      #expect(throws: TrainingError.self) { try trunk.check(against: other) }
      // Under a protocol that leaks, the result is marked as leaking anyhow.
      try trunk.check(against: split(data, seed: 6, .files))

      settings.weights = path
      _ = try data.run(root + "/second", settings).train()
      let second = try InitialTrunk(root + "/second/best.safetensors", for: .resnet18)
      #expect(second.history.isKnown && second.history.runs.count == 2)
      try FileManager.default.removeItem(atPath: root + "/first")
      let orphan = try InitialTrunk(root + "/second/last.safetensors", for: .resnet18)
      #expect(!orphan.history.isKnown && orphan.history.ecgs == trained.count)
    }
  }

  @Test("a file without a record has an unknown history, and a network without a trunk takes none")
  func unknown() throws {
    try withTemporaryFolder { root in
      let data = try TinyData(in: root)
      let settings = TinyData.settings(.paperTable3, kind: .spatialOnly, epochs: 1)
      _ = try data.run(root + "/run", settings).train()
      try FileManager.default.copyItem(
        atPath: root + "/run/last.safetensors", toPath: root + "/trunk.safetensors")
      let trunk = try InitialTrunk(root + "/trunk.safetensors", for: .spatialOnly)
      #expect(!trunk.history.isKnown && trunk.history.runs.isEmpty && trunk.history.ecgs == 0)
      #expect(throws: TrainingError.noTrunk(network: "plain-cnn")) {
        _ = try InitialTrunk(root + "/trunk.safetensors", for: .plainCNN)
      }
    }
  }
}
