// Tables as people read them in a terminal.

/// Rows of cells in aligned columns.
package struct TextTable {
  /// The columns' names.
  package let header: [String]
  /// The cells, as many a row as there are columns.
  package var rows: [[String]] = []
  /// How many columns from the left hold words; the others are numbers and lean right.
  package var words = 1

  /// A table without rows.
  package init(header: [String], words: Int = 1) {
    (self.header, self.words) = (header, words)
  }

  /// The table, its columns two spaces apart.
  package var text: String {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = row.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        return column < words ? cell + gap : gap + cell
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
