// The numbers in a figure's CSV are those drawn and those given.

import ECGFigures
import ECGMetrics
import ECGPlotting
import ECGRaster
import Testing

@Suite("Numbers of figures")
struct FigureNumbersTests {
  let style: FigureStyle

  init() throws {
    style = FigureStyle(
      typeface: try Typeface(), widthMillimetres: FigureWidth.doubleColumn)
  }

  private func texts(_ figure: any Figure) throws -> [String] {
    try figure.drawing(style: style).texts.map(\.text)
  }

  @Test("confusion: counts and row shares, in order")
  func confusion() throws {
    let figure = ConfusionFigure(
      matrix: ConfusionMatrix(counts: SampleValues.counts), names: SampleValues.shortNames)
    let csv = figure.csv
    #expect(csv.rows.count == 16)
    #expect(csv.rows[4] == ["Abnormal", "Normal", "2", "\(2.0 / 47)"])
    let drawn = try texts(figure)
    for row in csv.rows {
      #expect(drawn.contains(row[2]))
      #expect(drawn.contains(decimalText(100 * Double(row[3])!, decimals: 0) + " %"))
    }
    #expect(
      drawn.contains("n = 47") && drawn.contains { $0.hasPrefix("n = 98 ECGs; accuracy 0.878") })
  }

  @Test("recall of repeats: right predictions of all, never more than there are")
  func recallOfRepeats() throws {
    let truth = [0, 0, 0, 1]
    let probabilities: [[Double]] = [[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.1, 0.9]]
    let repeats = (0..<3).map { _ in TestRepeat(true: truth, probabilities: probabilities) }
    let figure = RecallFigure(
      metrics: ClassificationMetrics(repeats: repeats, keys: ["a", "b"]), names: ["A", "B"])
    #expect(figure.csv.rows.map { [$0[1], $0[2], $0[7]] } == [["6", "3", "9"], ["3", "1", "3"]])
    #expect(try texts(figure).contains("6 of 9"))
  }

  @Test("confusion without samples: counts of zero, no share")
  func noSamples() throws {
    let figure = ConfusionFigure(
      matrix: ConfusionMatrix(counts: SampleValues.noCounts), names: SampleValues.shortNames)
    #expect(figure.csv.rows.allSatisfy { $0[2] == "0" && $0[3] == "" })
    #expect(try texts(figure).filter { $0 == "\u{2013}" }.count == 16)
  }

  @Test("class table: ours, macro and the article's")
  func classTable() throws {
    let metrics = SampleValues.metrics(SampleValues.counts)
    let figure = ClassTableFigure(
      metrics: metrics, names: SampleValues.names, shortNames: SampleValues.shortNames,
      published: .tableIV)
    let csv = figure.csv
    #expect(csv.rows.count == 9)
    #expect(
      csv.rows[1][0...3] == ["this run", "Abnormal heartbeat", "\(44.0 / 45)", "\(44.0 / 47)"])
    #expect(csv.rows[4][1] == "macro" && csv.rows[4].last == "98")
    #expect(csv.rows[5][0...3] == ["Table IV", "Normal", "0.88", "0.84"])
    let drawn = try texts(figure)
    for row in csv.rows {
      for field in row[2...8] where !field.isEmpty && row[1] != "macro" {
        let shown = decimalText(Double(field)!, decimals: 2)
        #expect(drawn.contains { $0.contains(shown) }, "\(shown)")
      }
    }
  }

  @Test("recall: found, n and interval of each class")
  func recall() throws {
    let figure = RecallFigure(
      metrics: SampleValues.metrics(SampleValues.counts), names: SampleValues.names,
      published: .tableIV)
    let row = figure.csv.rows[3]
    #expect(row[0...3] == ["Myocardial infarction", "5", "6", "\(5.0 / 6)"])
    #expect(abs(Double(row[4])! - 0.436) < 5e-4 && row[6] == "0.94")
    #expect(try texts(figure).contains("5 of 6"))
  }

  @Test("ablation: Wilson's interval of each bar")
  func ablation() throws {
    let figure = AblationFigure(variants: [.init(name: "Full", correct: 28, total: 30)])
    let row = figure.csv.rows[0]
    #expect(row[0...2] == ["Full", "28", "30"])
    #expect(abs(Double(row[4])! - 0.787) < 5e-4 && abs(Double(row[5])! - 0.982) < 5e-4)
    #expect(try texts(figure).contains("0.79\u{2013}0.98"))
  }

  @Test("folds: mean and the standard deviation with n - 1")
  func folds() throws {
    let figure = FoldsFigure(
      metrics: ["Accuracy"],
      folds: [
        .init(name: "1", n: 10, values: [0.8]), .init(name: "2", n: 12, values: [0.9]),
        .init(name: "3", n: 11, values: [nil]),
      ])
    #expect(abs(figure.mean(0)! - 0.85) < 1e-12)
    #expect(abs(figure.deviation(0)! - 0.005.squareRoot()) < 1e-12)
    #expect(figure.csv.rows[2] == ["3", "11", ""])
    #expect(figure.csv.rows[3][0...1] == ["mean", "33"])
    #expect(try texts(figure).contains("0.85 \u{00B1} 0.07"))
  }

  @Test("folds of several repeats: samples count once, repeats have a spread of their own")
  func foldsOfRepeats() throws {
    let figure = FoldsFigure(
      metrics: ["Accuracy"],
      folds: [("1.1", 10, 0.8), ("1.2", 12, 0.9), ("2.1", 11, 0.7), ("2.2", 11, 0.8)].map {
        .init(name: $0.0, n: $0.1, values: [$0.2])
      }, repeats: [[0.85], [0.75]])
    #expect(figure.total == 22)
    #expect(abs(figure.repeatDeviation(0)! - 0.005.squareRoot()) < 1e-12)
    #expect(figure.csv.rows[4][0...1] == ["mean", "22"])
    #expect(figure.csv.rows.suffix(3).map { $0[0] } == ["repeat 1", "repeat 2", "repeats sd"])
    #expect(
      try texts(figure).joined(separator: " ").contains(
        "2 folds, 2 repeats, n = 22 ECGs, each tested once per repeat"))
  }

  @Test("curves: every epoch's figures, undefined ones empty")
  func curves() {
    let figure = TrainingCurvesFigure(
      epochs: [EpochPoint(epoch: 1, trainLoss: 1.5, trainAccuracy: 0.25, testLoss: .nan)],
      trainCount: 960, innerCount: nil, testCount: nil)
    #expect(figure.csv.rows == [["1", "1.5", "", "", "0.25", "", ""]])
  }

  @Test("test accuracy: a column a training")
  func testAccuracy() {
    let figure = TestAccuracyFigure([
      .init("paper", accuracies: [0.5, nil], tested: "8 samples", leaks: true),
      .init("grouped", accuracies: [0.25], tested: "4 ECGs", leaks: false),
    ])
    #expect(figure.csv.header == ["epoch", "paper", "grouped"])
    #expect(figure.csv.rows == [["1", "0.5", "0.25"], ["2", "", ""]])
  }

  @Test("heat: every cell and share, as drawn")
  func heat() throws {
    let figure = HeatMapFigure(
      cases: [SampleValues.heatCase(0)], quantity: "Grad-CAM", signed: false)
    let rows = figure.csv.rows
    #expect(rows.filter { $0[2] == "map" }.count == 64)
    #expect(rows.filter { $0[2] == "share" }.count == 14)
    #expect(rows[64] == ["1", "hmi/PMI(20).jpg", "share", "I", "", "", "0.03", "", ""])
    #expect(Float(rows[20][6]) == SampleValues.heat(8).values[20])
    #expect(try texts(figure).contains("28"))
  }

  @Test("a map is bilinear between cells' centers and constant beyond them")
  func bilinear() {
    let map = HeatMap(width: 2, height: 2, values: [0, 1, 2, 3])
    #expect(map.value(x: 0, y: 0) == 0 && map.value(x: 1, y: 1) == 3)
    #expect(map.value(x: 0.5, y: 0.5) == 1.5 && map.value(x: 0.25, y: 0.75) == 2)
    let broken = HeatMap(width: 1, height: 1, values: [.nan])
    #expect(broken.value(x: 0.5, y: 0.5) == 0 && broken.largestMagnitude == 0)
  }

  @Test("zero leaves the page gray, ink stays black, the limit gets the full color")
  func overlay() {
    let page = Image(width: 2, height: 1, pixels: [255, 255, 255, 0, 0, 0])
    let colors = HeatColors(limit: 2, signed: false)
    let none = colors.laid(HeatMap(width: 1, height: 1, values: [0]), over: page)
    #expect(none.pixels == page.pixels)
    let full = colors.laid(HeatMap(width: 1, height: 1, values: [2]), over: page)
    #expect(Array(full.pixels[0..<3]) == ColorMap.heat.color(1).bytes)
    #expect(Array(full.pixels[3...]) == [0, 0, 0])
    let below = colors.laid(HeatMap(width: 1, height: 1, values: [-2]), over: page)
    #expect(below.pixels == page.pixels, "unsigned: below zero is nothing")
  }
}
