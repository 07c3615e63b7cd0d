// One page of each class.

import ECGFiles
import ECGPlotting
import ECGRaster
import ECGTerms

/// A sample page of each class, two by two, names and counts above the pages.
public struct SamplePagesFigure: Figure {
  /// A page.
  public struct Sample: Sendable {
    /// Its class.
    public let diagnosis: DiagnosticClass
    /// The page; pass it cropped where its header bears a patient's data.
    public let image: Image
    /// Its file's name.
    public let path: String
    /// How many distinct ECGs the class has.
    public let classCount: Int

    /// A sample.
    public init(diagnosis: DiagnosticClass, image: Image, path: String, classCount: Int) {
      self.diagnosis = diagnosis
      self.image = image
      self.path = path
      self.classCount = classCount
    }
  }

  /// The pages, usually one a class in the classes' order.
  public let samples: [Sample]

  /// A figure of pages.
  public init(samples: [Sample]) { self.samples = samples }

  /// Sample pages.
  public var title: String { "A page of each class" }

  /// One row a page.
  public var csv: CSVTable {
    CSVTable(
      header: ["class", "path", "class_n", "width_px", "height_px"],
      rows: samples.map {
        [
          $0.diagnosis.key, $0.path, String($0.classCount), String($0.image.width),
          String($0.image.height),
        ]
      })
  }

  /// Draws the pages in two columns.
  public func draw(on canvas: inout Canvas) throws {
    let typeface = canvas.typeface
    let gap = 10.0
    let width = (canvas.width - gap) / 2
    let headRoom = FigureText.label.size * 1.55
    var y = 0.0
    for row in stride(from: 0, to: samples.count, by: 2) {
      var tallest = 0.0
      for (column, sample) in samples[row..<min(row + 2, samples.count)].enumerated() {
        let x = Double(column) * (width + gap)
        let label = FigureText.label.bolder
        let side = label.size * 0.62
        canvas.draw(
          .rectangle(Box(x: x, y: y + 1.6, width: side, height: side)),
          fill: sample.diagnosis.color)
        let name = canvas.write(
          sample.diagnosis.name, at: Point(x + side + 3.5, y), style: label, vertical: .top)
        let count = "one of \(countText(sample.classCount)) ECGs"
        let room = width - (name.maxX - x) - 6
        canvas.write(
          typeface.fitted(count, style: FigureText.note, width: room),
          at: Point(x + width, y + 0.8), style: FigureText.note, anchor: .trailing,
          vertical: .top)
        let height = width * Double(sample.image.height) / Double(sample.image.width)
        let frame = Box(x: x, y: y + headRoom, width: width, height: height)
        canvas.place(
          try PagePicture.bitmap(of: sample.image, printedWidth: width), in: frame)
        canvas.draw(.rectangle(frame), stroke: .rule)
        canvas.write(
          typeface.fitted(sample.path, style: FigureText.note, width: width, keepingEnd: true),
          at: Point(x, frame.maxY + 2), style: FigureText.note, vertical: .top)
        tallest = max(tallest, headRoom + height + 2 + FigureText.note.size * 1.2)
      }
      y += tallest + (row + 2 < samples.count ? 7 : 0)
    }
    canvas.height = y
  }
}
