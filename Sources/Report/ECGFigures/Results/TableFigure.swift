// A table that stands as a figure of its own.

import ECGFiles
import ECGPlotting

/// Words and numbers in columns.
public struct TableFigure: Figure {
  /// The figure's title.
  public let title: String
  /// The columns' heads.
  public let header: [String]
  /// The cells as they are shown; a row of empty first cell resumes the row above.
  public let rows: [[String]]
  /// How many columns from the left hold words.
  public let words: Int
  /// Under the table.
  public let note: String
  /// The numbers as a file has them.
  public let csv: CSVTable

  /// A table; as many cells a row as there are columns.
  public init(
    title: String, header: [String], rows: [[String]], words: Int = 1, note: String = "",
    csv: CSVTable
  ) {
    precondition(rows.allSatisfy { $0.count == header.count }, "rows of other lengths")
    (self.title, self.header, self.rows) = (title, header, rows)
    (self.words, self.note, self.csv) = (words, note, csv)
  }

  /// Draws the table over the whole width.
  public func draw(on canvas: inout Canvas) {
    let narrow = canvas.width < points(millimetres: 105)
    let table = TypesetTable(
      columns: header.enumerated().map { .init($1, $0 < words ? .leading : .trailing) },
      rows: rows.map { .init($0) }, style: narrow ? FigureText.smallest : FigureText.label)
    canvas.height = table.draw(on: &canvas, at: Point(0, 0.5), width: canvas.width) + 0.5
    if !note.isEmpty { addNote(note, to: &canvas) }
  }
}
