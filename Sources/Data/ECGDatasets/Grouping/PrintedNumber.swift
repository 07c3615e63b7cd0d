// The number that a page of the known device prints after "ID:", as a picture.

import ECGRaster

/// The picture of a page's printed number: compared with others, never read and never stored.
///
/// The device prints at the same pixels on every page, so two pages of one number have the same ink
/// there. On the public set's 393 open pages pictures of one number differ in no pixel and those of
/// different numbers in 47 or more of about 400.
struct PrintedNumber: Equatable, Sendable {
  /// Whether a pixel is ink, row after row, 64 pixels a word.
  private let words: [UInt64]

  /// Pages of the device, in pixels.
  private static let page = (width: 2213, height: 1572)
  /// Right of "ID :", left of "Years".
  private static let field = (columns: 124..<300, rows: 70..<102)
  /// Luma below this is ink.
  private static let darkest = 128
  /// Pixels in which pictures of one number may differ: a third of what two numbers do.
  static let tolerance = 16

  /// The picture on a page, or `nil` where the page has not the device's header or no number in it.
  init?(of page: Image) {
    guard page.width == Self.page.width, page.height == Self.page.height,
      Self.hasHeader(page)
    else { return nil }
    var words: [UInt64] = []
    var (word, filled, ink) = (UInt64(0), 0, 0)
    for y in Self.field.rows {
      for x in Self.field.columns {
        word <<= 1
        if Self.isInk(page, x, y) {
          word |= 1
          ink += 1
        }
        filled += 1
        if filled == 64 {
          words.append(word)
          (word, filled) = (0, 0)
        }
      }
    }
    words.append(word)
    // A single digit has about 50 pixels of ink; a field that is half ink is no text.
    guard ink >= 30, ink * 3 < Self.field.rows.count * Self.field.columns.count else { return nil }
    self.words = words
  }

  /// Whether two pictures show one number.
  func matches(_ other: PrintedNumber) -> Bool {
    var difference = 0
    for (a, b) in zip(words, other.words) {
      difference += (a ^ b).nonzeroBitCount
      if difference > Self.tolerance { return false }
    }
    return true
  }

  /// Joins what shows one number: the numbers of pictures that match, in lists of two and more.
  static func matches(among pictures: [PrintedNumber?]) -> [[Int]] {
    var known: [(picture: PrintedNumber, members: [Int])] = []
    for (index, picture) in pictures.enumerated() {
      guard let picture else { continue }
      if let place = known.firstIndex(where: { $0.picture.matches(picture) }) {
        known[place].members.append(index)
      } else {
        known.append((picture, [index]))
      }
    }
    return known.map(\.members).filter { $0.count > 1 }
  }

  /// The double rule under the header, and "ID :" where it belongs.
  private static func hasHeader(_ page: Image) -> Bool {
    let rule = stride(from: 80, to: 2140, by: 20)
    let ruled = rule.count { x in (132..<150).contains { isInk(page, x, $0) } }
    let above = rule.count { x in (132..<136).contains { isInk(page, x, $0) } }
    let label = (74..<99).reduce(0) { sum, y in
      sum + (66..<100).count { isInk(page, $0, y) }
    }
    return ruled * 10 >= rule.underestimatedCount * 9 && above * 2 < rule.underestimatedCount
      && (60..<500).contains(label)
  }

  /// Whether a pixel is dark, by luma as JPEG has it.
  private static func isInk(_ page: Image, _ x: Int, _ y: Int) -> Bool {
    let at = (y * page.width + x) * 3
    let luma =
      299 * Int(page.pixels[at]) + 587 * Int(page.pixels[at + 1]) + 114 * Int(page.pixels[at + 2])
    return luma < darkest * 1000
  }
}
