// The frame around the grid of an ECG page.

/// Finds the frame: long thin red or pink lines, the outermost in each direction.
///
/// A line is a row (or column) of which at least half is reddish; header rules and traces are
/// black or grey and do not count. The page must not be turned by more than a fraction of a degree.
enum GridFrame {
  /// The pixels within the frame, or `nil` when there is no frame that holds most of a page.
  static func inside(of image: Image) -> PixelRectangle? {
    let counts = reddishCounts(in: image)
    guard let rows = within(counts.rows, of: image.width),
      let columns = within(counts.columns, of: image.height),
      rows.count * 4 >= image.height, columns.count * 2 >= image.width
    else { return nil }
    return PixelRectangle(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// Red stands out by this much over green and blue in a frame of 252, 170, 176; the grid's dots
  /// and what colour subsampling spills stay far below.
  private static let contrast = 25

  private static func reddishCounts(in image: Image) -> (rows: [Int], columns: [Int]) {
    var rows = [Int](repeating: 0, count: image.height)
    var columns = [Int](repeating: 0, count: image.width)
    image.pixels.withUnsafeBufferPointer { pixels in
      columns.withUnsafeMutableBufferPointer { columns in
        for y in 0..<image.height {
          let row = UnsafeBufferPointer(
            rebasing: pixels[y * image.width * 3..<(y + 1) * image.width * 3])
          var count = 0
          for x in 0..<image.width {
            let red = Int(row[x * 3])
            let others = Int(row[x * 3 + 1]) + Int(row[x * 3 + 2])
            let reddish = 2 * red - others >= 2 * contrast ? 1 : 0
            count += reddish
            columns[x] += reddish
          }
          rows[y] = count
        }
      }
    }
    return (rows, columns)
  }

  /// What lies between the first and the last thin line.
  private static func within(_ counts: [Int], of length: Int) -> Range<Int>? {
    let thickest = max(6, counts.count / 100)
    var lines = [Range<Int>]()
    var start: Int?
    for (index, count) in (counts + [0]).enumerated() {
      let isLine = count * 2 >= length
      if isLine && start == nil { start = index }
      if !isLine, let begin = start {
        if index - begin <= thickest { lines.append(begin..<index) }
        start = nil
      }
    }
    guard lines.count >= 2, let first = lines.first, let last = lines.last else { return nil }
    return first.upperBound < last.lowerBound ? first.upperBound..<last.lowerBound : nil
  }
}
