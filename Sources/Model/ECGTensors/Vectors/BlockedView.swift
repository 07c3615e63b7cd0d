// Views of activations in memory.

import Foundation

/// An activation in memory, [N][C/16][H][W][16].
struct BlockedView: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  /// Blocks of sixteen channels, rows and columns of an image.
  let blocks, h, w: Int

  init(_ start: UnsafeMutablePointer<Float>, blocks: Int, h: Int, w: Int) {
    self.start = UnsafeMutableRawPointer(start)
    (self.blocks, self.h, self.w) = (blocks, h, w)
  }

  /// An activation to be read.
  init(reading start: UnsafePointer<Float>, blocks: Int, h: Int, w: Int) {
    self.init(UnsafeMutablePointer(mutating: start), blocks: blocks, h: h, w: w)
  }

  /// Bytes from one block of channels to the next.
  @inline(__always) var planeBytes: Int { h &* w &* vectorBytes }
  /// Bytes from one image to the next.
  @inline(__always) var imageBytes: Int { blocks &* planeBytes }

  /// Sixteen channels of one image.
  @inline(__always)
  func plane(_ image: Int, _ block: Int) -> Plane {
    Plane(start: start + (image &* blocks &+ block) &* planeBytes, h: h, w: w)
  }
}

/// Sixteen channels of an image, [H][W][16].
struct Plane {
  let start: UnsafeMutableRawPointer
  let h, w: Int

  /// The pixels from a row and a column on, which may lie outside.
  @inline(__always)
  func pixels(row: Int, column: Int) -> VectorGrid {
    VectorGrid(start + (row &* w &+ column) &* vectorBytes, columns: w)
  }

  /// The `height` x `width` pixels from a row and a column on; where they reach out of the plane, a
  /// copy with zeros around it, made in `copy`.
  @inline(__always)
  func tile(
    row: Int, column: Int, height: Int, width: Int, copy: UnsafeMutableRawPointer
  ) -> VectorGrid {
    if row >= 0, column >= 0, row &+ height <= h, column &+ width <= w {
      return pixels(row: row, column: column)
    }
    let padded = VectorGrid(copy, columns: width)
    memset(copy, 0, height &* padded.rowStep)
    let (left, right) = (max(0, column), min(w, column &+ width))
    for i in max(0, row)..<min(h, row &+ height) {
      let from = pixels(row: i, column: left).row(0)
      let to = padded.row(i &- row).dropping(left &- column)
      for j in 0..<max(0, right &- left) { to[j] = from[j] }
    }
    return padded
  }
}
