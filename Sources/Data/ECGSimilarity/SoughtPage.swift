// Where a page of any turn, size and proportion lies on other pages.

import Foundation

/// The profiles of a page that others are looked for on.
struct Anchor: Sendable {
  let rows: PaddedProfile
  let columns: PaddedProfile

  init(_ profiles: InkProfiles) {
    (rows, columns) = (PaddedProfile(profiles.rows), PaddedProfile(profiles.columns))
  }
}

/// A first guess of where a page lies on an anchor.
struct RoughMapping: Sendable {
  /// The number of the anchor.
  let anchor: Int
  /// Where the anchor's points lie on the page.
  let mapping: PageMapping
  /// The sum of the correlations of rows and columns.
  let score: Float
}

/// A page that is looked for on others, whichever way up it is, mirrored or cut.
struct SoughtPage {
  private let straight: PageMapping
  /// Of rows, columns, and both read backwards.
  private let rows, columns, rowsBack, columnsBack: SoughtProfile

  /// - Parameters:
  ///   - ink: In twice as many cells as a profile has.
  ///   - width: The page's width in pixels.
  ///   - height: The page's height in pixels.
  init(_ ink: MovedInk, width: Int, height: Int) {
    let degrees = skew(of: ink.map, width: width, height: height)
    straight =
      degrees == 0 ? .identity : .turn(degrees: degrees, width: width, height: height)
    let profiles =
      degrees == 0 ? InkProfiles(ink.map) : InkProfiles(ink, straightened: straight)
    rows = SoughtProfile(profiles.rows)
    columns = SoughtProfile(profiles.columns)
    rowsBack = SoughtProfile(profiles.rows.reversed())
    columnsBack = SoughtProfile(profiles.columns.reversed())
  }

  /// The best guesses on many anchors, the best first; at most one for an anchor and a way up.
  func guesses(on anchors: [Anchor], most: Int) -> [RoughMapping] {
    anchors.enumerated().flatMap { number, anchor -> [RoughMapping] in
      // Upright or head first, its lines along the anchor's rows or along its columns.
      [false, true].flatMap { isTurned -> [RoughMapping] in
        let (across, down) = isTurned ? (rows, columns) : (columns, rows)
        let (acrossBack, downBack) =
          isTurned ? (rowsBack, columnsBack) : (columnsBack, rowsBack)
        let xs = [across.place(on: anchor.columns), acrossBack.place(on: anchor.columns)]
        let ys = [down.place(on: anchor.rows), downBack.place(on: anchor.rows)]
        return (0..<4).map { way in
          let (x, y) = (xs[way % 2], ys[way / 2])
          return RoughMapping(
            anchor: number,
            mapping: mapping(x, y, isTurned, backX: way % 2 == 1, backY: way / 2 == 1),
            score: x.correlation + y.correlation)
        }
      }
    }.sorted { ($1.score, $0.anchor) < ($0.score, $1.anchor) }.prefix(most).map { $0 }
  }

  /// From places of profiles to a mapping onto the page as it is.
  private func mapping(
    _ x: ProfilePlace, _ y: ProfilePlace, _ isTurned: Bool, backX: Bool, backY: Bool
  ) -> PageMapping {
    // A share s of the anchor lies at (s - start) / scale of the profile.
    func line(_ place: ProfilePlace, _ isBack: Bool) -> (at: Double, slope: Double) {
      let middle = (0.5 - place.start) / place.scale - 0.5
      return isBack ? (-middle, -1 / place.scale) : (middle, 1 / place.scale)
    }
    let (across, down) = (line(x, backX), line(y, backY))
    let onStraight =
      isTurned
      ? PageMapping(parameters: [down.at, 0, down.slope, across.at, across.slope, 0])
      : PageMapping(parameters: [across.at, across.slope, 0, down.at, 0, down.slope])
    return onStraight.then(straight)
  }
}

/// The angle in degrees, -30...30, in which a page's ink lies in rows and columns most; 0 for an angle
/// under 1.
///
/// The straight page's points lie on the page where a turn by the angle takes them.
func skew(of ink: InkMap, width: Int, height: Int) -> Double {
  let side = Double(ink.side)
  let largest = Double(max(width, height))
  // Ink on the page in pixels of 1/192 of its longer side.
  let marks = ink.cells.enumerated().compactMap { cell, value -> (x: Double, y: Double, Double)? in
    guard value > 0.1 else { return nil }
    let x = (Double(cell % ink.side) + 0.5) / side - 0.5
    let y = (Double(cell / ink.side) + 0.5) / side - 0.5
    return (
      x * Double(width) / largest * side, y * Double(height) / largest * side, Double(value)
    )
  }
  let half = Int(side)
  var best = (sharpness: -1.0, degrees: 0.0)
  for step in -60...60 {
    let degrees = Double(step) / 2
    let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    var across = [Double](repeating: 0, count: 2 * half)
    var down = across
    for (x, y, value) in marks {
      // The reverse of `PageMapping.turn`.
      across[Int((cosine * x + sine * y).rounded()) + half] += value
      down[Int((cosine * y - sine * x).rounded()) + half] += value
    }
    let sharpness = (across + down).reduce(0) { $0 + $1 * $1 }
    if sharpness > best.sharpness { best = (sharpness, degrees) }
  }
  return abs(best.degrees) < 1 ? 0 : best.degrees
}
