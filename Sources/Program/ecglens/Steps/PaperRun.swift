// The steps of `ecglens paper`, each leaving what a verb of its own would.

import ECGDatasets
import ECGExperiments
import ECGFiles
import ECGParallel
import ECGReports
import ECGResults
import ECGRunReports
import ECGTraining

/// Everything from the data to the report.
struct PaperRun {
  /// Folder of the data.
  let data: String
  /// Where `run`, `crossval` and `report.pdf` go.
  let out: String
  /// The flags.
  let options: TrainingOptions<PaperCommand>
  /// How much is trained.
  let plan: PaperPlan
  /// What to do with what is there already.
  let existing: ExistingRun
  /// Where its words go.
  let voice: Voice

  /// A run that writes nothing yet.
  init(
    data: String, out: String, options: TrainingOptions<PaperCommand>, quick: Bool,
    existing: ExistingRun,
    voice: Voice
  ) throws {
    (self.data, self.out, self.options) = (data, out, options)
    (self.existing, self.voice) = (existing, voice)
    plan = PaperPlan(options, quick: quick)
    _ = try plan.run.resolvedRecipe()
  }

  /// Takes all steps.
  ///
  /// - Throws: Of any step; what was finished is kept and `--resume` goes on.
  func make(stop: StopRequest) throws -> PaperOutcome {
    let pool = options.common.makePool()
    var settings = plan.run
    try options.split.check(data)
    step("reading \(data)")
    let (dataset, pages) = try options.reading.prepared(
      data, classFolders: options.split.classOptions.folders(),
      grouping: .all(table: settings.groups), for: settings, readingTraces: true, pool: pool,
      voice: voice)
    let beats = try options.reading.baselines(of: dataset, pages, pool: pool, voice: voice)
    let split = try options.split.split(dataset, seed: settings.seed)
    settings.adopt(split)
    voice.warn(about: split)
    // Everything that can be refused is, before anything is written.
    let experiment = ExperimentFolder(path: out + "/crossval")
    let validation = try crossValidation(in: experiment, dataset, pages, beats, pool: pool)
    let trunk = try settings.weights.map { try InitialTrunk($0, for: settings.network.kind) }
    try trunk?.check(against: split)
    voice.warn(about: trunk)
    let lock = try FolderLock(out, existing: existing)
    defer { withExtendedLifetime(lock) {} }

    step("training")
    let folder = RunFolder(path: out + "/run")
    let open = try OpenRun(folder, existing: .resume)
    let training = try TrainingRun(
      open, settings: settings, dataset: dataset, split: split, pages: pages,
      trunk: trunk, origin: .here, pool: pool)
    _ = try training.train(stop: stop, report: voice.progress.training)

    if let validation {
      step("cross-validating, \(plan.folds) folds")
      _ = try validation.run(stop: stop, report: voice.progress.cell)
    }

    step("evaluating, explaining, ablating branches")
    let run = try FinishedRun(folder)
    let analysis = try RunAnalysis(
      run, dataset: dataset, pages: pages, beats: beats,
      maximumMegapixels: options.reading.maxMegapixels,
      pool: pool)
    try voice.check(analysis)
    try analysis.write(style: voice.style(of: run.record))

    step("reporting")
    let report = out + "/report.pdf"
    try ReportPlace(report).write(
      RunReport(
        analysis: analysis, crossval: try validation.map { _ in try ExperimentReport(experiment) },
        maximumMegapixels: options.reading.maxMegapixels
      ).content(), of: ReportSource(of: [run], folder: run.folder.path))
    return PaperOutcome(
      report: report, run: folder.path, crossval: validation.map { _ in experiment.path },
      metrics: analysis.metrics)
  }

  /// The folds to train and test over; `nil`, with a warning, where folders declare the sets.
  private func crossValidation(
    in experiment: ExperimentFolder, _ dataset: Dataset, _ pages: PreparedPages,
    _ beats: BeatTable?, pool: WorkerPool
  ) throws -> CrossValidation? {
    guard !dataset.declaresSets else {
      voice.warn("\(data): no cross-validation, as its folders declare the training and test sets")
      return nil
    }
    return try CrossValidation(
      CrossValidationPlan(settings: plan.cell, folds: plan.folds), in: experiment,
      dataset: dataset, pages: pages, beats: beats, origin: .here, pool: pool)
  }

  private func step(_ text: String) { voice.progress.line("== \(text)") }
}

/// How much `paper` trains: the flags as they are, or small sizes where no flag says otherwise.
struct PaperPlan {
  /// The main run.
  let run: TrainingSettings
  /// Each fold of the cross-validation.
  let cell: TrainingSettings
  /// Folds.
  let folds: Int

  /// A plan.
  init(_ options: TrainingOptions<PaperCommand>, quick: Bool) {
    var run = options.settings
    var cell = run
    if quick {
      run.draws = options.optimization.draws ?? 360
      run.epochs = options.optimization.epochs ?? 4
      cell.draws = options.optimization.draws ?? 360
      cell.epochs = options.optimization.epochs ?? 2
      // Half the usual batch: so few images must still make enough steps.
      run.batch = options.optimization.batch ?? 16
      cell.batch = run.batch
    }
    (self.run, self.cell) = (run, cell)
    folds = quick ? options.split.folds ?? 3 : options.settings.folds
  }
}

/// What `paper` leaves.
struct PaperOutcome: Encodable {
  /// The PDF.
  let report: String
  /// The main run's folder.
  let run: String
  /// The cross-validation's folder; `nil` where there is none.
  let crossval: String?
  /// The main run's figures.
  let metrics: FinalMetrics

  /// The outcome as people read it.
  var text: String { "\(metrics.text)\n\nreport: \(report)" }
}
