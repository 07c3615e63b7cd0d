// Test accuracy by epoch, of several trainings.

import ECGFiles
import ECGPlotting

/// The test accuracy of each training by epoch: what a single last epoch says.
///
/// Trainings whose test set was seen in training are dashed.
public struct TestAccuracyFigure: Figure {
  /// A training.
  public struct Training: Equatable, Sendable {
    /// Its name, as in "grouped".
    public let name: String
    /// After each epoch, from the first; `nil` where it was not measured.
    public let accuracies: [Double?]
    /// What was tested, as in "79 ECGs".
    public let tested: String
    /// Whether test ECGs have copies in the training set.
    public let leaks: Bool

    /// A training.
    public init(_ name: String, accuracies: [Double?], tested: String, leaks: Bool) {
      (self.name, self.accuracies, self.tested, self.leaks) = (name, accuracies, tested, leaks)
    }
  }

  /// The trainings, at most two that leak and two that do not.
  public let trainings: [Training]

  /// A figure of trainings.
  public init(_ trainings: [Training]) {
    precondition(
      Set(trainings.map(\.leaks)).allSatisfy { leaks in trainings.count { $0.leaks == leaks } <= 2
      },
      "more trainings than colors")
    self.trainings = trainings
  }

  /// Of the leaking trainings the first is vermillion, of the others the last blue.
  private var colors: [OkabeIto] {
    var leaking = [OkabeIto.vermillion, .reddishPurple][...]
    var honest = [OkabeIto.bluishGreen, .blue].suffix(trainings.count { !$0.leaks })
    return trainings.map { $0.leaks ? leaking.removeFirst() : honest.removeFirst() }
  }

  /// Test accuracy by epoch.
  public var title: String { "Test accuracy by epoch" }

  private var epochs: Int { trainings.map(\.accuracies.count).max() ?? 0 }

  /// One row an epoch, one column a training.
  public var csv: CSVTable {
    CSVTable(
      header: ["epoch"] + trainings.map(\.name),
      rows: (0..<epochs).map { epoch in
        ["\(epoch + 1)"]
          + trainings.map {
            exactText(epoch < $0.accuracies.count ? $0.accuracies[epoch] : nil)
          }
      })
  }

  /// Draws one panel and what was tested.
  public func draw(on canvas: inout Canvas) {
    let series = zip(trainings, colors).map { training, color in
      TrainingCurvesFigure.Series(
        name: training.name,
        stroke: Stroke(color.color, width: 1.1, dash: training.leaks ? [3, 1.5] : []),
        values: training.accuracies.enumerated().map { index, value in
          value.map { (index + 1, $0) }
        })
    }
    let panel = CurvePanel(
      title: "Accuracy on the test set", series: series, phases: [],
      epochs: Array(1...max(1, epochs)), upperBound: 1)
    let height = points(millimetres: 52)
    let width = min(canvas.width, points(millimetres: 140))
    panel.draw(on: &canvas, in: Box(x: 0, y: 0, width: width, height: height))
    canvas.height = height
    addNote(
      "n = " + trainings.map { "\($0.tested) (\($0.name))" }.joined(separator: "; ")
        + ". Dashed: leaks. An epoch chosen here is optimistic.", to: &canvas)
  }
}
