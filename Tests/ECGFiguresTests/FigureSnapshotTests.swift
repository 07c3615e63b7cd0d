// Every figure type's SVG, byte for byte as committed.

import ECGFigures
import ECGFiles
import ECGPlotting
import ECGTerms
import Foundation
import TestSupport
import Testing

@Suite("Snapshots of figures")
struct FigureSnapshotTests {
  private static let committed = repositoryPath("Tests/ECGFiguresTests/Snapshots")

  /// One small figure of each type.
  private static let figures: [NamedFigure] = {
    let named = [
      "ablation", "baselines", "class-table", "confusion", "curves", "folds",
      "forest", "measure-weights-few", "recall", "table", "test-accuracy",
    ]
    let page = SampleValues.page(2, width: 180, height: 128)
    let crop = SampleValues.crop(of: page)
    return NamedFigure.all.filter { named.contains($0.name) } + [
      // Three points a beat keep the file small; no report has so few.
      .init(
        "beat-weights-few",
        BeatWeightsFigure(
          beats: ClassList.archive.flatMap { label in
            Lead.allCases.map { lead in
              .init(
                diagnosis: label, lead: lead,
                millivolts: [-200, 0, 200].map { time -> Double? in
                  0.8 * (Double(1 + label.index) / Double(1 + abs(time) / 20))
                },
                weights: [-200, 0, 200].map { time -> Double in
                  0.4 * Double((time + 7 * label.index) % 50) / 50
                })
            }
          }, times: [-200, 0, 200], count: 314)),
      .init(
        "heat",
        HeatMapFigure(
          cases: [
            .init(
              caption: "History of MI read as Normal, p(Normal) = 0.97", path: "hmi/PMI(20).jpg",
              page: page, crop: crop, map: SampleValues.heat(2), shares: SampleValues.shares)
          ], quantity: "Grad-CAM of z(Normal), layer4, logit units", signed: false)),
      .init(
        "pairs",
        PagePairsFigure(pairs: [
          .init(
            statement: "similarity 0.98", left: .init(caption: "mi/MI(2).jpg", image: page),
            right: .init(caption: "hmi/PMI(20).jpg", image: page))
        ])),
      .init(
        "reading",
        ReadingFigure(
          path: "mi/MI(2).jpg", page: page, region: crop,
          lines: [
            .init(
              name: "I", quality: 0.95, pieces: [[Point(10, 20), Point(20, 24), Point(30, 20)]]),
            .init(name: "II", quality: 0.5, pieces: [[Point(10, 40), Point(20, 44)], []]),
          ], peaks: [20, 60], caption: "rate 72/min")),
      .init(
        "region",
        RegionFigure(
          page: page, crop: crop, input: page.cropped(to: crop).resized(width: 32, height: 32),
          ruleName: "paper", resizeName: "pillow-bicubic")),
      .init(
        "samples",
        SamplePagesFigure(samples: [
          .init(
            diagnosis: ClassList.archive[0], image: page, path: "normal/1.jpg", classCount: 142)
        ])),
      .init(
        "synthetic",
        SyntheticPagesFigure(
          diagnosis: .hmi,
          samples: [
            .init(
              finding: "Lost R", detail: "anteroseptal", name: "synthetic-1001", image: page)
          ])),
    ]
  }()

  /// What is drawn now stays in `.build/figure-snapshots`, from where `scripts/renew-figures` takes it.
  @Test("a figure is the one committed; scripts/renew-figures renews it", arguments: figures)
  func unchanged(named: NamedFigure) throws {
    let style = FigureStyle(typeface: try Typeface())
    let svg = SVGDocument(
      try named.figure.drawing(style: style), typeface: style.typeface, title: named.figure.title)
    let folder = repositoryPath(".build/figure-snapshots")
    try createFolder(folder)
    try writeAtomically(Data(svg.text.utf8), to: "\(folder)/\(named.name).svg")
    let known = try readFile("\(Self.committed)/\(named.name).svg")
    #expect(Data(svg.text.utf8) == known, "look at the diff and run scripts/renew-figures")
    #expect(svg.text.utf8.count < 60_000)
  }

  @Test("every figure type has a snapshot, and every snapshot a figure")
  func complete() throws {
    let folder = repositoryPath("Sources/Report/ECGFigures")
    let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap {
      $0 as? String
    }
    let types = try files.filter { $0.hasSuffix(".swift") }.flatMap { file in
      try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        .matches(of: #/public struct (\w+): Figure\b/#).map { String($0.1) }
    }
    #expect(types.count >= 18)
    #expect(Set(types) == Set(Self.figures.map { "\(type(of: $0.figure))" }))
    let kept = try FileManager.default.contentsOfDirectory(atPath: Self.committed)
    #expect(Set(kept) == Set(Self.figures.map { $0.name + ".svg" }))
  }
}
