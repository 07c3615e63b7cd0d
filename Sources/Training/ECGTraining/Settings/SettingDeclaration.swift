// The declaration of each setting: help, kind of value, range and default, in one place.

import ECGNetworks

/// The numbers that a setting may be.
public enum SettingRange: Equatable, Sendable {
  /// Whole numbers.
  case whole(ClosedRange<Int>)
  /// Proportions below 1: above 0, or from 0.
  case proportion(includingZero: Bool)
}

/// What help, command line, configuration and record have to know of a setting besides its name.
public struct SettingDeclaration: Equatable, Sendable {
  /// A sentence, with the unit.
  public let help: String
  /// The kind of value, as in "file"; `nil` for a switch.
  public let valueName: String?
  /// The default in words; `nil` where there is none, or where it is a plain number.
  public let defaultText: String?
  /// The numbers that it may be; `nil` where it is no number.
  public let range: SettingRange?

  fileprivate init(
    _ help: String, _ valueName: String?, default defaultText: String? = nil,
    range: SettingRange? = nil
  ) {
    (self.help, self.valueName) = (help, valueName)
    (self.defaultText, self.range) = (defaultText, range)
  }
}

extension TrainingSetting {
  /// The long flag.
  public var flag: String { "--\(rawValue)" }

  /// The setting's declaration; its defaults are those of ``TrainingSettings/init()``.
  public var declaration: SettingDeclaration {
    let standard = TrainingSettings()
    let recipe = Recipe(standard.recipe)
    return switch self {
    case .recipe: .init("Training recipe.", "name", default: standard.recipe.rawValue)
    case .network: .init("Network.", "name", default: standard.network.kind.rawValue)
    case .input:
      .init(
        "Side of the square input, in pixels.", "n", default: "\(standard.network.inputSide)",
        range: .whole(32...1024))
    case .globalSkip:
      .init(
        "Concatenate conv04's and conv05's outputs in the global branch.", nil,
        default: standard.network.globalSkip ? flag : nil)
    case .dropout:
      .init(
        "Dropout rate before the last layer in training, 0 to 1.", "rate",
        default: "\(standard.network.dropout)", range: .proportion(includingZero: true))
    case .draws:
      .init(
        "Training samples per epoch, balanced over the classes.", "n",
        default: "\(standard.draws)", range: .whole(2...100_000_000))
    case .epochs:
      .init(
        "Number of epochs.", "n", default: "the recipe's, \(recipe.epochs)",
        range: .whole(1...100_000))
    case .batch:
      .init(
        "Batch size, in images per step.", "n", default: "the recipe's, \(recipe.batch)",
        range: .whole(2...4096))
    case .seed: .init("Random seed.", "n")
    case .crop:
      .init(
        "Crop of the page before resizing.", "crop", default: standard.preprocessing.crop.argument)
    case .resize:
      .init(
        "Resampling to the network's input; the aspect ratio is not kept.", "method",
        default: standard.preprocessing.resize.rawValue)
    case .splitProtocol:
      .init("Splitting protocol.", "name", default: standard.splitProtocol.rawValue)
    case .test:
      .init(
        "Proportion of the data in the test set, 0 to 1.", "share",
        default: "\(standard.testFraction)", range: .proportion(includingZero: false))
    case .inner:
      .init(
        "Proportion of the training ECGs held out as validation set, 0 to 1.", "share",
        default: "\(standard.innerFraction)", range: .proportion(includingZero: true))
    case .folds:
      .init("Number of folds.", "n", default: "\(standard.folds)", range: .whole(2...1000))
    case .fold:
      .init(
        "Fold to test on, from 0, in place of \(Self.test.flag).", "n", default: "none",
        range: .whole(0...999))
    case .split:
      .init("Split file of this data, from ecglens split.", "file", default: "a new split")
    case .weights:
      .init(
        "Initial weights of the trunk: safetensors with torchvision's ResNet-18 names.", "file",
        default: "random")
    case .groups:
      .init(
        "CSV file of pages that belong together, such as those of one patient: columns path,group.",
        "file")
    case .classes:
      .init(
        "YAML file of classes: a list classes of {key, name, short, folders: [..]}, and ignore: [..].",
        "file", default: "one class per subfolder")
    case .cache:
      .init(
        "Folder for the cache of decoded pages.", "folder",
        default: "$XDG_CACHE_HOME/ecglens or ~/.cache/ecglens")
    }
  }

  /// Whether the setting is a switch, whose flag takes no value.
  public var isSwitch: Bool { declaration.valueName == nil }

  /// The least whole number that a setting may be.
  var leastWhole: Int? {
    guard case .whole(let range) = declaration.range else { return nil }
    return range.lowerBound
  }
}
