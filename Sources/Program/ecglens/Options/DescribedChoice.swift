// The modules' own choices as values of flags, each with its description.

import ArgumentParser
import ECGDatasets
import ECGExplanations
import ECGLayouts
import ECGNetworks
import ECGPages
import ECGRaster
import ECGResults
import ECGTraining

/// A choice whose values each have a description in the help, and may have a name of their own there.
protocol DescribedChoice: ExpressibleByArgument, CaseIterable, RawRepresentable
where RawValue == String {
  /// The value's description, one sentence.
  var help: String { get }
  /// The value's name in the help, where it is not the recorded one.
  var shownName: String? { get }
}

extension DescribedChoice {
  var shownName: String? { nil }

  /// Reads a name as shown or as recorded.
  public init?(argument: String) {
    guard
      let value = Self(rawValue: argument)
        ?? Self.allCases.first(where: { $0.shownName == argument })
    else { return nil }
    self = value
  }

  /// Shown in the help text.
  public var defaultValueDescription: String { shownName ?? rawValue }
  /// Shown in the help text and when a value is refused.
  public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
  /// Shown in the help text.
  public static var allValueDescriptions: [String: String] {
    Dictionary(
      uniqueKeysWithValues: allCases.map { value in
        let recorded = value.shownName == nil ? "" : " Recorded and accepted as \(value.rawValue)."
        return (value.defaultValueDescription, value.help + recorded)
      })
  }
}

extension NetworkKind: DescribedChoice {
  var help: String {
    switch self {
    case .hybrid: "ResNet-18 trunk beside a dense branch over the whole page (the article's)."
    case .spatialOnly: "The hybrid without the global branch (dense)."
    case .globalOnly: "The hybrid without the spatial branch (trunk)."
    case .resnet18: "ResNet-18 with global average pooling and one linear layer."
    case .plainCNN: "Sequential CNN of the trunk's size, without residual connections."
    case .beatsLinear:
      "Multinomial logistic regression on features and mean beats of the digitized traces."
    case .beats: "Small dense network on the same features."
    }
  }
}

extension RecipeName: DescribedChoice {
  var help: String {
    switch self {
    case .paperTable3: "The article's Table III: Adam, learning rate 1e-4, 25 epochs."
    case .paperText:
      "The article's text: Adam, label smoothing 0.1; 5 epochs with a frozen trunk (learning rate "
        + "1e-3), then 20 with 1e-4 for the trunk and 3e-4 for the rest."
    case .steady:
      "AdamW, peak learning rate 1e-3 with warm-up and cosine annealing, weight decay 0.05, label "
        + "smoothing 0.05, EMA of weights, recomputed BatchNorm statistics, 25 epochs."
    }
  }

  var shownName: String? {
    switch self {
    case .paperTable3: "article-table3"
    case .paperText: "article-text"
    case .steady: nil
    }
  }
}

extension SplitProtocol: DescribedChoice {
  var help: String {
    switch self {
    case .paper:
      "The article's: classes balanced to 1,200 samples each by augmented copies, then split by "
        + "sample. Leaks copies and augmented copies."
    case .files: "Split by file. Leaks byte copies of one ECG."
    case .distinct: "Split by distinct ECG, copies as one. Leaks pages of one visit."
    case .grouped:
      "Split by group: copies, near-duplicates, pages with one printed number and groups of "
        + "--groups stay on one side. No known leak."
    case .declared, .declaredLeaking: "As the data set's folders declare it."
    }
  }

  var shownName: String? { self == .paper ? "augmented-samples" : nil }
}

extension FaultPolicy: DescribedChoice {
  var help: String {
    switch self {
    case .fail: "End with an error at the first such page."
    case .skip: "Exclude such pages, with a warning each."
    }
  }
}

extension WeightsChoice: DescribedChoice {
  var help: String {
    switch self {
    case .last: "After the last finished epoch."
    case .best: "After the best epoch on the validation set, where there is one."
    }
  }
}

extension ResizeMethod: DescribedChoice {
  var help: String {
    switch self {
    case .pillowBicubic: "Pillow's BICUBIC, antialiased."
    case .openCVCubic: "OpenCV's INTER_CUBIC, without antialiasing."
    case .area: "OpenCV's INTER_AREA, the mean over each pixel's area."
    }
  }
}

extension SpeedTask: DescribedChoice {
  var help: String {
    switch self {
    case .training: "Whole steps: forward pass, loss, backward pass, Adam."
    case .inference: "Forward passes."
    case .drawing: "Synthetic pages drawn into memory."
    }
  }
}

extension Stage: DescribedChoice {
  var help: String {
    switch self {
    case .layer1: "64 channels, stride 4."
    case .layer2: "128 channels, stride 8."
    case .layer3: "256 channels, stride 16."
    case .layer4: "512 channels, stride 32."
    }
  }
}

extension CropRule: ExpressibleByArgument {
  /// The name of the article's crop in the help; recorded as `paper`.
  private static let article = "article"

  /// Shown in the help text.
  public var defaultValueDescription: String { self == .paper ? Self.article : argument }
  /// Shown in the help text and when a value is refused.
  public static var allValueStrings: [String] { [article, "none", "frame", "T,R,B,L"] }
  /// Shown in the help text.
  public static var allValueDescriptions: [String: String] {
    [
      article:
        "The article's: without the top 20 % and the bottom 7 % of the height. Recorded and accepted as paper.",
      "none": "The whole page.",
      "frame": "The inside of the grid's frame, found on the page.",
      "T,R,B,L": "Fractions cut off the top, right, bottom and left, as 0.2,0,0.07,0.",
    ]
  }
}

extension PageSize: ExpressibleByArgument {
  /// Shown in the help text.
  public var defaultValueDescription: String { argument }

  /// A parser whose fault names the form.
  static func parse(_ text: String) throws -> PageSize {
    guard let size = PageSize(argument: text) else {
      throw Number.Fault(description: "use WIDTHxHEIGHT, as 2213x1572")
    }
    return size
  }
}
