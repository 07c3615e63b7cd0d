// How far a page's grid lies off its placement: what turn and scale cannot explain.

import ECGPages
import Foundation

/// The phases of a page's grid in windows over its frame.
///
/// A flat page has its grid where the placement puts it, up to a constant for each row of windows. Where
/// the page is sheared, curled or seen in perspective, the grid drifts along the row.
struct GridOffsets {
  let page: GreyPage
  let scale: InkScale
  let found: FoundLayout

  /// Windows down and across the frame.
  private static let bands = 5
  private static let windows = 16
  /// The side of a window in grid millimetres.
  private static let side = 8.0
  /// The faintest grid that is measured, in luma.
  private static let leastAmplitude = 0.15
  /// The share of a band's windows that must show the grid.
  private static let leastShare = 0.7

  /// The greatest drift along a band, in grid millimetres, which all bands but one stay below; `nil`
  /// where too little of the grid is seen.
  func drift() -> Double? {
    let frame = found.layout.frame
    let drifts = (0..<Self.bands).compactMap { band -> Double? in
      let y = frame.y + frame.height * (Double(band) + 0.5) / Double(Self.bands)
      let offsets = (0..<Self.windows).compactMap { window -> Double? in
        let x = frame.x + frame.width * (Double(window) + 0.5) / Double(Self.windows)
        return offset(x: x, y: y)
      }
      guard Double(offsets.count) >= Self.leastShare * Double(Self.windows) else { return nil }
      return Self.drift(of: offsets)
    }.sorted()
    return drifts.count >= Self.bands - 1 ? drifts[drifts.count - 2] : nil
  }

  /// The farthest of a row of offsets from their median; each stands for itself and its neighbors.
  static func drift(of offsets: [Double]) -> Double {
    var unwrapped: [Double] = []
    for offset in offsets {
      let last = unwrapped.last ?? offset
      unwrapped.append(last + (offset - last) - (offset - last).rounded())
    }
    let smooth = unwrapped.indices.map { at in
      let near = unwrapped[max(0, at - 1)...min(unwrapped.count - 1, at + 1)].sorted()
      return near[near.count / 2]
    }
    let middle = smooth.sorted()[smooth.count / 2]
    return smooth.map { abs($0 - middle) }.max() ?? 0
  }

  /// How far below the window's middle the grid's next line lies, in its millimetres; `nil` where no
  /// grid is seen.
  private func offset(x: Double, y: Double) -> Double? {
    let pitch = found.layout.grid.pitchY
    let half = Int(Self.side * pitch / 2)
    var profile = [Int](repeating: 0, count: 2 * half)
    let darkest = scale.threshold
    let placement = found.placement
    let (stepX, stepY) = (fixed(placement.x[0]), fixed(placement.y[0]))
    page.luma.withUnsafeBufferPointer { luma in
      for row in 0..<2 * half {
        let start = placement.onPage(
          PagePoint(x: x - Double(half), y: y + Double(row - half) + 0.5))
        var (atX, atY) = (fixed(start.x), fixed(start.y))
        var sum = 0
        for _ in 0..<2 * half {
          let (column, line) = (atX >> 16, atY >> 16)
          if column >= 0, line >= 0, column < page.width, line < page.height {
            let value = luma[line &* page.width &+ column]
            if value >= darkest, value < scale.paper { sum &+= Int(scale.paper &- value) }
          }
          atX &+= stepX
          atY &+= stepY
        }
        profile[row] = sum
      }
    }
    let mean = Double(profile.reduce(0, +)) / Double(profile.count)
    var (real, imaginary) = (0.0, 0.0)
    for (row, sum) in profile.enumerated() {
      let place = Double(row - half) + 0.5
      let weight = 0.5 + 0.5 * cos(.pi * place / Double(half))
      let angle = 2 * .pi * place / pitch
      real += weight * (Double(sum) - mean) * cos(angle)
      imaginary += weight * (Double(sum) - mean) * sin(angle)
    }
    let pixels = Double(half) * Double(2 * half)
    guard (real * real + imaginary * imaginary).squareRoot() / pixels >= Self.leastAmplitude else {
      return nil
    }
    return atan2(imaginary, real) / (2 * .pi)
  }

  private func fixed(_ length: Double) -> Int { Int((length * 65_536).rounded()) }
}
