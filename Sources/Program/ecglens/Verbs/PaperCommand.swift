// `ecglens paper`: from a folder of scans to a report, in one go.

import ArgumentParser
import ECGDatasets
import ECGExperiments
import ECGOutputs
import ECGResults
import ECGRunReports
import ECGTraining

/// The amount of training.
struct ScaleOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Minutes instead of hours: 360 samples per epoch, 4 epochs, batch size 16, three folds.")
  var quick = false
}

struct PaperCommand: ParsableCommand, ChecksFlags, SplittingVerb {

  static let configuration = CommandConfiguration(
    commandName: "paper",
    abstract:
      "Run the article's study in one go: split, train, evaluate, explain, ablate, cross-validate, report.",
    discussion: """
      The article is Rishika et al., "Lightweight CNN-Based approach for Multi-Class ECG Image \
      Classification". By default the study runs with this program's splitting protocol and recipe; \
      the article's own are --protocol augmented-samples --recipe article-table3. Takes hours; \
      --quick takes minutes.

      Example:
        ecglens paper scans --quick --out study
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup var options: TrainingOptions<Self>
  @OptionGroup(title: "Training") var scale: ScaleOptions

  private var quick: Bool { scale.quick }
  private var folder: FolderOptions { options.folder }
  private var out: String { folder.out }

  func checkFlags() throws { try options.checkFlags(for: options.settings, replaced: [:]) }

  func run() throws {
    let signals = SignalWatch()
    let voice = options.common.voice
    try options.checkPlaces(out: out, data: data)
    try folder.check(own: ["run"], others: ["run.json", "plan.json"])
    let study = try ArticleStudy(
      data: data, out: out,
      plan: StudyPlan(options.settings, quick: quick, given: options.given),
      reader: options.reading.reader(pool: options.common.makePool(), voice: voice),
      observer: voice)
    try options.split.check(data)
    let outcome = try study.make(
      classFolders: options.split.classOptions.folders(),
      split: { try options.split.split($0, seed: options.settings.seed) },
      existing: folder.existing, origin: .here, flag: "--out", stop: signals.handOver())
    try voice.say(outcome, text: "\(outcome.metrics.text)\n\nreport: \(outcome.report)")
  }
}

extension Voice: StudyObserver {
  func begins(_ step: String) { progress.line("== \(step)") }
  func uses(_ split: Split) { warn(about: split) }
  func uses(_ trunk: InitialTrunk) { warn(about: trunk) }
  func hasNoFolds(_ data: String) {
    warn("\(data): no cross-validation, as its folders declare the training and test sets")
  }
  func standsIn(_ warning: String) { warn(warning) }
  func analyzed(_ analysis: RunAnalysis) throws { try check(analysis) }
  func training(_ event: TrainingEvent) { progress.training(event) }
  func cell(_ cell: CrossValidationPlan.Cell, _ event: TrainingEvent) { progress.cell(cell, event) }
}
