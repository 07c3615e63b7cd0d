// A page laid straight: in the pixels of its layout.

import ECGLayouts
import ECGRaster

/// A page on which the layout lies straight and, within a lead, in its own size.
struct StraightPage {
  let page: GreyPage
  /// Where the layout lies on `page`.
  let placement: Placement
  /// Where the pixels of `page` come from on the page as it was given.
  private let origin: Placement

  /// Takes the pixels as they are where the page is as good as only shifted, and resamples it
  /// otherwise.
  init(_ page: GreyPage, layout: PageLayout, placement: Placement, paper: UInt8) {
    if placement.isShiftOnly(over: layout.size) {
      (self.page, self.placement, origin) = (page, placement, .identity)
      return
    }
    var (source, reduced) = (page, placement)
    // Every source pixel is to have its part in the result: bilinear weights see two by two.
    while reduced.scaleAcross > 1.5 {
      source = source.halved()
      reduced = Placement(x: reduced.x / 2, y: reduced.y / 2)
    }
    self.page = source.resampled(to: layout.size, placement: reduced, outside: paper)
    (self.placement, origin) = (.identity, placement)
  }

  /// The place on the page as it was given.
  func onPage(_ place: PagePoint) -> PagePoint { origin.onPage(place) }
}

extension GreyPage {
  /// The page at the places of a layout's pixels, bilinear between pixel middles.
  fileprivate func resampled(
    to size: PageSize, placement: Placement, outside: UInt8
  ) -> GreyPage {
    func fixed(_ length: Double) -> Int { Int((length * 65_536).rounded()) }
    let (stepX, stepY) = (fixed(placement.x[0]), fixed(placement.y[0]))
    let pixels = [UInt8](
      unsafeUninitializedCapacity: size.width * size.height
    ) { buffer, filled in
      luma.withUnsafeBufferPointer { luma in
        guard let from = luma.baseAddress, let target = buffer.baseAddress else { return }
        for row in 0..<size.height {
          let start = placement.onPage(PagePoint(x: 0.5, y: Double(row) + 0.5))
          var (x, y) = (fixed(start.x - 0.5), fixed(start.y - 0.5))
          let out = target + row * size.width
          for column in 0..<size.width {
            let (left, above) = (x >> 16, y >> 16)
            if left >= 0, above >= 0, left < width - 1, above < height - 1 {
              let (u, v) = (x & 65_535, y & 65_535)
              let at = from + (above &* width &+ left)
              let upper = Int(at[0]) &* (65_536 &- u) &+ Int(at[1]) &* u
              let lower = Int(at[width]) &* (65_536 &- u) &+ Int(at[width + 1]) &* u
              let value = (upper >> 8) &* (65_536 &- v) &+ (lower >> 8) &* v
              out[column] = UInt8(truncatingIfNeeded: (value &+ (1 << 23)) >> 24)
            } else {
              out[column] = outside
            }
            x &+= stepX
            y &+= stepY
          }
        }
      }
      filled = size.width * size.height
    }
    return GreyPage(width: size.width, height: size.height, luma: pixels)
  }
}
