// The plan of a repeated k-fold cross-validation over groups.

import ECGRandom
import ECGTraining

/// What a cross-validation trains: each fold once the test set, with new folds each repeat.
public struct CrossValidationPlan: Equatable, Sendable {
  /// How every cell is trained; a repeat has a random seed of its own.
  public var settings: TrainingSettings
  /// Folds of the data.
  public let folds: Int
  /// The random seed of each repeat, the settings' first.
  public let seeds: [UInt64]

  /// A plan.
  public init(settings: TrainingSettings, folds: Int, repeats: Int = 1) {
    precondition(folds >= 2 && repeats >= 1, "\(folds) folds, \(repeats) repeats")
    (self.settings, self.folds) = (settings, folds)
    seeds = (0..<repeats).map { repeatSeed(settings.seed, $0) }
  }

  /// How often the data are split into folds.
  public var repeats: Int { seeds.count }

  /// The cells in the order in which they are trained.
  public var cells: [Cell] {
    (0..<repeats).flatMap { round in
      (0..<folds).map { Cell(round: round, fold: $0, repeats: repeats) }
    }
  }

  /// The settings of a cell.
  public func settings(of cell: Cell) -> TrainingSettings {
    var settings = settings
    (settings.seed, settings.folds, settings.fold) = (seeds[cell.round], folds, cell.fold)
    return settings
  }

  /// One training of the plan.
  public struct Cell: Equatable, Sendable {
    /// Which repeat, from 0.
    public let round: Int
    /// Which fold is the test set, from 0.
    public let fold: Int
    let repeats: Int

    /// The name of its run folder and table row.
    public var name: String {
      repeats == 1 ? "fold-\(fold + 1)" : "repeat-\(round + 1)-fold-\(fold + 1)"
    }
  }

  /// What another plan has otherwise; `nil` where both train the same.
  func difference(from earlier: CrossValidationPlan) throws -> PlanDifference? {
    // Every cell tests a fold, so no share of the data counts.
    var (before, now) = (earlier.settings, settings)
    (before.fold, now.fold) = (0, 0)
    if let found = try now.difference(from: before) {
      return .setting(found.setting, before: found.before, now: found.now)
    }
    if folds != earlier.folds {
      return .setting(.folds, before: "\(earlier.folds)", now: "\(folds)")
    }
    if repeats != earlier.repeats { return .repeats(before: earlier.repeats, now: repeats) }
    if seeds != earlier.seeds { return .seeds }
    if settings.weights != earlier.settings.weights { return .files([.weights]) }
    if settings.groups != earlier.settings.groups { return .files([.groups]) }
    return nil
  }
}

extension CrossValidationPlan: ExperimentPlan {
  private enum CodingKeys: String, CodingKey {
    case settings, folds, repeats
    case seeds = "repeat_seeds"
  }

  /// Reads `plan.json`; in one of an older version the seeds of repeats follow each other.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    settings = try values.decode(TrainingSettings.self, forKey: .settings)
    folds = try values.decode(Int.self, forKey: .folds)
    let repeats = try values.decode(Int.self, forKey: .repeats)
    let seed = settings.seed
    seeds =
      try values.decodeIfPresent([UInt64].self, forKey: .seeds)
      ?? (0..<max(0, repeats)).map { seed &+ UInt64($0) }
    guard folds >= 2, repeats >= 1, seeds.count == repeats else {
      throw DecodingError.dataCorruptedError(
        forKey: .repeats, in: values,
        debugDescription: "\(folds) folds, \(repeats) repeats, \(seeds.count) seeds")
    }
  }

  /// Writes `plan.json`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(settings, forKey: .settings)
    try values.encode(folds, forKey: .folds)
    try values.encode(repeats, forKey: .repeats)
    try values.encode(seeds, forKey: .seeds)
  }
}
