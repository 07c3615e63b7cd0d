// What a report needs beyond a run's files: the test set once more, maps, each branch ablated.

import ECGDatasets
import ECGExperiments
import ECGExplanations
import ECGFigures
import ECGFiles
import ECGInference
import ECGNetworks
import ECGParallel
import ECGTraining
import Foundation

/// A finished run looked at again with its data.
package struct RunAnalysis {
  /// The run.
  package let run: FinishedRun
  /// Its data and split.
  package let dataset: Dataset
  package let split: Split
  /// The last weights' answers on the test set, computed again.
  package let predictions: PredictionTable
  /// Their figures.
  package let metrics: FinalMetrics
  /// Each branch ablated; `nil` for a network without two.
  package let ablation: BranchAblation?
  /// Baselines on the traces for the same test set; `nil` where no page can be digitized.
  package let baselines: TraceBaselines?
  /// The weights of a linear network over mean beats; `nil` for another network.
  package let beatWeights: BeatWeights?
  /// The pages explained, with their rows of the predictions.
  package let cases: [(page: ExplainedPage, row: Prediction)]
  /// How they were chosen.
  package let reason: String

  /// The stages that maps are drawn of.
  package static let stages = [Stage.layer4, .layer3]
  /// What maps explain.
  package static let target = ExplanationTarget.predicted

  /// Looks at a run.
  package init(
    _ run: FinishedRun, dataset: Dataset, pages: PreparedPages, beats: BeatTable?,
    maximumMegapixels: Double, pool: WorkerPool
  ) throws {
    self.run = run
    self.dataset = dataset
    split = try run.split(of: dataset)
    let network = try run.network()
    let evaluated = try run.evaluated(by: network, dataset: dataset, pages: pages, pool: pool)
    predictions = evaluated.predictions
    let check = try TrainingPagesCheck(of: run, weights: .last)
    metrics = try run.metrics(
      of: predictions, unlikeTraining: check.count(evaluated, of: dataset),
      missingLeads: pages.missingLeads(of: predictions))
    ablation = try BranchAblation(
      of: run, network: network, dataset: dataset, pages: pages, pool: pool)
    baselines = try beats.map {
      try TraceBaselines($0, split: run.split(of: dataset), path: run.folder.path, pool: pool)
    }
    beatWeights = try beats.flatMap { try BeatWeights(of: run, network: network, table: $0) }
    let selection = CaseSelection(predictions)
    reason = selection.reason
    guard Self.stages.allSatisfy({ network.graph.stages[$0] != nil }) else {
      cases = []
      return
    }
    let explainer = try PageExplainer(
      of: run, weights: .last, stages: Self.stages, target: Self.target,
      maximumMegapixels: maximumMegapixels, pool: pool)
    cases = try selection.rows.map { row in
      (try explainer.explain("\(dataset.root)/\(row.item)"), row)
    }
  }

  /// Looks at a run with its data, from where they lie now.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - data: The folder of its data; as its record has it where `nil`.
  ///   - reader: Reads the data.
  ///   - whenRead: Called when they are read.
  package init(
    _ run: FinishedRun, data: String?, reader: DataReader, whenRead: () -> Void
  ) throws {
    let (dataset, pages) = try reader.prepared(
      data ?? run.record.data, classFolders: run.split().classFolders,
      for: run.record.settings, readingTraces: true)
    let beats = try reader.baselines(of: dataset, pages)
    whenRead()
    try self.init(
      run, dataset: dataset, pages: pages, beats: beats,
      maximumMegapixels: reader.maximumMegapixels, pool: reader.pool)
  }

  /// Whether the predictions differ from those that the training wrote at its end, as another build's
  /// may.
  package func differsFromWritten() throws -> Bool {
    try run.epochs().isWhole && run.writtenPredictions() != predictions
  }

  /// Writes the maps and the branches' table into the run folder.
  package func write(style: FigureStyle) throws {
    let folder = try ExplanationFolder(
      run.folder.maps, style: style, of: run.folder, weights: .last)
    for (page, _) in cases {
      for stage in Self.stages { _ = try folder.write(page, stage, target: Self.target) }
    }
    if let ablation {
      try createFolder(run.folder.tables)
      try ablation.csv.write(to: run.folder.tables + "/branches.csv")
    }
  }
}
