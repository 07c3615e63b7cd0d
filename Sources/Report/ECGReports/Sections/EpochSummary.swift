// What the last epochs and the best one say, in words.

import ECGFigures
import ECGPlotting

/// Sentences on the spread of the last epochs and on the best epoch, which is optimistic.
struct EpochSummary {
  /// How many of the last epochs are looked at.
  static let window = 8

  let curves: TrainingCurvesFigure
  let weightsName: String

  /// Lowest and highest test accuracy of the last epochs.
  var lastRange: (low: Double, high: Double, count: Int)? {
    let values = curves.epochs.suffix(Self.window).compactMap(\.testAccuracy)
    guard let low = values.min(), let high = values.max(), values.count > 1 else { return nil }
    return (low, high, values.count)
  }

  /// The epoch of the highest test accuracy, the first of equal ones.
  var best: (epoch: Int, accuracy: Double)? {
    var best: (epoch: Int, accuracy: Double)?
    for point in curves.epochs {
      if let accuracy = point.testAccuracy, accuracy > best?.accuracy ?? -1 {
        best = (point.epoch, accuracy)
      }
    }
    return best
  }

  var sentences: [String] {
    var result: [String] = []
    if let range = lastRange {
      result.append(
        "Over the last \(range.count) epochs the test accuracy lay between "
          + "\(decimalText(range.low, decimals: 3)) and \(decimalText(range.high, decimals: 3)). "
          + "The result of this report is that of the \(weightsName), wherever it falls in this "
          + "range.")
    }
    if let best {
      result.append(
        "Optimistic figure: the best epoch on the test set is \(best.epoch), with an accuracy of "
          + "\(decimalText(best.accuracy, decimals: 3)). It was chosen by looking at the test set "
          + "and is not a result; it stands here because published figures are often of this kind.")
    }
    return result
  }
}
