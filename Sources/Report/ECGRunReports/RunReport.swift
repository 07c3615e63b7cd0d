// The content of a run's report.

import ECGDatasets
import ECGFigures
import ECGFiles
import ECGInference
import ECGMetrics
import ECGNetworks
import ECGRaster
import ECGReports
import ECGResults
import ECGTerms
import ECGTraining
import Foundation

/// A run as a report says it.
package struct RunReport {
  /// The run, looked at with its data.
  package let analysis: RunAnalysis
  /// A cross-validation to stand beside the run.
  package var crossval: ExperimentReport?
  /// Larger pages are refused.
  package let maximumMegapixels: Double

  /// A report's source.
  package init(
    analysis: RunAnalysis, crossval: ExperimentReport? = nil, maximumMegapixels: Double
  ) {
    self.analysis = analysis
    self.crossval = crossval
    self.maximumMegapixels = maximumMegapixels
  }

  private var run: FinishedRun { analysis.run }
  package var settings: TrainingSettings { run.record.settings }

  /// The report's values.
  ///
  /// - Throws: ``CrossvalMismatch`` where the cross-validation is of other data or another network.
  package func content() throws -> ReportContent {
    try crossval?.checkStandsBeside(run)
    let epochs = try run.epochs()
    let facts = RunFacts(run)
    let origin = try run.dataOrigin()
    let isSynthetic = origin == .synthetic
    let statement = ProtocolStatement(run.record.protocol)
    let weightsName = try facts.weightsName()
    let result = TestResult(
      analysis.metrics.figures, classes: run.record.classList, unit: testUnit,
      weightsName: weightsName, published: origin == .archive ? .tableIV : nil)
    let baselines = analysis.baselines?.figure(
      beside: analysis.metrics.figures, name: settings.network.kind.rawValue,
      groups: analysis.split.groups, unit: testUnit)
    let kind = settings.network.kind
    return ReportContent(
      title: facts.title,
      subtitle: facts.subtitle + (epochs.isWhole ? "" : ", UNFINISHED: \(epochs.text)"),
      splitProtocol: statement,
      sections: [
        .result(
          result, statement: statement, baselines: baselines, counts: counts, countUnit: countUnit),
        .run(try facts.run()),
        .data(
          samples: try samples(whole: isSynthetic), region: kind.readsTraces ? nil : try region()),
        kind == .beatsLinear ? nil : .training(try curves(), weightsName: weightsName),
        .results(result),
        .weights(
          beats: analysis.beatWeights?.beats, measures: analysis.beatWeights?.measures),
        .heatMaps(heatMaps),
      ]
        + .onNewPage([
          .branches(ablation), .folds(crossval?.folds),
          .claims(claims, limits: limits(synthetic: isSynthetic, epochs: epochs)),
        ])
        + .onNewPage([
          .settings(try facts.groups()),
          .environment(facts.environment, command: facts.commandLine),
          .credits(analysis.dataset.holdsArchivePages ? ImageCredit.archive : nil),
        ]))
  }

  /// What was tested.
  private var testUnit: String {
    analysis.split.protocol.countsEveryItem ? run.record.protocol.unit : "ECGs"
  }

  /// What the counts of each set are.
  private var countUnit: String {
    analysis.split.protocol.countsEveryItem ? run.record.protocol.unit : "distinct ECGs"
  }

  private var counts: [ClassCount] {
    let known = analysis.dataset.counts
    return known.map { label, files, distinct in
      func count(_ part: Part) -> Int {
        let count = analysis.split.count(part, label)
        return analysis.split.protocol.countsEveryItem ? count.items : count.distinct
      }
      return ClassCount(
        diagnosis: label, files: files, distinct: distinct, train: count(.train),
        inner: count(.inner), test: count(.test))
    }
  }

  private func page(_ item: DatasetItem) throws -> Image {
    try Image(
      contentsOf: analysis.dataset.filePath(item), maximumMegapixels: maximumMegapixels)
  }

  /// The first page of each class; of real pages without the header, which bears a patient's data.
  private func samples(whole: Bool) throws -> [SamplePagesFigure.Sample] {
    try analysis.dataset.counts.compactMap { label, _, distinct in
      guard let item = analysis.dataset.items.first(where: { $0.class == label }) else {
        return nil
      }
      let page = try page(item)
      let (seen, crop) = try settings.preprocessing.crop.kept(of: page, path: item.path)
      return SamplePagesFigure.Sample(
        diagnosis: label, image: whole ? page : seen.cropped(to: crop), path: item.path,
        classCount: distinct)
    }
  }

  private func region() throws -> RegionFigure? {
    let items = analysis.dataset.items
    guard let item = items.first(where: { $0.class == .hmi }) ?? items.first else { return nil }
    let page = try page(item)
    let preprocessing = settings.preprocessing
    let seen = try preprocessing.crop.seen(of: page, path: item.path)
    return RegionFigure(
      page: seen.page, crop: seen.part, input: preprocessing.square(of: seen),
      ruleName: preprocessing.crop.argument, resizeName: preprocessing.resize.rawValue)
  }

  private func curves() throws -> TrainingCurvesFigure {
    TrainingCurvesFigure(
      epochs: try run.history().epochs.map {
        EpochPoint(
          epoch: $0.epoch, trainLoss: $0.trainLoss, trainAccuracy: $0.trainAccuracy,
          innerLoss: $0.innerLoss, innerAccuracy: $0.innerAccuracy, testLoss: $0.testLoss,
          testAccuracy: $0.testAccuracy)
      }, phases: PhaseMark.marks(of: try settings.resolvedRecipe()), trainCount: settings.draws,
      innerCount: analysis.split.evaluationItems(.inner).count,
      testCount: analysis.predictions.labelled.count)
  }

  private var heatMaps: [CaptionedHeatMaps] {
    RunAnalysis.stages.compactMap { stage in
      let cases = analysis.cases.compactMap { page, row in
        page.figureCase(stage, path: row.item, caption: CaseSelection.caption(row))
      }
      guard !cases.isEmpty else { return nil }
      return CaptionedHeatMaps(
        figure: HeatMapFigure(
          cases: cases, quantity: heatQuantity(RunAnalysis.target, stage), signed: false),
        caption: analysis.reason
          + " The map's positive part, over what the network sees; it covers "
          + "the spatial branch only, the global branch has no map.")
    }
  }

  private var ablation: AblationFigure? {
    guard let rows = analysis.ablation?.rows, let whole = rows.first else { return nil }
    let largest = whole.figures.perClass.map(\.support).max() ?? 0
    return AblationFigure(
      variants: rows.map {
        .init(
          name: $0.silenced.map { "\($0.rawValue) branch set to zero" } ?? "both branches",
          correct: $0.figures.confusion.correct, total: $0.figures.n)
      },
      majority: whole.figures.n > 0 ? Double(largest) / Double(whole.figures.n) : nil,
      unit: testUnit)
  }

  private var claims: [String] {
    let figures = analysis.metrics.figures
    guard let accuracy = figures.accuracy, let interval = figures.accuracyCI95 else { return [] }
    let bounds = "\(shareText(interval.lower)) to \(shareText(interval.upper))"
    if let leak = run.record.leak {
      return [
        "An accuracy of \(shareText(accuracy)) (95 % interval \(bounds)) on \(figures.n) test \(testUnit), "
          + "with \(leak): in part the recognition of training pages."
      ]
    }
    return [
      "An accuracy of \(shareText(accuracy)) on \(figures.n) test \(testUnit) that share no ECG with "
        + "training; its 95 % interval is \(bounds)."
    ]
  }
}
