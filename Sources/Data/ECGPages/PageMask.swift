// What covers each pixel of a drawn page: ink, grid, text, marks.

import ECGRaster
import Foundation

/// What covers a pixel by half or more.
public struct PageInk: OptionSet, Sendable, Equatable {
  /// One bit each.
  public let rawValue: UInt8

  /// A set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A trace.
  public static let ink = PageInk(rawValue: 1)
  /// The grid.
  public static let grid = PageInk(rawValue: 2)
  /// Letters, in the header, the footer and beside the traces.
  public static let text = PageInk(rawValue: 4)
  /// Frame, rules, separators and calibration pulses.
  public static let marks = PageInk(rawValue: 8)
}

/// The bits of every pixel of a page, as `NAME.mask.png` holds them.
///
/// The file is an indexed PNG: a pixel's index is the sum of its bits, and the palette shows ink
/// black, text blue, marks red, the grid light, and what lies on each other in mixed colors.
public struct PageMask: Equatable, Sendable {
  /// Pixels across.
  public let width: Int
  /// Pixels down.
  public let height: Int
  /// A byte of ``PageInk`` bits for each pixel, row by row.
  public let bits: [UInt8]

  /// What covers a pixel.
  public subscript(x: Int, y: Int) -> PageInk { PageInk(rawValue: bits[y * width + x]) }

  /// The mask as a file.
  public func pngData() throws(ImageError) -> Data {
    try IndexedImage(width: width, height: height, indices: bits, palette: Self.palette).pngData()
  }

  /// The color of every sum of bits; all differ.
  public static let palette: [IndexedImage.Colour] = (UInt8(0)..<16).map { bits in
    let inks = PageInk(rawValue: bits)
    var colour: (red: Int, green: Int, blue: Int) = (255, 255, 255)
    if inks.contains(.grid) { colour = (colour.red, colour.green - 60, colour.blue - 60) }
    if inks.contains(.marks) { colour = (colour.red - 20, colour.green - 130, colour.blue - 100) }
    if inks.contains(.text) { colour = (colour.red - 150, colour.green - 30, colour.blue) }
    if inks.contains(.ink) { colour = (colour.red / 5, colour.green / 5, colour.blue / 5) }
    return IndexedImage.Colour(
      red: UInt8(max(0, colour.red)), green: UInt8(max(0, colour.green)),
      blue: UInt8(max(0, colour.blue)))
  }
}
