// The tiles of Winograd's convolutions: their way into the domain and out of it.

import CProcessor

/// Tiles of 4 x 4 pixels that cover planes of `h` x `w`, numbered over the batch; the last of a row
/// or of a column may reach out of its plane.
struct WinogradTiles: Sendable {
  let h, w: Int
  let grid: TileGrid

  init(h: Int, w: Int) {
    (self.h, self.w) = (h, w)
    let side = TileGrid.side
    grid = TileGrid(
      rows: side, columns: side, firstRow: 0, firstColumn: 0, down: (h + side - 1) / side,
      across: (w + side - 1) / side)
  }

  /// Tiles of one image.
  var ofImage: Int { grid.count }

  /// Vectors of scratch memory that a transform needs: a tile between its two passes, and a copied
  /// one.
  static let smallVectors = 2 * WinogradTransform.points
  private static let copyBytes = WinogradTransform.points * vectorBytes

  /// Asks for the pixels that the tile at `at` adds to those of its left neighbor.
  ///
  /// Processors follow a single row, but not six short ones beside each other.
  @inline(__always)
  func prefetch(_ plane: Plane, _ at: TilePlace) {
    let pixels = plane.pixels(row: at.row &- 1, column: at.column &+ 1)
    for i in 0..<WinogradTransform.size {
      for j in 0..<TileGrid.side {
        ecg_prefetch(pixels.start + (i &* pixels.rowStep &+ j &* vectorBytes))
      }
    }
  }

  /// B^T d B of the 6 x 6 inputs around a tile, zero outside of the plane, to 36 points.
  ///
  /// - Parameter small: ``smallVectors``.
  @inline(__always)
  func transformInput(
    _ plane: Plane, _ at: TilePlace, into points: TilePoints, _ small: UnsafeMutableRawPointer
  ) {
    let size = WinogradTransform.size
    let pixels = plane.tile(
      row: at.row &- 1, column: at.column &- 1, height: size, width: size,
      copy: small + Self.copyBytes)
    let half = VectorGrid(small, columns: size)
    let target = points.grid(columns: size)
    for i in 0..<size { WinogradTransform.input(pixels.row(i), to: half.column(i)) }
    for j in 0..<size { WinogradTransform.input(half.row(j), to: target.column(j)) }
  }

  /// A dy A^T of a tile's 4 x 4 gradients, zero outside of the plane, to 36 points.
  ///
  /// - Parameter small: ``smallVectors``.
  @inline(__always)
  func transformGradient(
    _ plane: Plane, _ at: TilePlace, into points: TilePoints, _ small: UnsafeMutableRawPointer
  ) {
    let (side, size) = (TileGrid.side, WinogradTransform.size)
    let pixels = plane.tile(
      row: at.row, column: at.column, height: side, width: side, copy: small + Self.copyBytes)
    let half = VectorGrid(small, columns: side)
    let target = points.grid(columns: size)
    for i in 0..<side { WinogradTransform.gradient(pixels.row(i), to: half.column(i)) }
    for j in 0..<size { WinogradTransform.gradient(half.row(j), to: target.column(j)) }
  }

  /// A^T m A of a tile's 36 points, finished by the epilogue and stored in its plane.
  ///
  /// - Parameter small: ``smallVectors``.
  @inline(__always)
  func transformOutput(
    _ points: TilePoints, _ at: TilePlace, into plane: Plane, _ epilogue: ChannelEpilogue,
    _ small: UnsafeMutableRawPointer
  ) {
    let size = WinogradTransform.size
    let source = points.grid(columns: size)
    let half = VectorGrid(small, columns: size)
    for j in 0..<size { half.column(j).put(WinogradTransform.output(source.column(j))) }
    let pixels = plane.pixels(row: at.row, column: at.column)
    let columns = min(TileGrid.side, w &- at.column)
    for i in 0..<min(TileGrid.side, h &- at.row) {
      epilogue.store(WinogradTransform.output(half.row(i)), columns, to: pixels.row(i))
    }
  }
}
