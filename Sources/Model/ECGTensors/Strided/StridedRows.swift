// Pixels that are asked for while something else is computed.

import CProcessor

/// The pixels of a group of tiles, fetched into the cache some rows at a time.
///
/// Transforms wait for memory and products hardly use it: between products the next group's inputs
/// and this group's outputs are asked for.
struct StridedRows {
  private let view: BlockedView
  private let tiles: TileGrid
  private let scale, rows, columns: Int
  private let first: TilePlace
  private let count: Int
  private var place: TilePlace
  private var slot = 0
  private var row = 0
  private var block = 0

  /// The tiles `first..<first + count` of an activation.
  ///
  /// - Parameters:
  ///   - scale: Pixels a unit of the tiles' places.
  ///   - rows: Rows of a tile.
  ///   - columns: Columns of a tile.
  init(
    _ view: BlockedView, _ tiles: TileGrid, first: Int, count: Int, scale: Int, rows: Int,
    columns: Int
  ) {
    (self.view, self.tiles) = (view, tiles)
    (self.scale, self.rows, self.columns) = (scale, rows, columns)
    self.first = tiles.place(first)
    self.count = count
    place = self.first
  }

  /// All rows of all tiles.
  var total: Int { view.blocks * count * rows }

  /// Asks for the next rows.
  @inline(__always)
  mutating func fetch(_ number: Int) {
    for _ in 0..<number {
      if block == view.blocks { return }
      let y = place.row &* scale &+ row
      if y < view.h {
        let pixels = view.plane(place.image, block).pixels(row: y, column: place.column &* scale)
        for j in 0..<columns { ecg_prefetch(pixels.start + j &* vectorBytes) }
      }
      row &+= 1
      if row < rows { continue }
      row = 0
      slot &+= 1
      tiles.advance(&place)
      if slot < count { continue }
      slot = 0
      place = first
      block &+= 1
    }
  }
}

extension StridedWinograd {
  /// The pixels of x or dx that a group's tiles have.
  func inputRows(_ x: BlockedView, _ group: Group) -> StridedRows {
    let tiles = tiles[group.size]
    return StridedRows(
      x, tiles, first: group.first, count: group.count, scale: 2, rows: tiles.rows * 2,
      columns: tiles.columns * 2)
  }

  /// The pixels of y or dy that a group's tiles have, with so many `more` rows and columns.
  func outputRows(_ y: BlockedView, _ group: Group, more: Int) -> StridedRows {
    let tiles = tiles[group.size]
    return StridedRows(
      y, tiles, first: group.first, count: group.count, scale: 1, rows: tiles.rows + more,
      columns: tiles.columns + more)
  }
}
