// Pixels that are asked for while something else is computed.

import CProcessor

/// The pixels of a group of tiles, fetched into the cache some rows at a time.
///
/// Transforms wait for memory and products hardly use it: between products the next group's inputs
/// and this group's outputs are asked for.
struct StridedRows {
  private let base: UnsafeRawPointer
  private let tiles: StridedTiles
  private let blocks, height, width: Int
  private let scale, offset, rows, lines: Int
  private let first: StridedTiles.Place
  private let count: Int
  private var place: StridedTiles.Place
  private var slot = 0
  private var row = 0
  private var block = 0

  /// The tiles `first..<first + count` of an activation with `blocks` blocks of channels.
  ///
  /// - Parameters:
  ///   - scale: Pixels a unit of the tiles' places.
  ///   - offset: Pixels from there to the tile's first row and column.
  ///   - rows: Rows of a tile.
  ///   - lines: Columns of a tile.
  init(
    _ base: UnsafeRawPointer, _ tiles: StridedTiles, first: Int, count: Int, blocks: Int,
    height: Int, width: Int, scale: Int, offset: Int, rows: Int, lines: Int
  ) {
    self.base = base
    self.tiles = tiles
    (self.blocks, self.height, self.width) = (blocks, height, width)
    (self.scale, self.offset, self.rows, self.lines) = (scale, offset, rows, lines)
    self.first = tiles.place(first)
    self.count = count
    place = self.first
  }

  /// All rows of all tiles.
  var total: Int { blocks * count * rows }

  /// Asks for the next rows.
  @inline(__always)
  mutating func fetch(_ number: Int) {
    for _ in 0..<number {
      if block == blocks { return }
      let y = place.row &* scale &+ offset &+ row
      if y >= 0 && y < height {
        let x = max(0, place.column &* scale &+ offset)
        let line =
          base
          + (((place.image &* blocks &+ block) &* height &+ y) &* width &+ x) &* 64
        for j in 0..<lines { ecg_prefetch(line + j &* 64) }
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
  func inputRows(_ x: UnsafePointer<Float>, _ group: Group) -> StridedRows {
    let tiles = tiles[group.size]
    return StridedRows(
      UnsafeRawPointer(x), tiles, first: group.first, count: group.count, blocks: c / 16,
      height: h, width: w, scale: 2, offset: 0, rows: tiles.rows * 2, lines: tiles.columns * 2)
  }

  /// The pixels of y or dy that a group's tiles have, with so many `more` rows and columns.
  func outputRows(_ y: UnsafePointer<Float>, _ group: Group, more: Int) -> StridedRows {
    let tiles = tiles[group.size]
    return StridedRows(
      UnsafeRawPointer(y), tiles, first: group.first, count: group.count, blocks: k / 16,
      height: outputRows, width: outputColumns, scale: 1, offset: 0, rows: tiles.rows + more,
      lines: tiles.columns + more)
  }
}
