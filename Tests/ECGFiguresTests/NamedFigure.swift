// A table of all figures with usual and extreme values; the tests run over it.

import ECGFigures
import ECGFiles
import ECGMetrics
import ECGRaster
import ECGTerms

/// A figure under a name.
struct NamedFigure: CustomStringConvertible, Sendable {
  let name: String
  let figure: any Figure

  var description: String { name }

  init(_ name: String, _ figure: any Figure) {
    self.name = name
    self.figure = figure
  }

  static let all: [NamedFigure] = tables + curves + bars + forests + pictures + baselines

  private static let tables: [NamedFigure] = {
    let (names, short) = (SampleValues.names, SampleValues.shortNames)
    func confusion(_ counts: [[Int]], _ names: [String]) -> ConfusionFigure {
      ConfusionFigure(matrix: ConfusionMatrix(counts: counts), names: names)
    }
    func classes(_ counts: [[Int]], _ names: [String], _ published: PublishedResult?)
      -> ClassTableFigure
    {
      ClassTableFigure(
        metrics: SampleValues.metrics(counts), names: names, shortNames: names,
        published: published)
    }
    return [
      .init("confusion", confusion(SampleValues.counts, short)),
      .init("confusion-long", confusion(SampleValues.counts, names)),
      .init("confusion-many", confusion(SampleValues.manyCounts, SampleValues.longNames)),
      .init("confusion-none", confusion(SampleValues.noCounts, short)),
      .init(
        "confusion-two",
        ConfusionFigure(
          matrix: ConfusionMatrix(counts: [[1, 2], [3, 4]]), names: ["Normal", "Not"])),
      .init(
        "class-table",
        ClassTableFigure(
          metrics: SampleValues.metrics(SampleValues.counts), names: names, shortNames: short,
          published: .tableIV)),
      .init(
        "recall",
        RecallFigure(
          metrics: SampleValues.metrics(SampleValues.counts), names: names, published: .tableIV)),
      .init(
        "recall-many",
        RecallFigure(
          metrics: SampleValues.metrics(SampleValues.manyCounts), names: SampleValues.longNames)),
      .init(
        "recall-none",
        RecallFigure(metrics: SampleValues.metrics(SampleValues.noCounts), names: short)),
      .init("class-table-none", classes(SampleValues.noCounts, short, nil)),
      .init(
        "class-table-many", classes(SampleValues.manyCounts, SampleValues.longNames, .tableIV)),
    ]
  }()

  private static let curves: [NamedFigure] = {
    func curves(_ epochs: [EpochPoint], _ phases: [PhaseMark] = []) -> TrainingCurvesFigure {
      TrainingCurvesFigure(
        epochs: epochs, phases: phases, trainCount: 960, innerCount: 39, testCount: 98)
    }
    return [
      .init(
        "curves",
        curves(
          SampleValues.epochs(25),
          [
            PhaseMark(firstEpoch: 1, name: "trunk frozen"),
            PhaseMark(firstEpoch: 6, name: "all layers"),
          ])),
      .init("curves-one", curves(SampleValues.epochs(1))),
      .init("curves-two", curves(SampleValues.epochs(2))),
      .init("curves-none", curves([])),
      .init(
        "test-accuracy",
        TestAccuracyFigure([
          .init(
            "paper", accuracies: (0..<25).map { 0.98 - 1.2 / Double(2 + $0) },
            tested: "960 samples of 342 ECGs in 228 groups", leaks: true),
          .init("files", accuracies: [], tested: "123 files of 99 ECGs", leaks: true),
          .init(
            "distinct", accuracies: [0.3, nil, 0.31, 0.8], tested: "79 ECGs in 60 groups",
            leaks: false),
          .init(
            "grouped", accuracies: (0..<25).map { $0 % 3 == 0 ? 0.58 : 0.9 },
            tested: "79 ECGs in 51 groups", leaks: false),
        ])),
      .init("test-accuracy-none", TestAccuracyFigure([])),
      .init(
        "curves-equal",
        curves(
          (1...3000).map { EpochPoint(epoch: $0, trainLoss: 0, trainAccuracy: 1, testLoss: 0) })
      ),
      .init(
        "curves-broken",
        curves(
          (1...6).map {
            EpochPoint(
              epoch: $0, trainLoss: $0 == 3 ? .nan : 12345.6, trainAccuracy: 0.25,
              testAccuracy: $0 == 2 ? nil : 0.3)
          },
          [
            PhaseMark(firstEpoch: 1, name: "a phase with a long name"),
            PhaseMark(firstEpoch: 2, name: "another phase"), PhaseMark(firstEpoch: 3, name: "c"),
            PhaseMark(firstEpoch: 9, name: "never"),
          ])),
    ]
  }()

  private static let bars: [NamedFigure] = {
    typealias Variant = AblationFigure.Variant
    typealias Fold = FoldsFigure.Fold
    let metrics = ["Accuracy", "Balanced accuracy", "Macro F1"]
    return [
      .init(
        "ablation",
        AblationFigure(
          variants: [
            Variant(name: "Full network", correct: 86, total: 98),
            Variant(name: "Spatial branch set to zero", correct: 41, total: 98),
            Variant(name: "Global branch set to zero", correct: 83, total: 98),
          ], majority: 0.474)),
      .init(
        "ablation-extreme",
        AblationFigure(
          variants: [
            Variant(name: "Nothing", correct: 0, total: 0),
            Variant(name: SampleValues.longNames[0], correct: 0, total: 9999),
            Variant(name: "All", correct: 9999, total: 9999),
          ], majority: 1)),
      .init("ablation-none", AblationFigure(variants: [])),
      .init(
        "folds",
        FoldsFigure(
          metrics: metrics,
          folds: zip(
            1...5,
            [
              [0.90, 0.84, 0.83], [0.87, 0.81, 0.82], [0.92, 0.88, 0.87], [0.85, 0.74, 0.76],
              [0.89, 0.86, 0.85],
            ]
          ).map { Fold(name: String($0), n: 78 + $0 % 2, values: $1) })),
      .init(
        "folds-one",
        FoldsFigure(metrics: metrics, folds: [Fold(name: "1", n: 0, values: [nil, nil, nil])])),
      .init(
        "folds-many",
        FoldsFigure(
          metrics: ["Accuracy", "Sensitivity to a history of MI", "Macro F1", "AUROC"],
          folds: (1...10).map {
            Fold(
              name: "repeat \($0), fold \($0)", n: 9999,
              values: [Double($0) / 10, 0, 1, $0 == 3 ? nil : 0.5])
          })),
    ]
  }()

  private static let forests: [NamedFigure] = {
    typealias Line = ForestFigure.Line
    func interval(_ value: Double, _ reach: Double) -> ConfidenceInterval {
      ConfidenceInterval(lower: value - reach, upper: min(1, value + reach))
    }
    func group(_ name: String, _ shift: Double) -> ForestFigure.Group {
      ForestFigure.Group(
        name, note: "MI \u{2212} all",
        lines: [
          Line("paper", 0.96 - shift, interval(0.96 - shift, 0.03), mark: .hollow),
          Line("grouped", 0.71 - shift, interval(0.71 - shift, 0.1)),
          Line("Table IV", 0.89, nil, mark: .published), Line("none", nil, nil),
        ])
    }
    return [
      .init(
        "forest",
        ForestFigure(
          title: "Figures by protocol", groups: [group("Accuracy", 0), group("Recall, MI", 0.2)],
          axis: "Share", note: "n = 98 ECGs.")),
      .init(
        "forest-points",
        ForestFigure(
          title: "Worth",
          groups: [
            ForestFigure.Group(
              SampleValues.longNames[0], note: SampleValues.longNames[0],
              lines: [
                Line(SampleValues.longNames[0], -0.999, ConfidenceInterval(lower: -1, upper: 0.5)),
                Line("b", 1, ConfidenceInterval(lower: 0.2, upper: 1), mark: .hollow),
              ])
          ], axis: "Difference in points", scale: .points, reference: (0, "no difference"),
          note: "n = 98")),
      .init("forest-none", ForestFigure(title: "None", groups: [], axis: "Share")),
      .init(
        "table",
        TableFigure(
          title: "Seen",
          header: ["Protocol", "Class", "Tested", "ECGs", "Seen in training", "Visit seen"],
          rows: [
            ["paper", "all", "960", "393", "393 (100 %)", "0 (0 %)"],
            ["", "MI", "240", "30", "30 (100 %)", "0 (0 %)"],
          ], words: 2, note: "n = 98.", csv: CSVTable(header: ["a"], rows: [["1"]]))),
    ]
  }()

  private static let pictures: [NamedFigure] = {
    func samples(_ count: Int) -> SamplePagesFigure {
      SamplePagesFigure(
        samples: (0..<count).map {
          .init(
            diagnosis: ClassList.archive[$0 % 4], image: SampleValues.page($0),
            path: "\(ClassList.archive[$0 % 4].key)/page-\($0).jpg", classCount: 142)
        })
    }
    func synthetic(_ count: Int) -> SyntheticPagesFigure {
      SyntheticPagesFigure(
        diagnosis: .hmi,
        samples: (0..<count).map {
          .init(
            finding: $0 == 1
              ? "A finding with a name that no column holds, however wide" : "Lost R",
            detail: $0 == 0 ? "" : "anteroseptal, 1.4 x limit, 72/min",
            name: "synthetic-\(1000 + $0)", image: SampleValues.page($0))
        })
    }
    let page = SampleValues.page(2)
    let crop = SampleValues.crop(of: page)
    return [
      .init("samples", samples(4)),
      .init("samples-three", samples(3)),
      .init("samples-none", samples(0)),
      .init("synthetic", synthetic(4)),
      .init("synthetic-one", synthetic(1)),
      .init(
        "region",
        RegionFigure(
          page: page, crop: crop,
          input: page.cropped(to: crop).resized(width: 227, height: 227), ruleName: "paper",
          resizeName: "pillow-bicubic")),
      .init(
        "heat",
        HeatMapFigure(
          cases: [SampleValues.heatCase(2), SampleValues.heatCase(0, side: 15)],
          quantity: "Grad-CAM of z(Normal), layer4, logit units", signed: false)),
      .init(
        "heat-signed",
        HeatMapFigure(
          cases: [SampleValues.heatCase(2, signed: true)],
          quantity: "Grad-CAM of z(HMI) \u{2212} z(Normal), logits", signed: true)),
      .init(
        "heat-zero",
        HeatMapFigure(
          cases: [
            .init(
              caption: String(repeating: "a long caption ", count: 20), path: "p.jpg", page: page,
              crop: crop, map: HeatMap(width: 1, height: 1, values: [0]))
          ], quantity: SampleValues.longNames[0], signed: false)),
    ]
  }()
}
