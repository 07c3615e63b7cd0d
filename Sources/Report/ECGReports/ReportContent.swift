// What a report says, as plain values; a part without values is left out.

import ECGFigures
import ECGMetrics
import ECGPlotting
import ECGTerms

/// A line of a list of facts.
public struct Fact: Equatable, Sendable {
  /// Its name, as in "Learning rate".
  public let name: String
  /// Its value with unit.
  public let value: String

  /// A fact.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Facts under a heading, as in "Recipe".
public struct FactGroup: Equatable, Sendable {
  /// The heading.
  public let title: String
  /// The facts in order.
  public let facts: [Fact]

  /// A group.
  public init(_ title: String, _ facts: [Fact]) {
    self.title = title
    self.facts = facts
  }
}

/// The protocol and whether it leaks.
public struct ProtocolStatement: Equatable, Sendable {
  /// Its name, as in "grouped".
  public let name: String
  /// Whether copies of one ECG lie on both sides.
  public let leaks: Bool
  /// What it does, and what lies on both sides, in a sentence or two.
  public let description: String
  /// The statement's own heading, where the protocol's usual one does not fit.
  public let heading: String?

  /// A statement.
  public init(name: String, leaks: Bool, description: String, heading: String? = nil) {
    self.name = name
    self.leaks = leaks
    self.description = description
    self.heading = heading
  }
}

/// How many files and distinct ECGs of a class lie in each part.
public struct ClassCount: Equatable, Sendable {
  /// The class.
  public let diagnosis: DiagnosticClass
  /// Files in the folder.
  public let files: Int
  /// Distinct ECGs among them.
  public let distinct: Int
  /// Items of the training, inner and test set.
  public let train, inner, test: Int

  /// Counts of a class.
  public init(
    diagnosis: DiagnosticClass, files: Int, distinct: Int, train: Int, inner: Int, test: Int
  ) {
    self.diagnosis = diagnosis
    self.files = files
    self.distinct = distinct
    self.train = train
    self.inner = inner
    self.test = test
  }
}

/// Heat maps with what a reader must know of them.
public struct HeatMapSection: Sendable {
  /// The maps.
  public let figure: HeatMapFigure
  /// How the cases were chosen and what the map is, in a sentence or two.
  public let caption: String

  /// A section.
  public init(figure: HeatMapFigure, caption: String) {
    self.figure = figure
    self.caption = caption
  }
}

/// The values of a report.
///
/// Only a title and a protocol must be there. Figures are numbered in the order of the properties.
public struct ReportContent: Sendable {
  /// The report's title, as in "Hybrid network, recipe paper-table3".
  public var title: String
  /// A line under it: data, seed, date.
  public var subtitle: String
  /// The protocol; when it leaks, every page and figure says so.
  public var splitProtocol: ProtocolStatement
  /// What was run, for the first page: network, recipe, epochs, weights.
  public var run: [Fact] = []
  /// All classes.
  public var classes: ClassList
  /// Counts by class.
  public var counts: [ClassCount] = []
  /// What `train`, `inner` and `test` of the counts are, as in "distinct ECGs".
  public var partUnit = "distinct ECGs"
  /// Pages of each class.
  public var samples: [SamplePagesFigure.Sample] = []
  /// The region of interest and the network's input.
  public var region: RegionFigure?
  /// Losses and accuracies by epoch.
  public var curves: TrainingCurvesFigure?
  /// Which weights the result is of, as in "last epoch".
  public var weightsName = "last epoch"
  /// Numbers for the first page in place of the figures of one test set.
  public var headline: [HeadlineNumber] = []
  /// What these numbers are, a line.
  public var headlineWords = "Accuracy, each with its 95 % interval"
  /// Sections of figures, tables and words after the first page's result.
  public var sections: [ReportSection] = []
  /// The figures of the test set.
  public var metrics: ClassificationMetrics?
  /// What was tested, as in "ECGs" or "samples".
  public var testUnit = "ECGs"
  /// A published class table to stand beside.
  public var published: PublishedResult?
  /// The result beside simple baselines.
  public var baselines: BaselinesFigure?
  /// What speaks for each class in the leads' beats.
  public var beatWeights: BeatWeightsFigure?
  /// Which measures speak for each class.
  public var measureWeights: MeasureWeightsFigure?
  /// Heat maps of cases.
  public var heatMaps: [HeatMapSection] = []
  /// Accuracy with each branch set to zero.
  public var ablation: AblationFigure?
  /// Cross-validation.
  public var folds: FoldsFigure?
  /// What these numbers can show, a sentence each.
  public var claims: [String] = []
  /// What they cannot, a sentence each.
  public var limits: [String] = []
  /// All settings, in groups.
  public var settings: [FactGroup] = []
  /// Versions, instruction set, digests.
  public var environment: [Fact] = []
  /// The command that made the run.
  public var commandLine: String?
  /// The credit of the page images where their licence asks for one.
  public var imageCredit: String?
  /// The PDF's date in ISO 8601; fixed where the caller names none.
  public var creationDate = DocumentInformation.fixedDate

  /// A report of a title and a protocol; all else is added where it exists.
  public init(
    title: String, subtitle: String = "", splitProtocol: ProtocolStatement,
    classes: ClassList = .archive
  ) {
    self.classes = classes
    self.title = title
    self.subtitle = subtitle
    self.splitProtocol = splitProtocol
  }

  /// The credit line of the public archive's pages.
  public static let archiveCredit =
    "Page images: A. H. Khan, M. Hussain, \u{201C}ECG Images dataset of Cardiac Patients\u{201D}, "
    + "Mendeley Data, doi:10.17632/gwbz3fsgp8.2, licensed under CC BY 4.0; cropped, made smaller "
    + "and overlaid here."

  /// The confusion matrix as a figure.
  public var confusion: ConfusionFigure? {
    metrics.flatMap { metrics in
      metrics.confusion.classes == classes.count
        ? ConfusionFigure(
          matrix: metrics.confusion, names: classes.map(\.shortName),
          unit: testUnit, repeats: metrics.repeats) : nil
    }
  }

  /// Recall by class as a figure.
  public var recall: RecallFigure? {
    metrics.flatMap { metrics in
      metrics.perClass.count == classes.count
        ? RecallFigure(
          metrics: metrics, names: classes.map(\.name), colors: classes.map(\.color),
          published: published, unit: testUnit) : nil
    }
  }

  /// The class table as a figure.
  public var classTable: ClassTableFigure? {
    metrics.flatMap { metrics in
      metrics.perClass.count == classes.count
        ? ClassTableFigure(
          metrics: metrics, names: classes.map(\.name),
          shortNames: classes.map(\.shortName), colors: classes.map(\.color), published: published,
          unit: testUnit) : nil
    }
  }

  /// Every figure that there are values for, under the name of its files.
  public var figures: [(name: String, figure: any Figure)] {
    var all = sections.flatMap(\.figures)
    if let recall { all.append(("recall", recall)) }
    if let baselines { all.append(("baselines", baselines)) }
    if !samples.isEmpty { all.append(("samples", SamplePagesFigure(samples: samples))) }
    if let region { all.append(("region", region)) }
    if let curves, !curves.epochs.isEmpty { all.append(("curves", curves)) }
    if let confusion { all.append(("confusion", confusion)) }
    if let classTable { all.append(("classes", classTable)) }
    if let beatWeights { all.append(("beat-weights", beatWeights)) }
    if let measureWeights { all.append(("measure-weights", measureWeights)) }
    for (index, section) in heatMaps.enumerated() {
      all.append((heatMaps.count == 1 ? "heat" : "heat-\(index + 1)", section.figure))
    }
    if let ablation { all.append(("branches", ablation)) }
    if let folds { all.append(("folds", folds)) }
    return all
  }
}
