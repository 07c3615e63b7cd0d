// The tiles of Winograd's convolutions: where they lie, and their way into and out of the domain.

import CProcessor

/// A tile of 4 x 4 outputs: its image, and its first row and column.
struct TilePlace {
  var image, row, column: Int
}

/// Tiles of 4 x 4 pixels that cover planes of `h` x `w`, numbered over the batch.
struct WinogradTiles: Sendable {
  let h, w: Int
  let down, across: Int

  init(h: Int, w: Int) {
    (self.h, self.w) = (h, w)
    down = (h + 3) / 4
    across = (w + 3) / 4
  }

  /// Tiles of one image.
  var ofImage: Int { down * across }

  /// The most tiles of a group.
  static let mostInGroup = 32

  /// Calls `body` with the places of `count` tiles from `first` on; tiles past `tiles` repeat the
  /// last.
  @inline(__always)
  func withPlaces(
    from first: Int, count: Int, of tiles: Int,
    _ body: (UnsafeMutablePointer<TilePlace>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: TilePlace.self, capacity: Self.mostInGroup) { buffer in
      guard let places = buffer.baseAddress else { return }
      for slot in 0..<count {
        let tile = min(first + slot, tiles - 1)
        let (image, rest) = (tile / ofImage, tile % ofImage)
        places[slot] = TilePlace(
          image: image, row: rest / across * 4, column: rest % across * 4)
      }
      body(places)
    }
  }

  /// Asks for the pixels that the tile at `at` adds to those of its left neighbor.
  ///
  /// Processors follow a single row, but not six short ones beside each other.
  @inline(__always)
  func prefetch(_ plane: UnsafeRawPointer, _ at: TilePlace) {
    let first = plane + ((at.row &- 1) &* w &+ at.column &+ 1) &* 64
    for i in 0..<6 {
      for j in 0..<4 { ecg_prefetch(first + (i &* w &+ j) &* 64) }
    }
  }

  // MARK: Into the domain

  /// B^T d B of the 6 x 6 inputs around a tile, zero outside of the plane, to 36 points that lie
  /// `point` bytes apart.
  ///
  /// - Parameter small: 42 vectors.
  @inline(__always)
  func transformInput(
    _ plane: UnsafeRawPointer, _ at: TilePlace, into d: UnsafeMutableRawPointer, point: Int,
    _ small: UnsafeMutableRawPointer
  ) {
    let (row, column) = (at.row &- 1, at.column &- 1)
    let zero = Vector(repeating: 0)
    if row >= 0 && column >= 0 && row &+ 6 <= h && column &+ 6 <= w {
      let first = plane + (row &* w &+ column) &* 64
      for i in 0..<6 {
        WinogradTransform.input(first + i &* w &* 64, 64, small + i &* 64, 384)
      }
    } else {
      let line = small + 36 &* 64
      let left = max(0, 0 &- column)
      let right = min(6, w &- column)
      for i in 0..<6 {
        let target = small + i &* 64
        guard row &+ i >= 0, row &+ i < h else {
          for j in 0..<6 { store(target, j &* 384, zero) }
          continue
        }
        let source = plane + ((row &+ i) &* w &+ column) &* 64
        if right &- left == 6 {
          WinogradTransform.input(source, 64, target, 384)
        } else {
          for j in 0..<6 { store(line, j &* 64, zero) }
          for j in left..<right { store(line, j &* 64, load(source, j &* 64)) }
          WinogradTransform.input(line, 64, target, 384)
        }
      }
    }
    for j in 0..<6 {
      WinogradTransform.input(small + j &* 384, 64, d + j &* point, 6 &* point)
    }
  }

  /// A dy A^T of a tile's 4 x 4 gradients, zero outside of the plane, to 36 points.
  ///
  /// - Parameter small: 42 vectors.
  @inline(__always)
  func transformGradient(
    _ plane: UnsafeRawPointer, _ at: TilePlace, into d: UnsafeMutableRawPointer, point: Int,
    _ small: UnsafeMutableRawPointer
  ) {
    let zero = Vector(repeating: 0)
    let line = small + 36 &* 64
    let right = min(4, w &- at.column)
    for i in 0..<4 {
      let source = plane + ((at.row &+ i) &* w &+ at.column) &* 64
      if at.row &+ i >= h {
        for j in 0..<6 { store(small, (j &* 4 &+ i) &* 64, zero) }
      } else if right == 4 {
        WinogradTransform.gradient(source, 64, small + i &* 64, 256)
      } else {
        for j in 0..<4 { store(line, j &* 64, zero) }
        for j in 0..<right { store(line, j &* 64, load(source, j &* 64)) }
        WinogradTransform.gradient(line, 64, small + i &* 64, 256)
      }
    }
    for j in 0..<6 {
      WinogradTransform.gradient(small + j &* 256, 64, d + j &* point, 6 &* point)
    }
  }

  // MARK: Out of the domain

  /// A^T m A of a tile's 36 points, finished by the epilogue and stored in its plane.
  ///
  /// - Parameters:
  ///   - bias: The channels' bias.
  ///   - residual: The plane to be added, or `nil`.
  ///   - small: 28 vectors.
  @inline(__always)
  func transformOutput(
    _ m: UnsafeRawPointer, point: Int, _ at: TilePlace, into plane: UnsafeMutableRawPointer,
    isPlain: Bool, bias: Vector, residual: UnsafeRawPointer?, slope: Vector,
    _ small: UnsafeMutableRawPointer
  ) {
    for j in 0..<6 {
      WinogradTransform.output(m + j &* point, 6 &* point, small + j &* 64, 384)
    }
    let line = small + 24 &* 64
    let right = min(4, w &- at.column)
    for i in 0..<min(4, h &- at.row) {
      let offset = ((at.row &+ i) &* w &+ at.column) &* 64
      if isPlain && right == 4 {
        WinogradTransform.output(small + i &* 384, 64, plane + offset, 64)
        continue
      }
      WinogradTransform.output(small + i &* 384, 64, line, 64)
      if isPlain {
        for j in 0..<right { store(plane, offset &+ j &* 64, load(line, j &* 64)) }
      } else if let residual {
        for j in 0..<right {
          let sum = load(line, j &* 64) + bias + load(residual, offset &+ j &* 64)
          store(plane, offset &+ j &* 64, leaky(sum, slope))
        }
      } else {
        for j in 0..<right {
          store(plane, offset &+ j &* 64, leaky(load(line, j &* 64) + bias, slope))
        }
      }
    }
  }
}
