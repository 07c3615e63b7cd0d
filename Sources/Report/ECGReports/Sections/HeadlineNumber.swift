// Numbers for the head of a report that is not of one test set.

import ECGFigures
import ECGMetrics
import ECGPlotting

/// A number for the head of a report's first page.
public struct HeadlineNumber: Equatable, Sendable {
  /// What it is of, as in "grouped".
  public let name: String
  /// The number, as in an accuracy.
  public let value: Double?
  /// Its 95 % interval.
  public let interval: ConfidenceInterval?
  /// A line under it, as in "n = 78 ECGs".
  public let note: String
  /// Whether it is of a protocol that leaks.
  public let leaks: Bool

  /// A number.
  public init(
    _ name: String, value: Double?, interval: ConfidenceInterval?, note: String, leaks: Bool
  ) {
    (self.name, self.value, self.interval) = (name, value, interval)
    (self.note, self.leaks) = (note, leaks)
  }
}

extension ReportWriter {
  /// The numbers beside each other, those of leaking protocols under their color.
  mutating func writeHeadlineNumbers(_ numbers: [HeadlineNumber]) {
    composer.block(height: 58) { canvas, corner in
      let step = ReportSheet.columnWidth / Double(max(1, numbers.count))
      for (index, number) in numbers.enumerated() {
        let x = corner.x + Double(index) * step
        let color = number.leaks ? OkabeIto.vermillion.color : OkabeIto.blue.color
        canvas.draw(
          .rectangle(Box(x: x, y: corner.y, width: step - 10, height: 2)), fill: color)
        let lines: [(String, TextStyle, Double)] = [
          (number.name, ReportText.body.bolder, 6),
          (
            number.value.map { decimalText($0, decimals: 3) } ?? "\u{2013}",
            TextStyle(size: 17, weight: .bold), 17
          ),
          (
            number.interval.map {
              "\(decimalText($0.lower, decimals: 3)) to \(decimalText($0.upper, decimals: 3))"
            } ?? "", ReportText.fact, 37
          ),
          (number.note, ReportText.fact.colored(Ink.quiet), 47),
        ]
        for (text, style, down) in lines {
          canvas.write(
            canvas.typeface.fitted(text, style: style, width: step - 8),
            at: Point(x, corner.y + down), style: style, vertical: .top)
        }
      }
    }
  }
}
