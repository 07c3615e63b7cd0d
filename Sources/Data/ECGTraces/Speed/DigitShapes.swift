// What the digits of a paper speed look like in print.

import ECGLayouts

/// The digits 0, 2 and 5 of a typeface in layout pixels, as tall as footers print them.
struct DigitShapes {
  /// Rows from the top, those of a digit each with the same number of columns; true is ink.
  private let digits: [Character: [[Bool]]]

  /// The rows of a digit; the last one stands on the baseline.
  let height: Int

  init(_ face: PrintedSpeed.Face) {
    let picture = face == .serif ? Self.serif : Self.sans
    let rows = picture.split(separator: "\n").map { $0.split(separator: " ") }
    height = rows.count
    var digits: [Character: [[Bool]]] = [:]
    for (place, digit) in "025".enumerated() {
      digits[digit] = rows.map { row in row[place].map { $0 == "#" } }
    }
    self.digits = digits
  }

  /// The rows of a digit; none for a character that no paper speed has.
  subscript(_ digit: Character) -> [[Bool]] { digits[digit] ?? [] }

  /// Liberation Serif of 21 pixels.
  private static let serif = """
    ...####.... ..#####.... ..#######..
    ..##...#... .##...##... ..#######..
    ..#....##.. .#.....##.. ..#........
    .##....##.. .......##.. ..#........
    .##.....##. .......##.. ..#........
    .##.....##. .......##.. ..#........
    .##.....##. .......#... ..######...
    .##.....##. ......##... .......##..
    .##.....##. .....##.... ........##.
    .##.....##. ....##..... ........##.
    .##.....#.. ...##...... ........##.
    .##....##.. ..#........ .#......#..
    ..##...##.. .########.. .#.....##..
    ...#####... .########.. .#######...
    """

  /// Liberation Sans of 22 pixels.
  private static let sans = """
    ...######... ...######... ..########..
    ..###..###.. ..###..###.. ..########..
    ..##....###. .###.....##. ..##........
    .##......##. .##......##. ..##........
    .##......##. .........##. .##.........
    .##......##. ........###. .##..###....
    .##......##. ........##.. .#########..
    .##......##. .......##... .###....###.
    .##......##. .....###.... .........##.
    .##......##. ....###..... .........##.
    .##......##. ...###...... .........##.
    .##......##. ..###....... ..#......##.
    ..##....##.. ..##........ .##......##.
    ..###..###.. .##########. ..###..###..
    ...######... .##########. ...######...
    """
}
