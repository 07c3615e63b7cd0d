// How far a page's grid lies off its placement: what turn and scale cannot explain.

import ECGLayouts
import ECGRaster
import ECGStatistics
import Foundation

/// The phases of a page's grid in windows over its frame.
///
/// A flat page has its grid where the placement puts it, up to a constant height for each row of
/// windows and, across, up to another scale and slant. Where the page is sheared, curled or seen in
/// perspective, the grid drifts.
struct GridOffsets {
  let page: GreyPage
  let scale: InkScale
  let found: FoundLayout

  /// Windows down and across the frame.
  private static let bands = 5
  private static let windows = 16
  /// The side of a window in grid millimeters: bold lines have the same part in each.
  private static let side = 10.0
  /// The faintest grid that is measured, in luma.
  private static let leastAmplitude = 0.15
  /// The share of a band's windows that must show the grid.
  private static let leastShare = 0.7

  /// A window's grid off the placement, in its millimeters.
  struct Offset: Equatable, Sendable {
    /// The window's middle, in layout pixels.
    let place: PagePoint
    /// To the right, up to whole steps; `nil` where no upright lines are seen.
    let across: Double?
    /// Downwards, up to whole millimeters; `nil` where no level lines are seen.
    let down: Double?
  }

  /// What drifts, in grid millimeters, all bands of windows but one stay below; `nil` where too
  /// little of the grid is seen.
  func drift() -> GridDrift? {
    let frame = found.layout.frame
    let bands = (0..<Self.bands).map { band -> [Offset] in
      let y = frame.y + frame.height * (Double(band) + 0.5) / Double(Self.bands)
      return (0..<Self.windows).map { window in
        let x = frame.x + frame.width * (Double(window) + 0.5) / Double(Self.windows)
        return offset(at: PagePoint(x: x, y: y))
      }
    }
    let across =
      !showsSteps ? nil : isDotted ? Self.driftOfDots(bands, step: step) : Self.driftOfLines(bands)
    let down = Self.driftDown(bands)
    return down == nil && across == nil ? nil : GridDrift(down: down ?? 0, across: across ?? 0)
  }

  private var isDotted: Bool {
    if case .dots = found.layout.template.gridPrint { true } else { false }
  }

  /// Whether the page has enough pixels from one upright line to the next: of two pixels a step nothing
  /// can be measured.
  private var showsSteps: Bool {
    step * found.layout.grid.pitchX * abs(found.placement.x[0]) >= Self.leastPixelsPerStep
  }

  private static let leastPixelsPerStep = 2.2

  /// How far apart upright lines are, in millimeters: bold rows of dots have them twice as near.
  private var step: Double { isDotted ? 0.5 : 1 }

  /// The drift of level lines along a band.
  static func driftDown(_ bands: [[Offset]]) -> Double? {
    second(
      bands.compactMap { band in
        let offsets = band.compactMap(\.down)
        return isEnough(offsets.count) ? drift(of: offsets) : nil
      })
  }

  /// The drift of dots to the side from band to band: devices are not exact along a row.
  static func driftOfDots(_ bands: [[Offset]], step: Double) -> Double? {
    let turn = 2 * Double.pi / step
    let middles = (0..<windows).map { window -> Double in
      let seen = bands.compactMap { $0[window].across }
      return atan2(
        seen.reduce(0) { $0 + sin($1 * turn) }, seen.reduce(0) { $0 + cos($1 * turn) }) / turn
    }
    return second(
      bands.compactMap { band in
        let offsets = zip(band, middles).compactMap { offset, middle in
          offset.across.map { ($0 - middle) - (($0 - middle) / step).rounded() * step }
        }
        return isEnough(offsets.count) ? smooth(offsets).map { abs($0) }.max() : nil
      })
  }

  /// The drift of upright lines, along a band and from band to band, off an even scale and slant.
  static func driftOfLines(_ bands: [[Offset]]) -> Double? {
    var last: Double?
    let seen = bands.compactMap { band -> [(place: PagePoint, value: Double)]? in
      let known = band.filter { $0.across != nil }
      guard isEnough(known.count) else { return nil }
      let offsets = known.compactMap(\.across)
      let smooth = Self.smooth(unwrapped(offsets, from: last ?? offsets[0]))
      last = smooth[0]
      return zip(known, smooth).map { ($0.place, $1) }
    }
    guard seen.count >= Self.bands - 1, let plane = leastSquaresPlane(seen.flatMap { $0 }) else {
      return nil
    }
    return second(
      seen.map { band in
        band.map { point in
          let fitted = plane.x * point.place.x + plane.y * point.place.y + plane.z
          return abs(point.value - fitted)
        }.max() ?? 0
      })
  }

  /// The farthest of a row of offsets from their median; each stands for itself and its neighbors.
  static func drift(of offsets: [Double]) -> Double {
    let smooth = smooth(unwrapped(offsets, from: offsets.first ?? 0))
    let middle = smooth.upperMedian
    return smooth.map { abs($0 - middle) }.max() ?? 0
  }

  private static func isEnough(_ count: Int) -> Bool {
    Double(count) >= leastShare * Double(windows)
  }

  /// The second largest of the bands' drifts; `nil` where more than one band is unknown.
  private static func second(_ drifts: [Double]) -> Double? {
    drifts.count >= bands - 1 ? drifts.sorted()[drifts.count - 2] : nil
  }

  /// Offsets without the jumps by whole millimeters between neighbors.
  private static func unwrapped(_ offsets: [Double], from start: Double) -> [Double] {
    var last = start
    return offsets.map { offset in
      last += (offset - last) - (offset - last).rounded()
      return last
    }
  }

  /// The medians of each value and its two neighbors.
  private static func smooth(_ values: [Double]) -> [Double] {
    values.indices.map { at in
      values[max(0, at - 1)...min(values.count - 1, at + 1)].upperMedian
    }
  }

  private func offset(at place: PagePoint) -> Offset {
    let grid = found.layout.grid
    let half = Int(Self.side * grid.pitchY / 2)
    let (rows, columns) = profiles(around: place, half: half)
    let pitch = step * grid.pitchX
    return Offset(
      place: place,
      across: Self.phase(of: columns, pitch: pitch).map {
        let off = $0 + place.x / pitch
        return step * (off - off.rounded())
      },
      down: Self.phase(of: rows, pitch: grid.pitchY))
  }

  /// How dark the grid is in each row and each column of a window.
  private func profiles(around place: PagePoint, half: Int) -> (rows: [Int], columns: [Int]) {
    let placement = found.placement
    let (stepX, stepY) = (fixed(placement.x[0]), fixed(placement.y[0]))
    let (width, height) = (page.width, page.height)
    let (darkest, paper) = (scale.threshold, scale.paper)
    var rows = [Int](repeating: 0, count: 2 * half)
    var columns = rows
    page.luma.withUnsafeBufferPointer { luma in
      columns.withUnsafeMutableBufferPointer { columns in
        for row in rows.indices {
          let start = placement.onPage(
            PagePoint(x: place.x - Double(half), y: place.y + Double(row - half) + 0.5))
          var (atX, atY) = (fixed(start.x), fixed(start.y))
          var sum = 0
          for column in columns.indices {
            let (x, y) = (atX >> 16, atY >> 16)
            if x >= 0, y >= 0, x < width, y < height {
              let value = luma[y &* width &+ x]
              if value >= darkest, value < paper {
                sum &+= Int(paper &- value)
                columns[column] &+= Int(paper &- value)
              }
            }
            atX &+= stepX
            atY &+= stepY
          }
          rows[row] = sum
        }
      }
    }
    return (rows, columns)
  }

  /// How far past the middle of a profile the grid's next line lies, in pitches; `nil` where no
  /// grid is seen.
  private static func phase(of profile: [Int], pitch: Double) -> Double? {
    let half = profile.count / 2
    let mean = Double(profile.reduce(0, +)) / Double(profile.count)
    var (real, imaginary) = (0.0, 0.0)
    for (line, sum) in profile.enumerated() {
      let place = Double(line - half) + 0.5
      let weight = 0.5 + 0.5 * cos(.pi * place / Double(half))
      let angle = 2 * .pi * place / pitch
      real += weight * (Double(sum) - mean) * cos(angle)
      imaginary += weight * (Double(sum) - mean) * sin(angle)
    }
    let pixels = Double(half) * Double(2 * half)
    guard (real * real + imaginary * imaginary).squareRoot() / pixels >= leastAmplitude else {
      return nil
    }
    return atan2(imaginary, real) / (2 * .pi)
  }

  private func fixed(_ length: Double) -> Int { Int((length * 65_536).rounded()) }
}
