// Tables as people read them in a terminal.

/// Rows of cells in aligned columns.
struct TextTable {
  /// The columns' names.
  let header: [String]
  /// The cells, as many a row as there are columns.
  var rows: [[String]] = []
  /// How many columns from the left hold words; the others are numbers and lean right.
  var words = 1

  /// The table, its columns two spaces apart.
  var text: String {
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

extension Int {
  /// The number with a comma before every three digits.
  var grouped: String {
    var digits = Array(String(magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (self < 0 ? "-" : "") + String(digits)
  }
}
