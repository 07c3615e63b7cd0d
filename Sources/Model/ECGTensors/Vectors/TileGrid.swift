// Tiles of up to 4 x 4 outputs: where they lie in images, and in a transform's domain.

/// Where a tile's outputs begin.
struct TilePlace {
  var image, row, column: Int
}

/// Tiles of one size, in rows that repeat in every image, numbered over the batch.
struct TileGrid: Sendable {
  /// Rows and columns of outputs in a tile, one to four.
  var rows, columns: Int
  /// The first tile's first output.
  var firstRow, firstColumn: Int
  /// Tiles of one image.
  var down, across: Int

  /// Rows and columns from one tile to the next.
  static let side = 4

  /// Tiles of one image.
  var count: Int { down * across }
  /// Whether a tile has all of its outputs.
  @inline(__always) var isFull: Bool { rows == Self.side && columns == Self.side }

  /// The place of a tile.
  @inline(__always)
  func place(_ tile: Int) -> TilePlace {
    let rest = tile % count
    return TilePlace(
      image: tile / count, row: firstRow &+ rest / across &* Self.side,
      column: firstColumn &+ rest % across &* Self.side)
  }

  /// Moves to the next tile.
  @inline(__always)
  func advance(_ place: inout TilePlace) {
    place.column &+= Self.side
    if place.column < firstColumn &+ across &* Self.side { return }
    place.column = firstColumn
    place.row &+= Self.side
    if place.row < firstRow &+ down &* Self.side { return }
    place.row = firstRow
    place.image &+= 1
  }

  /// Visits `count` tiles from `first` on with their places in the images and in `memory`, for one
  /// block of channels.
  ///
  /// - Parameter total: Tiles of the batch; those past the last repeat its place.
  @inline(__always)
  func walk(
    from first: Int, count: Int, of total: Int = .max, block: Int, in memory: TileMemory,
    _ body: (TilePlace, TilePoints) -> Void
  ) {
    var place = self.place(min(first, total &- 1))
    var vectors = memory.address(block: block)
    var row = 0
    for tile in first..<first + count {
      body(place, TilePoints(start: vectors, slot: memory.slot))
      if tile &+ 1 < total { advance(&place) }
      vectors += vectorBytes
      row &+= 1
      if row == memory.rows {
        row = 0
        vectors += memory.partBytes &- memory.rows &* vectorBytes
      }
    }
  }

  /// Calls `body` with the rows and columns of a tile, which the usual 4 x 4 are constants for.
  @inline(__always)
  func withSize(_ body: (_ rows: Int, _ columns: Int) -> Void) {
    if isFull { body(Self.side, Self.side) } else { body(rows, columns) }
  }
}

/// Tiles in a transform's domain: [slot][tile / rows][block of channels][tile % rows][16].
///
/// A slot is a point of the transform. `rows` tiles lie together, as a product reads them.
struct TileMemory: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  /// Bytes from one slot to the next.
  let slot: Int
  /// Tiles that lie together.
  let rows: Int
  /// Blocks of sixteen channels.
  let blocks: Int

  /// Bytes from one part, `rows` tiles with all channels, to the next.
  @inline(__always) var partBytes: Int { blocks &* rows &* vectorBytes }

  /// The first vector of some channels of a part.
  @inline(__always)
  func address(slot index: Int = 0, part: Int = 0, block: Int = 0) -> UnsafeMutableRawPointer {
    start + (index &* slot &+ (part &* blocks &+ block) &* rows &* vectorBytes)
  }

  /// The memory without its first tiles, all of one part.
  func from(tile: Int) -> TileMemory {
    TileMemory(start: start + tile * vectorBytes, slot: slot, rows: rows, blocks: blocks)
  }

  /// The points of one tile.
  @inline(__always)
  func points(tile: Int, block: Int) -> TilePoints {
    TilePoints(
      start: address(part: tile / rows, block: block) + tile % rows &* vectorBytes, slot: slot)
  }
}

/// Sixteen channels of one tile in a transform's domain: a vector per slot.
struct TilePoints {
  let start: UnsafeMutableRawPointer
  /// Bytes from one slot to the next.
  let slot: Int

  /// All slots, one after the other.
  @inline(__always) var line: VectorLine { VectorLine(start, step: slot) }

  /// Slots from `first` on as points in rows of `columns`.
  @inline(__always)
  func grid(from first: Int = 0, columns: Int) -> VectorGrid {
    VectorGrid(start + first &* slot, rowStep: columns &* slot, columnStep: slot)
  }
}
