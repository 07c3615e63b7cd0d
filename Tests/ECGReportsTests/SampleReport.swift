// Invented values of a whole report.

import ECGFigures
import ECGLayouts
import ECGMetrics
import ECGPages
import ECGRaster
import ECGReports
import ECGTerms
import Foundation

enum SampleReport {
  static let grouped = ProtocolStatement(
    name: "grouped", leaks: false,
    description:
      "80/20, stratified over groups: files with equal pixels and pages of one group lie "
      + "on one side. A tenth of the training groups is the validation set.")
  static let paper = ProtocolStatement(
    name: "paper", leaks: true,
    description: "Every class is brought to 1,200 samples by augmented copies of its files, then "
      + "split 80/20 over the 4,800 samples: copies of one ECG, and augmented copies of one file, "
      + "lie on both sides. A metric under this protocol measures the recognition of copies.")

  /// A page drawn with a few sines.
  static func page(_ index: Int) -> Image {
    let (width, height) = (600, 426)
    var image = Image(width: width, height: height, filledWith: (255, 252, 252))
    for row in 0..<4 {
      for x in width / 16..<width * 15 / 16 {
        let phase = Double(x + index * 7)
        let y = Double(height) * (0.28 + 0.19 * Double(row)) + 12 * sin(phase / 9)
        let at = (Int(y) * width + x) * 3
        for channel in 0..<3 { image.pixels[at + channel] = 20 }
      }
    }
    return image
  }

  private static func crop(of page: Image) -> PixelRectangle {
    let top = Int((0.20 * Double(page.height)).rounded())
    return PixelRectangle(
      x: 0, y: top, width: page.width,
      height: page.height - Int((0.07 * Double(page.height)).rounded()) - top)
  }

  static func metrics(_ counts: [[Int]]) -> ClassificationMetrics {
    var truth: [Int] = []
    var probabilities: [[Double]] = []
    for t in counts.indices {
      for p in counts[t].indices {
        for sample in 0..<counts[t][p] {
          truth.append(t)
          var row = [0.05, 0.06, 0.05, 0.05]
          row[p] = 0.6 + Double(sample % 7) * 0.03
          let sum = row.reduce(0, +)
          probabilities.append(row.map { $0 / sum })
        }
      }
    }
    return ClassificationMetrics(
      true: truth, probabilities: probabilities, keys: ClassList.archive.map(\.key))
  }

  static func heatCase(_ index: Int, side: Int) -> HeatMapFigure.Case {
    let page = page(index)
    let values = (0..<side * side).map { i -> Float in
      let r = Double(i / side) / Double(side) - 0.3
      let c = Double(i % side) / Double(side) - 0.45 - 0.1 * Double(index)
      return Float(0.42 * exp(-30 * (r * r + c * c)))
    }
    let names = Lead.allCases.map(\.rawValue) + ["rhythm", "outside"]
    return HeatMapFigure.Case(
      caption: index == 2
        ? "History of MI read as Normal, p(Normal) = 0.97"
        : "Normal read as History of MI, p(HMI) = 0.91",
      path: index == 2 ? "hmi/PMI(20).jpg" : "normal/Normal(13).jpg", page: page,
      crop: crop(of: page), map: HeatMap(width: side, height: side, values: values),
      areas: LeadAreas(
        PageLayout.device.scaled(to: PageSize(width: page.width, height: page.height))),
      shares: zip(
        names, [0.03, 0.02, 0.01, 0.02, 0.05, 0.04, 0.28, 0.19, 0.09, 0.08, 0.06, 0.03, 0.07, 0.03]
      ).map { .init(name: $0, share: $1) })
  }

  static func bare(_ statement: ProtocolStatement = grouped) -> ReportContent {
    ReportContent(
      title: "A run", splitProtocol: statement,
      sections: [
        .result(TestResult(nil, classes: .archive), statement: statement), .run([]),
        .data(samples: [], region: nil), .results(TestResult(nil, classes: .archive)),
        .weights(beats: nil, measures: nil), .heatMaps([]), .credits(nil),
      ] + .onNewPage([.branches(nil), .folds(nil), .claims(limits: [])])
        + .onNewPage([.settings([FactGroup("Preprocessing", [])])]))
  }

  /// A report with every section.
  ///
  /// - Parameters:
  ///   - statement: Its protocol.
  ///   - title: Its title.
  ///   - command: The command that made the run; the usual one where `nil`.
  ///   - moreFacts: Facts of the environment after the usual ones.
  ///   - moreLimits: Limits after the usual ones.
  ///   - credit: The images' credit.
  static func full(
    _ statement: ProtocolStatement = grouped,
    title: String = "Hybrid network on the public archive",
    command: String? = nil, moreFacts: [Fact] = [], moreLimits: [String] = [],
    credit: String? = ImageCredit.archive
  ) -> ReportContent {
    let result = TestResult(
      metrics([[25, 1, 2, 0], [2, 44, 1, 0], [4, 0, 12, 1], [0, 0, 1, 5]]), classes: .archive,
      published: .tableIV)
    return ReportContent(
      title: title,
      subtitle: "Recipe paper-table3, protocol \(statement.name), 25 epochs of 960 draws, seed 0",
      splitProtocol: statement,
      sections: [
        .result(result, statement: statement, counts: counts), .run(run), data,
        .training(curves, weightsName: "last epoch"), .results(result), .heatMaps(heatMaps),
      ]
        + .onNewPage([
          .branches(ablation), .folds(folds), .claims(claims, limits: limits + moreLimits),
        ])
        + .onNewPage([
          .settings(settings),
          .environment(
            environment + moreFacts,
            command: command
              ?? "ecglens train data --protocol \(statement.name) --recipe paper-table3 --draws 960 "
              + "--epochs 25 --seed 0 --out runs/first"),
          .credits(credit),
        ]))
  }

  private static let rows = [
    (228, 114, 77, 9, 28), (186, 186, 125, 14, 47), (138, 69, 47, 5, 17), (192, 24, 16, 2, 6),
  ]

  private static var counts: [ClassCount] {
    zip(ClassList.archive, rows).map {
      ClassCount(
        diagnosis: $0, files: $1.0, distinct: $1.1, train: $1.2, inner: $1.3, test: $1.4)
    }
  }

  private static let run = [
    Fact("Network", "hybrid, 14,392,708 parameters, input 3 \u{00D7} 227 \u{00D7} 227"),
    Fact("Recipe", "paper-table3: Adam, learning rate 1e-4, batch 32, cross-entropy"),
    Fact("Initial weights", "Kaiming normal, seed 0"),
    Fact("Training", "25 epochs of 960 draws balanced over the classes, 2 h 10 min on 2 cores"),
  ]

  private static var data: ReportSection? {
    let scan = page(2)
    let region = crop(of: scan)
    return .data(
      samples: ClassList.archive.map {
        .init(
          diagnosis: $0, image: page($0.index), path: "\($0.key)/page \($0.index + 1).jpg",
          classCount: rows[$0.index].1)
      },
      region: RegionFigure(
        page: scan, crop: region, input: scan.cropped(to: region).resized(width: 227, height: 227),
        ruleName: "paper", resizeName: "pillow-bicubic"))
  }

  private static var curves: TrainingCurvesFigure {
    TrainingCurvesFigure(
      epochs: (0..<25).map { i in
        let t = Double(i)
        let swing = 0.05 * sin(t * 2.3)
        return EpochPoint(
          epoch: i + 1, trainLoss: 1.35 * exp(-t / 6) + 0.08,
          trainAccuracy: 0.97 - 0.6 * exp(-t / 4), innerLoss: 1.3 * exp(-t / 7) + 0.3 + swing,
          innerAccuracy: 0.88 - 0.5 * exp(-t / 5) - swing, testLoss: 1.32 * exp(-t / 7) + 0.34,
          testAccuracy: 0.87 - 0.5 * exp(-t / 5) + swing)
      },
      phases: [
        PhaseMark(firstEpoch: 1, name: "trunk frozen"),
        PhaseMark(firstEpoch: 6, name: "all layers"),
      ], trainCount: 960, innerCount: 30, testCount: 98)
  }

  private static var heatMaps: [CaptionedHeatMaps] {
    [
      CaptionedHeatMaps(
        figure: HeatMapFigure(
          cases: [heatCase(2, side: 8), heatCase(0, side: 8)],
          quantity: "Grad-CAM of the predicted class, layer4, logit units", signed: false),
        caption: "The most confident error of each kind between history of MI and Normal. The map "
          + "covers the spatial branch only; the global branch has no map."),
      CaptionedHeatMaps(
        figure: HeatMapFigure(
          cases: [heatCase(2, side: 15)],
          quantity: "Grad-CAM of the predicted class, layer3, logit units", signed: false),
        caption: "The first case again, one stage earlier: another layer shows another thing."),
    ]
  }

  private static let ablation = AblationFigure(
    variants: [
      .init(name: "Full network", correct: 86, total: 98),
      .init(name: "Spatial branch set to zero", correct: 41, total: 98),
      .init(name: "Global branch set to zero", correct: 83, total: 98),
    ], majority: 47.0 / 98)

  private static let folds = FoldsFigure(
    metrics: ["Accuracy", "Balanced accuracy", "Macro F1"],
    folds: zip(
      1...5,
      [
        [0.90, 0.84, 0.83], [0.87, 0.81, 0.82], [0.92, 0.88, 0.87], [0.85, 0.74, 0.76],
        [0.89, 0.86, 0.85],
      ]
    ).map { .init(name: String($0), n: 78 + $0 % 2, values: $1) })

  private static let claims = [
    "An accuracy of 0.878 on 98 test ECGs under this protocol; its 95 % interval "
      + "is 0.798 to 0.929.",
    "The spatial branch carries most of what the network knows.",
  ]

  private static let limits = [
    "The test set holds 6 ECGs with MI: one more error moves its recall by 0.17.",
    "All pages come from one device; another printer or scanner was not tried.",
    "Differences of less than about two points between variants cannot be shown with 98 ECGs.",
  ]

  private static let settings = [
    FactGroup(
      "Preprocessing",
      [
        Fact("Crop", "paper"), Fact("Resize", "pillow-bicubic to 227"),
        Fact(
          "Augmentation",
          "rotation \u{00B1}3\u{00B0}, scale 0.95 to 1.05, shift \u{00B1}2 %, "
            + "brightness and contrast \u{00B1}10 %"),
      ]),
    FactGroup(
      "Optimisation",
      [
        Fact("Optimizer", "Adam(0.9, 0.999, 1e-8)"), Fact("Learning rate", "1e-4"),
        Fact("Batch", "32"), Fact("Dropout", "0.3"), Fact("Label smoothing", "0"),
      ]),
  ]

  private static let environment = [
    Fact("ECGLens", "0.1.0"), Fact("Instruction set", "x86-64-v4"), Fact("Threads", "2"),
    Fact(
      "Data digest", "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"),
    Fact("Split digest", "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014"),
  ]
}
