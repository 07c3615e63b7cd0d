// A run's settings and origin as lists of facts.

import ECGDatasets
import ECGFigures
import ECGReports
import ECGResults
import ECGTraining

/// What a run's own files say of it.
package struct RunFacts {
  private let finished: FinishedRun
  private let parameters: Int

  /// The facts of a run.
  package init(_ run: FinishedRun) {
    finished = run
    parameters = run.record.network.parameterCount
  }

  private var record: RunRecord { finished.record }
  private var settings: TrainingSettings { record.settings }

  /// The report's title.
  package var title: String {
    settings.network.kind == .beatsLinear
      ? "Linear network on beats"
      : "\(settings.network.kind.rawValue.capitalizedFirst) network, recipe \(settings.recipe.rawValue)"
  }

  /// Data, protocol and seed.
  package var subtitle: String {
    "Data \(record.data), protocol \(record.protocol.rawValue), seed \(settings.seed)"
  }

  /// Which weights the figures are of.
  package func weightsName() throws -> String {
    if settings.network.kind == .beatsLinear { return "fitted weights" }
    return try settings.resolvedRecipe().weightAverageDecay == nil
      ? "last epoch" : "averaged weights after the last epoch"
  }

  /// The run in a few lines.
  package func run() throws -> [Fact] {
    let recipe = try settings.resolvedRecipe()
    let input = settings.network.input
    let network = Fact(
      "Network",
      "\(settings.network.kind.rawValue), \(parameters.grouped) parameters, input "
        + (settings.network.kind.readsTraces
          ? "\(input.c.grouped) measures and values of mean beats"
          : "\(input.c) × \(input.h) × \(input.w)"))
    if settings.network.kind == .beatsLinear {
      let penalty = try BeatsRecord(of: finished.folder).penalty?.best.inversePenalty
      return [
        network,
        Fact(
          "Training",
          "multinomial logistic regression, every class weighing the same, fitted to its minimum; "
            + "C = \(penalty.map { "\($0)" } ?? "?") by cross-validation inside the training set"),
      ]
    }
    return [
      network,
      Fact("Recipe", "\(settings.recipe.rawValue), batch \(recipe.batch)"),
      Fact(
        "Training",
        "\(Self.count(ofEpochs: recipe.epochs)) of \(settings.draws.grouped) draws balanced over the "
          + "classes"),
      Fact("Initial trunk", settings.weights ?? "random, seed \(settings.seed)"),
    ]
  }

  /// All settings, in groups.
  package func groups() throws -> [FactGroup] {
    let recipe = try settings.resolvedRecipe()
    let rates = recipe.phases.map { phase in
      "\(Self.count(ofEpochs: phase.epochs)): trunk \(phase.trunkRate.map { "\($0)" } ?? "frozen"), "
        + "rest \(phase.restRate)"
    }
    let schedule =
      switch recipe.schedule {
      case .constant: "constant"
      case .cosine(let warmUp): "cosine, warm-up over \(Int(100 * warmUp)) % of the steps"
      }
    return [
      FactGroup(
        "Recipe",
        [
          Fact("Learning rates", rates.joined(separator: "; ")), Fact("Schedule", schedule),
          Fact("Optimizer", recipe.weightDecay > 0 ? "AdamW, decay \(recipe.weightDecay)" : "Adam"),
          Fact("Label smoothing", "\(recipe.labelSmoothing)"),
          Fact("EMA of weights", recipe.weightAverageDecay.map { "\($0)" } ?? "none"),
          Fact(
            "BatchNorm statistics",
            recipe.statisticsImages > 0
              ? "recomputed on \(recipe.statisticsImages) training images" : "running"),
        ]),
      FactGroup(
        "Flags",
        try settings.listed().filter { settings.reasonUnused($0.setting) == nil }
          .map { Fact($0.setting.flag, $0.value) }),
    ]
  }

  /// Versions, instruction set, digests.
  package var environment: [Fact] {
    record.versions.sorted { $0.key < $1.key }.map { Fact($0.key, $0.value) } + [
      Fact("Instruction set", record.instructionSet), Fact("Threads", "\(record.threads)"),
      Fact("Digest of the data", record.digests.data),
      Fact("Digest of the split", record.digests.split),
      Fact("Digest of the initial weights", record.digests.initialWeights),
    ] + (record.dataOrigin.map { [Fact("Origin of the pages", $0.rawValue)] } ?? [])
  }

  private static func count(ofEpochs epochs: Int) -> String {
    epochs == 1 ? "1 epoch" : "\(epochs) epochs"
  }

  /// The command as it was typed.
  package var commandLine: String {
    (["ecglens"] + record.command.dropFirst()).joined(separator: " ")
  }
}

package extension ProtocolStatement {
  /// What a protocol does.
  init(_ protocol: SplitProtocol) {
    let text =
      switch `protocol` {
      case .paper:
        "Every class is balanced to \(Split.paperSamples.grouped) samples by augmented copies of its "
          + "files, then split by sample: copies of one ECG, and augmented copies of one file, lie "
          + "on both sides. A metric under this protocol measures the recognition of copies."
      case .files:
        "Split by file: byte copies of one ECG lie on both sides, so part of the test set is recalled "
          + "from training."
      case .distinct:
        "Split by distinct ECG: files with equal pixels, and pages with the same traces, lie on one "
          + "side. Pages of one visit may lie on both."
      case .grouped:
        "Split by group: files with equal pixels, pages with the same traces, and pages that a "
          + "printed number or a table of groups puts together, lie on one side."
      case .declared:
        "The training and test sets are those of the data's folders. No test ECG was found to have a "
          + "copy in the other sets; pages of one visit may lie on both sides."
      case .declaredLeaking:
        "The training and test sets are those of the data's folders. Test ECGs have copies in the other "
          + "sets: a metric measures in part the recognition of training pages."
      }
    self.init(name: `protocol`.rawValue, leaks: `protocol`.leaks, description: text)
  }
}

package extension PhaseMark {
  /// The phases of a recipe that has more than one.
  static func marks(of recipe: Recipe) -> [PhaseMark] {
    guard recipe.phases.count > 1 else { return [] }
    var first = 1
    return recipe.phases.map { phase in
      defer { first += phase.epochs }
      return PhaseMark(
        firstEpoch: first, name: phase.trunkRate == nil ? "trunk frozen" : "all layers")
    }
  }
}
