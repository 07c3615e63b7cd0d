// Pages with parts painted over or warped, for tests.

import ECGLayouts
import ECGPages
import ECGRaster
import ECGTerms

@testable import ECGTraces

extension Image {
  /// The page with part of a panel painted over, but for 8 pixels at its ends.
  ///
  /// - Parameters:
  ///   - panel: The panel, of a page that is its layout.
  ///   - part: The part of the panel's width, 0…1.
  ///   - gray: The luma painted.
  ///   - inkOnly: Whether the grid stays.
  func erasing(
    _ panel: LeadPanel, part: ClosedRange<Double> = 0...1, gray: UInt8 = 255, inkOnly: Bool = true
  ) -> Image {
    var copy = self
    let box = panel.box
    let left = Int(max(box.x + 8, box.x + part.lowerBound * box.width))
    let right = Int(min(box.right - 8, box.x + part.upperBound * box.width))
    for y in Int(box.y)..<Int(box.bottom) {
      for x in left..<right {
        let at = 3 * (y * width + x)
        if inkOnly, pixels[at] > 128 { continue }
        for channel in 0..<3 { copy.pixels[at + channel] = gray }
      }
    }
    return copy
  }

  /// The page with a box over part of a panel: a sticker with an outline, or a filled rectangle.
  ///
  /// - Parameters:
  ///   - panel: The panel, of a page that is its layout.
  ///   - part: The part of the panel's width, 0…1.
  ///   - fill: The luma within the outline.
  ///   - outline: The thickness of the black outline in pixels; 0 for none.
  func covering(
    _ panel: LeadPanel, part: ClosedRange<Double> = 0...1, fill: UInt8 = 255, outline: Int
  ) -> Image {
    var copy = self
    let box = panel.box
    let left = Int(max(box.x + 8, box.x + part.lowerBound * box.width))
    let right = Int(min(box.right - 8, box.x + part.upperBound * box.width))
    let (top, bottom) = (Int(box.y), Int(box.bottom))
    for y in top..<bottom {
      for x in left..<right {
        let edge = min(min(x - left, right - 1 - x), min(y - top, bottom - 1 - y))
        let gray: UInt8 = edge < outline ? 0 : fill
        for channel in 0..<3 { copy.pixels[3 * (y * width + x) + channel] = gray }
      }
    }
    return copy
  }

  /// The page with each pixel taken from so far to the right and down, between pixels as they are.
  func warped(_ shift: (Double, Double) -> (right: Double, down: Double)) -> Image {
    var copy = self
    for y in 0..<height {
      for x in 0..<width {
        let (right, down) = shift(Double(x), Double(y))
        let (u, v) = (Double(x) + right, Double(y) + down)
        let (left, top) = (
          min(max(Int(u.rounded(.down)), 0), width - 2),
          min(max(Int(v.rounded(.down)), 0), height - 2)
        )
        let (across, below) = (
          min(max(u - Double(left), 0), 1), min(max(v - Double(top), 0), 1)
        )
        for channel in 0..<3 {
          func value(_ dx: Int, _ dy: Int) -> Double {
            Double(pixels[3 * ((top + dy) * width + left + dx) + channel])
          }
          let upper = value(0, 0) * (1 - across) + value(1, 0) * across
          let lower = value(0, 1) * (1 - across) + value(1, 1) * across
          copy.pixels[3 * (y * width + x) + channel] = UInt8(
            (upper * (1 - below) + lower * below).rounded())
        }
      }
    }
    return copy
  }

  /// The page with each column moved down by so many pixels.
  func moved(down shift: (Int) -> Double) -> Image {
    var copy = self
    for x in 0..<width {
      let amount = Int(shift(x).rounded())
      for y in 0..<height {
        let from = 3 * (min(max(y - amount, 0), height - 1) * width + x)
        for channel in 0..<3 { copy.pixels[3 * (y * width + x) + channel] = pixels[from + channel] }
      }
    }
    return copy
  }
}

extension LeadReading {
  /// Whether another reading has the same millivolts, bit for bit.
  func hasSameBits(as other: LeadReading) -> Bool {
    millivolts.count == other.millivolts.count
      && zip(millivolts, other.millivolts).allSatisfy {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
      }
  }
}
