// Boxes on a page that hide traces: stickers with an outline, and filled rectangles.

import ECGLayouts
import ECGRaster

/// An area of a straight page where no trace is seen: a sticker with its outline, or a filled
/// rectangle.
struct CoveredArea: Equatable, Sendable {
  /// The first column.
  let firstColumn: Int
  /// The rows of each column, outline included.
  let rows: [ClosedRange<Float>]

  /// The columns.
  var columns: Range<Int> { firstColumn..<firstColumn + rows.count }

  /// The rows of a column of the page.
  func rows(at column: Int) -> ClosedRange<Float>? {
    columns.contains(column) ? rows[column - firstColumn] : nil
  }

  /// Whether ink of a column ends at the area's edge, so that it may go on beneath.
  func cuts(_ ink: Run, at column: Int) -> Bool {
    rows(at: column).map {
      ink.top <= $0.upperBound + Self.touch && ink.bottom >= $0.lowerBound - Self.touch
    } ?? false
  }

  /// How near ink touches an area, in rows.
  private static let touch: Float = 1.5

  /// The area of blocks, drawn out by a margin in pixels.
  fileprivate init(_ area: InkBlocks.Area, margin: Int) {
    let side = InkBlocks.side
    let left = area.columns.lowerBound * side - margin
    let right = area.columns.upperBound * side + margin
    let last = area.columns.count - 1
    firstColumn = left
    rows = (left..<right).map { x in
      let first = min(max((x - margin) / side - area.columns.lowerBound, 0), last)
      let end = min(max((x + margin) / side - area.columns.lowerBound, 0), last)
      let top = area.top[first...end].min() ?? area.rows.lowerBound
      let bottom = area.bottom[first...end].max() ?? area.rows.upperBound
      return Float(top * side - margin)...Float(bottom * side + margin)
    }
  }
}

/// Finds the covered areas of a straight page.
struct CoverSearch {
  let runs: ColumnRuns
  let size: PageSize
  let layout: PageLayout
  /// Where the layout lies on the straight page.
  let placement: Placement

  /// The least side of a sticker within its outline, in millimeters.
  private static let leastSticker = 4.0
  /// The least side of a filled rectangle, in millimeters.
  private static let leastFilled = 2.0
  /// The greatest distance of the paper between traces and separators from these, in millimeters.
  private static let nearTrace = 3.0
  /// The thickest outline, in pixels.
  private static let thickestOutline: Float = 24

  /// The covered areas.
  func areas() -> [CoveredArea] {
    let blocks = InkBlocks(runs, width: size.width, height: size.height)
    let unit = layout.template.pixelsPerMillimetre / Double(InkBlocks.side)
    func least(_ millimeters: Double) -> Int { Int((millimeters * unit).rounded(.up)) }
    let stickers = blocks.bareAreas(atLeast: least(Self.leastSticker)).filter {
      $0.isRectangle && !isBetweenTraces($0) && !isBetweenBeats($0)
    }.map { CoveredArea($0, margin: Int(outline(of: $0).rounded(.up)) + InkBlocks.side + 1) }
    let filled = blocks.filledAreas(atLeast: least(Self.leastFilled)).filter(\.isRectangle)
    return stickers + filled.map { CoveredArea($0, margin: InkBlocks.side) }
  }

  /// The thickness of an area's outline, above or below, in pixels.
  private func outline(of area: InkBlocks.Area) -> Float {
    let side = InkBlocks.side
    let middle = area.columns.dropFirst(area.columns.count / 4).dropLast(area.columns.count / 4)
    func median(_ edges: [Int]) -> Float {
      let found = middle.compactMap { column -> Float? in
        let edge = Float(edges[column - area.columns.lowerBound] * side)
        let at = runs[column * side + side / 2].first {
          $0.top <= edge + Float(side) && $0.bottom >= edge - Float(side)
        }
        return at.map(\.thickness)
      }.sorted()
      return found.isEmpty ? 0 : found[found.count / 2]
    }
    return min(max(median(area.top), median(area.bottom)), Self.thickestOutline)
  }

  /// Whether an area is the paper between two rows of level traces and two separators.
  private func isBetweenTraces(_ area: InkBlocks.Area) -> Bool {
    let unit = layout.template.pixelsPerMillimetre
    let near = Self.nearTrace * unit
    let side = Double(InkBlocks.side)
    func isNear(_ block: Int, _ places: [Double]) -> Bool {
      places.contains { abs(Double(block) * side - $0) < near }
    }
    let separators = layout.template.separators.map {
      placement.onPage(PagePoint(x: ($0.x + $0.width / 2) * unit, y: $0.y * unit)).x
    }
    let zeroLines = layout.allPanels.map {
      placement.onPage(PagePoint(x: $0.box.x, y: $0.zeroLine)).y
    }
    return isNear(area.columns.lowerBound, separators)
      && isNear(area.columns.upperBound, separators)
      && isNear(area.rows.lowerBound, zeroLines) && isNear(area.rows.upperBound, zeroLines)
  }
}

extension CoverSearch {
  /// Whether an area is the paper between two rows of level traces and two beats that reach from one
  /// to the other: both traces go on beyond at least three of its corners, as no outline does.
  private func isBetweenBeats(_ area: InkBlocks.Area) -> Bool {
    let unit = layout.template.pixelsPerMillimetre
    let side = InkBlocks.side
    let (near, far) = (Int(Self.widestBeat * unit), Int(2 * Self.widestBeat * unit))
    let left = area.columns.lowerBound * side
    let right = area.columns.upperBound * side
    let reach = Float(Self.levelReach * unit)
    let corners = [left - far..<left - near, right + near..<right + far].flatMap { columns in
      [area.rows.lowerBound, area.rows.upperBound].map { (columns, Float($0 * side)) }
    }
    return corners.count { columns, row in
      let inked = columns.count { x in
        runs[x].contains { $0.top <= row + reach && $0.bottom >= row - reach }
      }
      return 4 * inked >= 3 * columns.count
    } >= 3
  }

  /// The width of a beat's side, in millimeters: 0.12 s.
  private static let widestBeat = 3.0
  /// How far a level trace leaves its level beyond a beat, in millimeters.
  private static let levelReach = 2.0
}

extension ColumnRuns {
  /// The runs outside some areas; ends shorter than a run are none.
  func without(_ areas: [CoveredArea]) -> ColumnRuns {
    areas.isEmpty
      ? self
      : kept { x, run in
        areas.reduce([run]) { parts, area in
          guard let hidden = area.rows(at: x) else { return parts }
          return parts.flatMap { part -> [Run] in
            guard part.top < hidden.upperBound, part.bottom > hidden.lowerBound else {
              return [part]
            }
            return [
              Run(top: part.top, bottom: hidden.lowerBound),
              Run(top: hidden.upperBound, bottom: part.bottom),
            ].filter { $0.thickness >= Self.leastThickness }
          }
        }
      }
  }
}
