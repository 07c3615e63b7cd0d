// Pairs of pages side by side, for an eye to judge whether they show one ECG.

import ECGFiles
import ECGPlotting
import ECGRaster

/// Pairs of pages, a pair a row, with how alike they are.
public struct PagePairsFigure: Figure {
  /// A page of a pair.
  public struct Page: Sendable {
    /// Its file's name and class.
    public let caption: String
    /// The page; pass it cropped where its header bears a patient's data.
    public let image: Image

    /// A page.
    public init(caption: String, image: Image) {
      self.caption = caption
      self.image = image
    }
  }

  /// Two pages.
  public struct Pair: Sendable {
    /// What is said of them, as in "similarity 0.98".
    public let statement: String
    /// The page on the left, and on the right.
    public let left, right: Page

    /// A pair.
    public init(statement: String, left: Page, right: Page) {
      self.statement = statement
      self.left = left
      self.right = right
    }
  }

  /// The pairs from the top.
  public let pairs: [Pair]

  /// A figure of pairs.
  public init(pairs: [Pair]) { self.pairs = pairs }

  /// Pairs of pages.
  public var title: String { "Pairs of pages" }

  /// One row a pair.
  public var csv: CSVTable {
    CSVTable(
      header: ["left", "right", "statement"],
      rows: pairs.map { [$0.left.caption, $0.right.caption, $0.statement] })
  }

  /// Draws the pairs, a row each.
  public func draw(on canvas: inout Canvas) throws {
    let gap = 8.0
    let width = (canvas.width - gap) / 2
    let note = FigureText.note
    var y = 0.0
    for (number, pair) in pairs.enumerated() {
      canvas.write(pair.statement, at: Point(0, y), style: FigureText.label.bolder, vertical: .top)
      let top = y + FigureText.label.size * 1.55
      var foot = top
      for (column, page) in [pair.left, pair.right].enumerated() {
        let x = Double(column) * (width + gap)
        let height = width * Double(page.image.height) / Double(page.image.width)
        let frame = Box(x: x, y: top, width: width, height: height)
        canvas.place(try PagePicture.bitmap(of: page.image, printedWidth: width), in: frame)
        canvas.draw(.rectangle(frame), stroke: .rule)
        canvas.write(
          canvas.typeface.fitted(page.caption, style: note, width: width, keepingEnd: true),
          at: Point(x, frame.maxY + 2), style: note, vertical: .top)
        foot = max(foot, frame.maxY + 2 + note.size * 1.2)
      }
      y = foot + (number + 1 < pairs.count ? 8 : 0)
    }
    canvas.height = y
  }
}
