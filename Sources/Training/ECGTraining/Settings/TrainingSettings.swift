// Everything that decides what a training computes, as the command line names it.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGRaster
import Foundation

/// The settings of a training.
///
/// Encoded, the keys are the long flags' names, so that `run.json` can be given as `--config`. Two
/// trainings with equal settings on equal data leave the same bits, whatever the number of threads.
public struct TrainingSettings: Equatable, Sendable {
  /// Training recipe.
  public var recipe: RecipeName = .steady
  /// How the data are parted.
  public var splitProtocol: SplitProtocol = .grouped
  /// What is trained; its input side is the preprocessing's as well.
  public var network = NetworkSpecification()
  /// Training samples per epoch.
  public var draws = 3840
  /// Epochs in place of the recipe's.
  public var epochs: Int?
  /// Images per step in place of the recipe's.
  public var batch: Int?
  /// Random seed.
  public var seed: UInt64 = 0
  /// Preprocessing; `side` follows the network's input.
  public var preprocessing = Preprocessing()
  /// The share of the test set.
  public var testFraction = 0.2
  /// The share of the training set that is held out for choices.
  public var innerFraction = 0.1
  /// Folds that the split is numbered by.
  public var folds = 5
  /// The fold that is the test set in place of a share of the data.
  public var fold: Int?
  /// The file of the split, where it is not made from these settings; the protocol, the shares and the
  /// folds are then the file's.
  public var splitFile: String?
  /// A file of trunk weights to begin from.
  public var weights: String?
  /// A table of groups that are known to belong together.
  public var groups: String?
  /// A file of the classes and their folders; the folders' names are the classes where there is none.
  public var classes: String?
  /// Where decoded pages are kept; it changes nothing that is computed.
  public var cache: String?

  /// The defaults.
  public init() {}

  /// The recipe with what the settings override.
  ///
  /// - Throws: ``TrainingError/setting(_:value:allowed:)`` for what cannot be trained with.
  public func resolvedRecipe() throws(TrainingError) -> Recipe {
    let numbers: [(TrainingSetting, Int?)] = [(.epochs, epochs), (.batch, batch), (.draws, draws)]
    for (setting, number) in numbers {
      guard let number, let least = setting.leastWhole, number < least else { continue }
      throw .setting(setting, value: "\(number)", allowed: "\(least) or more")
    }
    var recipe = Recipe(recipe)
    if let epochs { recipe = recipe.lasting(epochs: epochs) }
    if let batch { recipe.batch = batch }
    recipe.dropout = network.dropout
    return network.kind == .beatsLinear ? recipe.fittedOnce() : recipe
  }
}

extension TrainingSettings: Codable {
  private typealias CodingKeys = TrainingSetting

  /// Reads the settings of an earlier run.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try values.decode(Value.self, forKey: key)
    }
    recipe = try value(.recipe)
    splitProtocol = try value(.splitProtocol)
    network = NetworkSpecification(
      kind: try value(.network), inputSide: try value(.input), globalSkip: try value(.globalSkip),
      dropout: try value(.dropout))
    draws = try value(.draws)
    epochs = try values.decodeIfPresent(Int.self, forKey: .epochs)
    batch = try values.decodeIfPresent(Int.self, forKey: .batch)
    seed = try value(.seed)
    preprocessing = Preprocessing(
      crop: try value(.crop), resize: try value(.resize), side: network.inputSide)
    testFraction = try values.decodeIfPresent(Double.self, forKey: .test) ?? testFraction
    innerFraction = try value(.inner)
    folds = try values.decodeIfPresent(Int.self, forKey: .folds) ?? folds
    fold = try values.decodeIfPresent(Int.self, forKey: .fold)
    splitFile = try values.decodeIfPresent(String.self, forKey: .split)
    weights = try values.decodeIfPresent(String.self, forKey: .weights)
    groups = try values.decodeIfPresent(String.self, forKey: .groups)
    classes = try values.decodeIfPresent(String.self, forKey: .classes)
    cache = try values.decodeIfPresent(String.self, forKey: .cache)
  }

  /// Writes every setting that is not left to its default.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(recipe, forKey: .recipe)
    try values.encode(splitProtocol, forKey: .splitProtocol)
    try values.encode(network.kind, forKey: .network)
    try values.encode(network.inputSide, forKey: .input)
    try values.encode(network.globalSkip, forKey: .globalSkip)
    try values.encode(network.dropout, forKey: .dropout)
    try values.encode(draws, forKey: .draws)
    try values.encodeIfPresent(epochs, forKey: .epochs)
    try values.encodeIfPresent(batch, forKey: .batch)
    try values.encode(seed, forKey: .seed)
    try values.encode(preprocessing.crop, forKey: .crop)
    try values.encode(preprocessing.resize, forKey: .resize)
    // Declared sets have a share and folds of their own, which no flag may change.
    if !splitProtocol.isDeclared {
      try values.encode(testFraction, forKey: .test)
      try values.encode(folds, forKey: .folds)
    }
    try values.encode(innerFraction, forKey: .inner)
    try values.encodeIfPresent(fold, forKey: .fold)
    try values.encodeIfPresent(splitFile, forKey: .split)
    try values.encodeIfPresent(weights, forKey: .weights)
    try values.encodeIfPresent(groups, forKey: .groups)
    try values.encodeIfPresent(classes, forKey: .classes)
    try values.encodeIfPresent(cache, forKey: .cache)
  }
}

extension TrainingSettings {
  /// Every setting and its value, sorted by name, as a report lists them.
  public func listed() throws -> [(setting: TrainingSetting, value: String)] {
    let values = try JSONDecoder().decode([String: Scalar].self, from: encodeJSON(self))
    return TrainingSetting.allCases.sorted { $0.rawValue < $1.rawValue }.compactMap { setting in
      values[setting.rawValue].map { (setting, $0.text) }
    }
  }

  /// The settings that determine every epoch of a run, one line per setting; files that they name are
  /// identified by digests instead.
  func fingerprint() throws -> String {
    let elsewhere = Self.comparedElsewhere.union([.epochs])
    return try listed().filter { !elsewhere.contains($0.setting) }
      .map { "\($0.setting.rawValue)=\($0.value)\n" }.joined()
  }

  private static var comparedElsewhere: Set<TrainingSetting> {
    [.cache, .split, .weights, .groups, .classes]
  }

  /// The first setting that computes something else than another run's, or `nil`.
  ///
  /// What changes nothing in either is not compared.
  public func difference(from earlier: TrainingSettings) throws -> (
    setting: TrainingSetting, before: String, now: String
  )? {
    // The cache changes nothing; the others are compared by what their files hold.
    let elsewhere = Self.comparedElsewhere
    let compared = TrainingSetting.allCases.filter {
      !elsewhere.contains($0) && (reasonUnused($0) == nil || earlier.reasonUnused($0) == nil)
    }
    func table(_ settings: TrainingSettings) throws -> [TrainingSetting: String] {
      Dictionary(uniqueKeysWithValues: try settings.listed().map { ($0.setting, $0.value) })
    }
    let (before, now) = (try table(earlier), try table(self))
    let found = compared.sorted { $0.rawValue < $1.rawValue }.first { before[$0] != now[$0] }
    return found.map { ($0, before[$0] ?? "unset", now[$0] ?? "unset") }
  }
}

/// A JSON value that is neither list nor object, as text.
private struct Scalar: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      text = "\(flag)"
    } else if let whole = try? container.decode(UInt64.self) {
      text = "\(whole)"
    } else if let number = try? container.decode(Double.self) {
      text = "\(number)"
    } else {
      text = try container.decode(String.self)
    }
  }
}
