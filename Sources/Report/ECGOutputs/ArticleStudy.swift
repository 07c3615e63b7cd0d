// The article's study: training, cross-validation, explanation and report, each leaving what a verb of
// its own would.

import ECGDatasets
import ECGExperiments
import ECGFigures
import ECGFiles
import ECGParallel
import ECGPlotting
import ECGReports
import ECGRunReports
import ECGTraining

/// How much a study trains.
package struct StudyPlan {
  /// The main run.
  package let run: TrainingSettings
  /// Each fold of the cross-validation.
  package let cell: TrainingSettings
  /// Folds.
  package let folds: Int

  /// The plan of settings as they are, or of small sizes where none are given.
  ///
  /// - Parameters:
  ///   - settings: The settings.
  ///   - quick: Whether sizes that are not given are small: minutes instead of hours.
  ///   - given: The settings that are given.
  package init(_ settings: TrainingSettings, quick: Bool, given: [TrainingSetting]) {
    var (run, cell) = (settings, settings)
    if quick {
      if !given.contains(.draws) { (run.draws, cell.draws) = (360, 360) }
      if !given.contains(.epochs) { (run.epochs, cell.epochs) = (4, 2) }
      // Half the usual batch: so few images must still make enough steps.
      if !given.contains(.batch) { (run.batch, cell.batch) = (16, 16) }
    }
    (self.run, self.cell) = (run, cell)
    folds = quick && !given.contains(.folds) ? 3 : settings.folds
  }
}

/// Who hears of a study's steps.
package protocol StudyObserver {
  /// A step begins.
  func begins(_ step: String)
  /// The split that is used.
  func uses(_ split: Split)
  /// The initial trunk that is used.
  func uses(_ trunk: InitialTrunk)
  /// There are no folds, as the data's folders declare the sets.
  func hasNoFolds(_ data: String)
  /// The figures' typeface stands in for another.
  func standsIn(_ warning: String)
  /// A run was analyzed.
  func analyzed(_ analysis: RunAnalysis) throws
  /// The main training goes on.
  func training(_ event: TrainingEvent)
  /// A fold's training goes on.
  func cell(_ cell: CrossValidationPlan.Cell, _ event: TrainingEvent)
}

/// Everything from the data to the report.
package struct ArticleStudy {
  private let data, out: String
  private let plan: StudyPlan
  private let reader: DataReader
  private let observer: any StudyObserver

  /// A study that writes nothing yet.
  ///
  /// - Parameters:
  ///   - data: Folder of the data.
  ///   - out: Where `run`, `crossval` and `report.pdf` go.
  ///   - plan: How much is trained.
  ///   - reader: Reads the data.
  ///   - observer: Hears of the steps.
  /// - Throws: `TrainingError.setting` for what cannot be trained with.
  package init(
    data: String, out: String, plan: StudyPlan, reader: DataReader, observer: any StudyObserver
  ) throws {
    (self.data, self.out, self.plan) = (data, out, plan)
    (self.reader, self.observer) = (reader, observer)
    _ = try plan.run.resolvedRecipe()
  }

  /// Takes all steps.
  ///
  /// - Parameters:
  ///   - classFolders: The classes; those of the folders' names where `nil`.
  ///   - split: Splits the data.
  ///   - existing: What to do with what is there already.
  ///   - origin: What the runs record of the program.
  ///   - flag: The flag that names the folder.
  ///   - stop: Looked at between two steps of a training.
  /// - Throws: Of any step; what was finished is kept and can be resumed.
  package func make(
    classFolders: ClassFolders?, split makeSplit: (Dataset) throws -> Split, existing: ExistingRun,
    origin: RunOrigin, flag: String, stop: StopRequest
  ) throws -> StudyOutcome {
    var settings = plan.run
    observer.begins("reading \(data)")
    let (dataset, pages) = try reader.prepared(
      data, classFolders: classFolders, grouping: .all(table: settings.groups), for: settings,
      readingTraces: true)
    let beats = try reader.baselines(of: dataset, pages)
    let split = try makeSplit(dataset)
    settings.adopt(split)
    observer.uses(split)
    // Everything that can be refused is, before anything is written.
    let experiment = ExperimentFolder(path: out + "/crossval")
    let validation = try crossValidation(in: experiment, dataset, pages, beats, origin)
    let trunk = try settings.weights.map { try InitialTrunk($0, for: settings.network.kind) }
    try trunk?.check(against: split)
    if let trunk { observer.uses(trunk) }
    let lock = try FolderLock(out, existing: existing)
    defer { withExtendedLifetime(lock) {} }

    observer.begins("training")
    let folder = RunFolder(path: out + "/run")
    let training = try TrainingRun(
      OpenRun(folder, existing: .resume), settings: settings, dataset: dataset, split: split,
      pages: pages, trunk: trunk, origin: origin, pool: reader.pool)
    _ = try training.train(stop: stop, report: observer.training)

    if let validation {
      observer.begins("cross-validating, \(plan.folds) folds")
      _ = try validation.run(stop: stop, report: observer.cell)
    }

    observer.begins("evaluating, explaining, ablating branches")
    let run = try FinishedRun(folder)
    let analysis = try RunAnalysis(
      run, dataset: dataset, pages: pages, beats: beats,
      maximumMegapixels: reader.maximumMegapixels, pool: reader.pool)
    try observer.analyzed(analysis)
    try analysis.write(style: FigureStyle(of: run.record, warn: observer.standsIn))

    observer.begins("reporting")
    let report = out + "/report.pdf"
    try ReportPlace(report, flag: flag).write(
      RunReport(
        analysis: analysis, crossval: try validation.map { _ in try ExperimentReport(experiment) },
        maximumMegapixels: reader.maximumMegapixels
      ).content(), of: ReportSource(of: [run], folder: run.folder.path))
    return StudyOutcome(
      report: report, run: folder.path, crossval: validation.map { _ in experiment.path },
      metrics: analysis.metrics)
  }

  /// The folds to train and test over; `nil` where folders declare the sets.
  private func crossValidation(
    in experiment: ExperimentFolder, _ dataset: Dataset, _ pages: PreparedPages,
    _ beats: BeatTable?, _ origin: RunOrigin
  ) throws -> CrossValidation? {
    guard !dataset.declaresSets else {
      observer.hasNoFolds(data)
      return nil
    }
    return try CrossValidation(
      CrossValidationPlan(settings: plan.cell, folds: plan.folds), in: experiment,
      dataset: dataset, pages: pages, beats: beats, origin: origin, pool: reader.pool)
  }
}

/// What a study leaves.
package struct StudyOutcome: Encodable {
  /// The PDF.
  package let report: String
  /// The main run's folder.
  package let run: String
  /// The cross-validation's folder; `nil` where there is none.
  package let crossval: String?
  /// The main run's figures.
  package let metrics: FinalMetrics
}

package extension FigureStyle {
  /// How a run's figures are drawn.
  ///
  /// - Parameters:
  ///   - record: The run's record.
  ///   - warn: Hears of a typeface that stands in.
  /// - Throws: `PlottingError` without a typeface.
  init(of record: RunRecord, warn: (String) -> Void) throws {
    let typeface = try Typeface()
    if let warning = typeface.warning { warn(warning) }
    self.init(
      typeface: typeface, widthMillimetres: FigureWidth.doubleColumn,
      leakingProtocol: record.leaks ? record.protocol.rawValue : nil)
  }
}
