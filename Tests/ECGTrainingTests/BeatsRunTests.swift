// Runs of the networks on beats: the same folder, the same ways, the same bits.

import ECGBaselines
import ECGFiles
import ECGMeasures
import ECGNetworks
import ECGParallel
import ECGSignals
import ECGTerms
import ECGWeights
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets
@testable import ECGTraining

@Suite("Runs on beats")
struct BeatsRunTests {
  /// Synthetic ECGs, 24 a class, as a data set whose files are never opened.
  private static let data: (dataset: Dataset, table: BeatTable) = {
    var items: [DatasetItem] = []
    var rows: [String: BeatFeatures] = [:]
    for (label, kind) in zip(ClassList.archive, ArchiveClass.allCases) {
      for index in 0..<24 {
        let digest = SHA256Digest.of(Data("\(label.key) \(index)".utf8))
        let item = DatasetItem(
          path: "\(label.key)/\(index).png", class: label, sha256: digest, pixels: digest)
        items.append(item)
        let ecg = SyntheticECG(seed: 8, index: index, label: kind)
        rows[item.ecg] = BeatFeatures(MeasuredRecording(ecg.recording))
      }
    }
    let dataset = Dataset(root: "nowhere", items: items)
    return (dataset, BeatTable(rows: dataset.ecgs.compactMap { rows[$0] }))
  }()

  private func settings(_ kind: NetworkKind) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.network = NetworkSpecification(kind: kind)
    (settings.draws, settings.epochs, settings.seed) = (320, 4, 5)
    settings.network.dropout = 0.1
    return settings
  }

  private func run(
    _ path: String, _ settings: TrainingSettings, existing: ExistingRun = .refuse, threads: Int = 1
  ) throws -> TrainingRun {
    let split = try Split.make(
      dataset: Self.data.dataset, protocol: settings.splitProtocol, testFraction: 0.3,
      seed: settings.seed)
    return try TrainingRun(
      OpenRun(RunFolder(path: path), existing: existing), settings: settings,
      dataset: Self.data.dataset, split: split, pages: .beats(Self.data.table),
      origin: TinyData.origin, pool: WorkerPool(threads: threads))
  }

  private func bytes(_ folder: String, _ name: String) throws -> Data {
    try readFile("\(folder)/\(name)")
  }

  @Test(
    "both learn the classes of synthetic ECGs, with the same bits for any number of threads",
    arguments: [NetworkKind.beatsLinear, .beats])
  func learns(kind: NetworkKind) throws {
    try withTemporaryFolder { root in
      let outcome = try run(root + "/one", settings(kind)).train()
      let accuracy = try #require(outcome.metrics.figures.accuracy)
      #expect(accuracy >= 0.5, "\(accuracy)")
      _ = try run(root + "/two", settings(kind), threads: 2).train()
      for name in ["last.safetensors", "predictions.csv", "beats.json", "split.json"] {
        #expect(try bytes(root + "/one", name) == bytes(root + "/two", name), "\(name)")
      }
    }
  }

  @Test(
    "a finished run read back gives its own answers", arguments: [NetworkKind.beatsLinear, .beats])
  func readBack(kind: NetworkKind) throws {
    try withTemporaryFolder { root in
      let outcome = try run(root + "/run", settings(kind)).train()
      let finished = try FinishedRun(RunFolder(path: root + "/run"))
      let split = try Split.read(finished.folder.split)
      let answers = try Evaluation(
        of: finished.network(), classes: split.trainedClasses, pool: WorkerPool(threads: 2)
      ).predictions(
        for: split.evaluationItems(.test), input: finished.input(.beats(Self.data.table)))
      #expect(answers.predictions == outcome.predictions)
    }
  }

  @Test(
    "the linear network is the fit: its logits, one epoch, a penalty found without the test set")
  func linear() throws {
    try withTemporaryFolder { root in
      let training = try run(root + "/run", settings(.beatsLinear))
      let outcome = try training.train()
      #expect(outcome.history.epochs.count == 1)
      let split = try Split.read(root + "/run/split.json")
      let fit = try LinearFit(
        Self.data.table, split: split, path: root, pool: WorkerPool(threads: 1))
      let direct = fit.predictions(for: split.evaluationItems(.test), of: Self.data.table)
      for (network, exact) in zip(outcome.predictions.rows, direct.rows) {
        for (a, b) in zip(network.logits, exact.logits) { #expect(abs(a - b) < 2e-4) }
      }
      let record = try BeatsRecord(of: RunFolder(path: root + "/run"))
      #expect(record.penalty?.trials.count == PenaltySearch.candidates.count)
      // Other test ECGs, the same training set: nothing of the fit changes.
      var rows = Self.data.table.rows
      let tested = Set(split.items.filter { $0.part == .test }.map(\.ecg))
      for (place, ecg) in split.ecgs.enumerated() where tested.contains(ecg) {
        rows[place] = .missing
      }
      let other = try LinearFit(
        BeatTable(rows: rows), split: split, path: root, pool: WorkerPool(threads: 1))
      #expect(other.regression == fit.regression && other.scaling == fit.scaling)
    }
  }

  @Test("a run of other features is refused in words")
  func otherFeatures() throws {
    try withTemporaryFolder { root in
      _ = try run(root + "/run", settings(.beatsLinear)).train()
      let path = root + "/run/beats.json"
      let text = String(decoding: try readFile(path), as: UTF8.self)
        .replacing("\"heart_rate\"", with: "\"pulse\"")
      try writeAtomically(Data(text.utf8), to: path)
      #expect(throws: TrainingError.otherFeatures(path: root + "/run")) {
        try FinishedRun(RunFolder(path: root + "/run")).input(.beats(Self.data.table))
      }
    }
  }

  @Test("as many columns as the networks read")
  func width() {
    let columns = BeatFeatures.scaling(of: Self.data.table.rows.map(\.values)).columns(
      BeatFeatures.names)
    #expect(columns.count == NetworkSpecification.beatColumns)
    #expect(Set(columns).count == columns.count)
  }
}
