// `ecglens compare-protocols`: the effect of each leak.

import ArgumentParser
import ECGDatasets
import ECGExperiments
import ECGFiles
import ECGOutputs
import ECGParallel
import ECGResults
import ECGRunReports
import ECGTraining

/// The protocols to compare.
struct ComparedProtocolsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Protocols to compare, separated by commas. (default: \(ProtocolList.all))",
      discussion: SplitProtocol.allValueStrings.map {
        "\($0): \(SplitProtocol.allValueDescriptions[$0] ?? "")"
      }.joined(separator: "\n"), valueName: "names"),
    transform: ProtocolList.parse)
  var protocols: ProtocolList?
}

struct CompareProtocolsCommand: ParsableCommand, ChecksFlags, SplittingVerb {
  static let refusedSplitFlags: Set<TrainingSetting> = [.splitProtocol, .folds]
  static let defaultInner = 0.0

  static let configuration = CommandConfiguration(
    commandName: "compare-protocols",
    abstract: "Train one network under each splitting protocol to measure the effect of leakage.",
    discussion: """
      Network, seed and number of updates are the same under every protocol; only the splits differ. \
      By default no validation set is held out, as the protocol augmented-samples has none. A data \
      folder that declares training and test sets is refused. Finished cells are not trained again.

      Example:
        ecglens compare-protocols scans --draws 960 --epochs 20 --out protocols
      """)

  @Argument(help: "Data folder with one subfolder per class.", completion: .directory)
  var data: String
  @OptionGroup(title: "Data") var compared: ComparedProtocolsOptions
  @OptionGroup var options: TrainingOptions<Self>

  private var protocols: ProtocolList? { compared.protocols }
  private var folder: FolderOptions { options.folder }
  private var out: String { folder.out }

  func checkFlags() throws {
    try options.checkFlags(
      for: settings,
      replaced: [
        .splitProtocol: ("every protocol is compared", "use --protocols"),
        .folds: ("each protocol has one test set", "omit it"),
      ])
  }

  /// The settings of every cell; one that leaks has its protocol's own split.
  private var settings: TrainingSettings {
    var settings = options.settings
    if let protocols, protocols.protocols.allSatisfy({ $0 == .paper }) {
      settings.splitProtocol = .paper
    }
    return settings
  }

  func run() throws {
    let signals = SignalWatch()
    let voice = options.common.voice
    let pool = options.common.makePool()
    let settings = settings
    _ = try settings.resolvedRecipe()
    let experiment = ExperimentFolder(path: out)
    try options.checkPlaces(out: out, data: data)
    try folder.check(own: ["plan.json", "cells"], others: ["run.json"])
    try options.reading.checkNoDeclaredSets(
      data, classFolders: options.split.classOptions.folders())
    let plan = ProtocolComparisonPlan(
      settings: settings, protocols: protocols?.protocols ?? SplitProtocol.allCases)
    if folder.resume { try plan.checkKeepsProtocols(of: experiment) }
    let reader = options.reading.reader(pool: pool, voice: voice)
    let (dataset, pages) = try reader.prepared(
      data, classFolders: options.split.classOptions.folders(),
      grouping: .all(table: settings.groups), for: settings, readingTraces: true)
    let comparison = try ProtocolComparison(
      plan, in: experiment, dataset: dataset, pages: pages,
      beats: { try reader.baselines(of: dataset, pages) },
      origin: .here, pool: pool)
    if options.split.inner != nil, plan.protocols.contains(.paper) {
      voice.warn("--inner: not used under the protocol paper, which holds out no validation set")
    }
    voice.warn(about: comparison.trunk)
    let lock = try FolderLock(out, existing: folder.existing)
    defer { withExtendedLifetime(lock) {} }
    let result = try comparison.run(
      stop: signals.handOver(),
      adopted: { voice.progress.line("\($0.rawValue): already finished, not trained again") },
      report: voice.progress.cell)
    try ReportPlace(experiment.report).write(
      ComparisonReport(experiment, plan, result).content(),
      of: ReportSource(of: plan, in: experiment))
    let outcome = ComparisonResult(experiment: out, report: experiment.report, result: result)
    try voice.say(outcome, text: outcome.text)
  }
}

/// Protocols as a flag's value.
struct ProtocolList: Equatable {
  /// In the order in which they were named.
  let protocols: [SplitProtocol]

  /// All protocols, as a value of the flag.
  static var all: String { SplitProtocol.allValueStrings.joined(separator: ",") }

  /// A parser whose fault names the protocols.
  static func parse(_ text: String) throws -> ProtocolList {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let found = names.compactMap(SplitProtocol.init(argument:)).filter { !$0.isDeclared }
    guard found.count == names.count else {
      throw Number.Fault(
        description: "use some of "
          + SplitProtocol.allValueStrings.joined(separator: ", ")
          + ", separated by commas")
    }
    return ProtocolList(protocols: found)
  }
}
