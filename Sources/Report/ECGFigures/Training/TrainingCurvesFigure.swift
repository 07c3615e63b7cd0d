// Loss and accuracy by epoch.

import ECGFiles
import ECGPlotting

/// What one epoch left: losses and accuracies of the parts that were measured.
public struct EpochPoint: Equatable, Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// Mean loss over the epoch's draws, the validation and the test set.
  public let trainLoss, innerLoss, testLoss: Double?
  /// Share of right answers over the same.
  public let trainAccuracy, innerAccuracy, testAccuracy: Double?

  /// An epoch's figures.
  public init(
    epoch: Int, trainLoss: Double?, trainAccuracy: Double?, innerLoss: Double? = nil,
    innerAccuracy: Double? = nil, testLoss: Double? = nil, testAccuracy: Double? = nil
  ) {
    self.epoch = epoch
    self.trainLoss = trainLoss
    self.trainAccuracy = trainAccuracy
    self.innerLoss = innerLoss
    self.innerAccuracy = innerAccuracy
    self.testLoss = testLoss
    self.testAccuracy = testAccuracy
  }
}

/// Where a phase of the recipe begins.
public struct PhaseMark: Equatable, Sendable {
  /// Its first epoch.
  public let firstEpoch: Int
  /// Its name, as in "trunk frozen".
  public let name: String

  /// A phase's beginning.
  public init(firstEpoch: Int, name: String) {
    self.firstEpoch = firstEpoch
    self.name = name
  }
}

/// Loss and accuracy of the training, inner and test sets by epoch; phases marked by a line.
///
/// Lines carry their names at their ends. Two panels stand side by side where the width allows it.
public struct TrainingCurvesFigure: Figure {
  /// The epochs in order.
  public let epochs: [EpochPoint]
  /// The phases; the first begins at the first epoch and gets no line.
  public let phases: [PhaseMark]
  /// Draws an epoch, and how many samples the inner and the test set hold.
  public let trainCount, innerCount, testCount: Int?
  /// The loss's name and unit.
  public let lossName: String

  /// A figure of epochs.
  public init(
    epochs: [EpochPoint], phases: [PhaseMark] = [], trainCount: Int?, innerCount: Int?,
    testCount: Int?, lossName: String = "cross-entropy, nats"
  ) {
    self.epochs = epochs
    self.phases = phases
    self.trainCount = trainCount
    self.innerCount = innerCount
    self.testCount = testCount
    self.lossName = lossName
  }

  /// Loss and accuracy by epoch.
  public var title: String { "Loss and accuracy by epoch" }

  /// Epochs, losses and accuracies; undefined ones are empty.
  public var csv: CSVTable {
    CSVTable(
      header: [
        "epoch", "train_loss", "inner_loss", "test_loss", "train_accuracy", "inner_accuracy",
        "test_accuracy",
      ],
      rows: epochs.map { e in
        [String(e.epoch)]
          + [
            e.trainLoss, e.innerLoss, e.testLoss, e.trainAccuracy, e.innerAccuracy, e.testAccuracy,
          ].map(exactText)
      })
  }

  /// One line of a panel.
  struct Series {
    let name: String
    let stroke: Stroke
    let values: [(epoch: Int, value: Double)?]
  }

  private func series(
    _ train: (EpochPoint) -> Double?, _ inner: (EpochPoint) -> Double?,
    _ test: (EpochPoint) -> Double?
  ) -> [Series] {
    func values(_ pick: (EpochPoint) -> Double?) -> [(epoch: Int, value: Double)?] {
      epochs.map { e in pick(e).flatMap { $0.isFinite ? (e.epoch, $0) : nil } }
    }
    return [
      Series(
        name: "Training", stroke: Stroke(RGB(gray: 0.45), width: 0.8), values: values(train)),
      Series(
        name: "Validation", stroke: Stroke(OkabeIto.blue.color, width: 0.9, dash: [3, 1.5]),
        values: values(inner)),
      Series(
        name: "Test", stroke: Stroke(OkabeIto.vermillion.color, width: 1.1), values: values(test)),
    ].filter { $0.values.contains { $0 != nil } }
  }

  /// Draws both panels and the counts.
  public func draw(on canvas: inout Canvas) {
    let panels = [
      CurvePanel(
        title: "Loss (\(lossName))", series: series(\.trainLoss, \.innerLoss, \.testLoss),
        phases: phases, epochs: epochs.map(\.epoch), upperBound: nil),
      CurvePanel(
        title: "Accuracy", series: series(\.trainAccuracy, \.innerAccuracy, \.testAccuracy),
        phases: phases, epochs: epochs.map(\.epoch), upperBound: 1),
    ]
    let wide = canvas.width >= points(millimetres: 115)
    let gap = 12.0
    let width = wide ? (canvas.width - gap) / 2 : canvas.width
    let height = points(millimetres: wide ? 46 : 42)
    var foot = 0.0
    for (index, panel) in panels.enumerated() {
      let x = wide ? Double(index) * (width + gap) : 0
      let y = wide ? 0 : Double(index) * (height + 10)
      panel.draw(on: &canvas, in: Box(x: x, y: y, width: width, height: height))
      foot = y + height
    }
    canvas.height = foot
    addNote(countNote, to: &canvas)
  }

  private var countNote: String {
    let parts = [
      trainCount.map { "\(countText($0)) training draws an epoch" },
      innerCount.map { "n = \(countText($0)) validation" },
      testCount.map { "n = \(countText($0)) test" },
    ].compactMap { $0 }
    return parts.isEmpty ? "n not recorded" : parts.joined(separator: "; ")
  }
}
