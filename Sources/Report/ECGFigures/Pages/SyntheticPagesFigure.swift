// Synthetic pages beside each other, each with what it shows.

import ECGFiles
import ECGPlotting
import ECGRaster
import ECGTerms

/// Synthetic pages of one class, two by two, their findings above them.
public struct SyntheticPagesFigure: Figure {
  /// A page.
  public struct Sample: Sendable {
    /// The finding in words, as in "ST elevation with Q".
    public let finding: String
    /// Where and how plain, as in "anterior, 1.4 x limit"; may be empty.
    public let detail: String
    /// The page's name.
    public let name: String
    /// The page.
    public let image: Image

    /// A sample.
    public init(finding: String, detail: String, name: String, image: Image) {
      self.finding = finding
      self.detail = detail
      self.name = name
      self.image = image
    }
  }

  /// The pages' class.
  public let diagnosis: DiagnosticClass
  /// The pages in reading order.
  public let samples: [Sample]

  /// A figure of a class's pages.
  public init(diagnosis: DiagnosticClass, samples: [Sample]) {
    self.diagnosis = diagnosis
    self.samples = samples
  }

  /// Synthetic pages of the class.
  public var title: String { "Synthetic pages: \(diagnosis.name)" }

  /// One row a page.
  public var csv: CSVTable {
    CSVTable(
      header: ["class", "finding", "detail", "name"],
      rows: samples.map { [diagnosis.key, $0.finding, $0.detail, $0.name] })
  }

  /// Draws the class's name and the pages in two columns.
  public func draw(on canvas: inout Canvas) throws {
    let gap = 12.0
    let width = (canvas.width - gap) / 2
    let head = TextStyle(size: 7, weight: .bold)
    let side = head.size * 0.62
    canvas.draw(.rectangle(Box(x: 0, y: 1.6, width: side, height: side)), fill: diagnosis.color)
    let name = canvas.write(
      diagnosis.name, at: Point(side + 3.5, 0), style: head, vertical: .top)
    let count = "n = \(samples.count) synthetic \(samples.count == 1 ? "page" : "pages"), chosen"
    canvas.write(
      canvas.typeface.fitted(
        count, style: FigureText.note, width: canvas.width - name.maxX - 6),
      at: Point(canvas.width, 0.8), style: FigureText.note, anchor: .trailing, vertical: .top)
    var y = head.size * 2
    for row in stride(from: 0, to: samples.count, by: 2) {
      var tallest = 0.0
      for (column, sample) in samples[row..<min(row + 2, samples.count)].enumerated() {
        let corner = Point(Double(column) * (width + gap), y)
        tallest = max(tallest, try draw(sample, at: corner, width: width, on: &canvas))
      }
      y += tallest + (row + 2 < samples.count ? 12 : 0)
    }
    canvas.height = y
  }

  /// Draws a page under its words and returns the height of both.
  private func draw(
    _ sample: Sample, at corner: Point, width: Double, on canvas: inout Canvas
  ) throws -> Double {
    let typeface = canvas.typeface
    let (label, note) = (FigureText.label, FigureText.note)
    canvas.write(
      typeface.fitted(sample.finding, style: label.bolder, width: width), at: corner,
      style: label.bolder, vertical: .top)
    let line = corner.y + label.size * 1.35
    let name = "synthetic: " + sample.name
    let room = width - typeface.width(of: name, style: note) - 6
    canvas.write(
      typeface.fitted(sample.detail, style: note, width: room), at: Point(corner.x, line),
      style: note, vertical: .top)
    canvas.write(
      name, at: Point(corner.x + width, line), style: note, anchor: .trailing, vertical: .top)
    let top = line + note.size * 1.6
    let height = width * Double(sample.image.height) / Double(sample.image.width)
    let frame = Box(x: corner.x, y: top, width: width, height: height)
    canvas.place(try PagePicture.bitmap(of: sample.image, printedWidth: width), in: frame)
    canvas.draw(.rectangle(frame), stroke: .rule)
    return frame.maxY - corner.y
  }
}
