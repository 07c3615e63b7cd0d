// What is kept of a page's ink: a small picture of the whole page, its proportions taken away.

import ECGRaster
import Foundation

/// A page's ink in 192 x 192 cells over the whole page, whatever its proportions: 18 kB.
///
/// Darkness is what the brightest of the three channels lacks, so that a colored grid hardly counts. A
/// cell's value is its mean darkness in sixteen steps, the last at 1.25 times the 99th percentile of the
/// page's cells.
public struct PagePicture: Equatable, Sendable {
  /// Cells across and down.
  static let side = 192
  /// The brightest value of a cell.
  static let steps: Float = 15
  /// The last step, in 99th percentiles.
  static let range: Float = 1.25

  /// The page's width in pixels.
  let width: Int
  /// The page's height in pixels.
  let height: Int
  /// Row after row, two cells a byte, the first in the upper half.
  private let packed: [UInt8]

  /// Row after row, 0...15.
  var cells: [UInt8] { packed.flatMap { [$0 >> 4, $0 & 15] } }

  /// The picture of a page; `nil` for a page without ink.
  public init?(_ page: Image) {
    let darkness = meanDarkness(of: page, side: Self.side)
    let ranked = darkness.sorted()
    let dark = ranked[ranked.count * 99 / 100]
    // Half a percent of black: less is what encoding leaves of white.
    guard dark - ranked[ranked.count / 100] > 1.3 else { return nil }
    let scale = Self.steps / (Self.range * dark)
    let cells = darkness.map { UInt8(min(($0 * scale).rounded(), Self.steps)) }
    self.init(
      width: page.width, height: page.height,
      packed: stride(from: 0, to: cells.count, by: 2).map { cells[$0] << 4 | cells[$0 + 1] })
  }

  private init(width: Int, height: Int, packed: [UInt8]) {
    (self.width, self.height, self.packed) = (width, height, packed)
  }

  /// Width and height as 32 bits each, little-endian, then two cells a byte.
  var data: Data {
    var data = Data(capacity: Self.byteCount)
    for side in [width, height] {
      withUnsafeBytes(of: UInt32(side).littleEndian) { data.append(contentsOf: $0) }
    }
    return data + packed
  }

  /// The number of bytes of ``data``.
  static let byteCount = 8 + side * side / 2

  /// A picture from its bytes; `nil` for another number of them or a page without extent.
  init?(data: Data) {
    guard data.count == Self.byteCount else { return nil }
    func number(_ offset: Int) -> Int {
      data[data.startIndex + offset..<data.startIndex + offset + 4].reversed().reduce(0) {
        $0 << 8 | Int($1)
      }
    }
    let (width, height) = (number(0), number(4))
    guard width > 0, height > 0 else { return nil }
    self.init(width: width, height: height, packed: [UInt8](data.dropFirst(8)))
  }
}

/// The mean darkness of each cell, 0...255, edges of cells between pixels counted by their share.
private func meanDarkness(of page: Image, side: Int) -> [Float] {
  let (width, height) = (page.width, page.height)
  let edges = (0...side).map { Float($0) * Float(width) / Float(side) }
  var cells = [Float](repeating: 0, count: side * side)
  var sums = [Int32](repeating: 0, count: width + 1)
  var row = [Float](repeating: 0, count: side)
  page.pixels.withUnsafeBufferPointer { pixels in
    for y in 0..<height {
      var sum: Int32 = 0
      for x in 0..<width {
        let at = (y * width + x) * 3
        sum += 255 - Int32(max(pixels[at], pixels[at + 1], pixels[at + 2]))
        sums[x + 1] = sum
      }
      var before: Float = 0
      for column in 0..<side {
        let edge = edges[column + 1]
        let whole = min(Int(edge), width - 1)
        let upTo =
          Float(sums[whole]) + (edge - Float(whole)) * Float(sums[whole + 1] - sums[whole])
        row[column] = upTo - before
        before = upTo
      }
      // Row y lies in cells from `top` to `bottom`, which are one cell for most rows.
      let (top, bottom) = (y * side / height, ((y + 1) * side - 1) / height)
      for cell in top...bottom {
        let low = max(Float(cell) * Float(height) / Float(side), Float(y))
        let high = min(Float(cell + 1) * Float(height) / Float(side), Float(y + 1))
        let share = max(high - low, 0)
        for column in 0..<side { cells[cell * side + column] += share * row[column] }
      }
    }
  }
  let area = Float(width) * Float(height) / Float(side * side)
  return cells.map { $0 / area }
}
