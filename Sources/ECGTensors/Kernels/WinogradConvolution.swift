// 3x3 convolutions with stride 1 and padding 1 by Winograd: forward and input gradient.

import ECGParallel
import Foundation

/// A 3x3, stride 1, padding 1 convolution by F(4x4, 3x3) in the blocked layout.
///
/// Tiles are numbered over the batch. A task takes a group of `rows` x `blocks` tiles: it
/// transforms them, multiplies at each of the 36 points, and transforms back, all in scratch
/// memory that stays in the cache. What a tile's sums are does not depend on its group, so an
/// image's result depends neither on the batch nor on the threads.
public struct WinogradConvolution: Sendable {
  /// Input and output channels, rows and columns.
  public let c, k, h, w: Int
  let rows: Int
  let blocks: Int
  let tilesDown: Int
  let tilesAcross: Int

  /// Plans a convolution whose groups suit `images` images; the result does not depend on it.
  public init(c: Int, k: Int, h: Int, w: Int, images: Int) {
    precondition(c.isMultiple(of: 16) && k.isMultiple(of: 32), "\(c) to \(k) channels")
    (self.c, self.k, self.h, self.w) = (c, k, h, w)
    tilesDown = (h + 3) / 4
    tilesAcross = (w + 3) / 4
    let tiles = images * tilesDown * tilesAcross
    rows = max(c, k) <= 64 ? 14 : 8
    let preferred = max(c, k) <= 64 ? 2 : max(c, k) <= 128 ? 4 : 2
    blocks = max(1, min(preferred, tiles / (rows * 2)))
  }

  /// Tiles of one image.
  var tilesOfImage: Int { tilesDown * tilesAcross }
  /// Tiles of a group.
  var groupTiles: Int { rows * blocks }
  /// Bytes from one point to the next in a group's inputs, one cache line more than needed, so that
  /// no two points fall into one cache set.
  var inputPoint: Int { blocks * c * rows * 4 + 64 }
  /// The same in a group's outputs.
  var outputPoint: Int { blocks * k * rows * 4 + 64 }
  /// Floats of the transformed weights.
  public var transformedCount: Int { WinogradTransform.points * c * k }
  /// Floats of scratch memory a worker needs: inputs, outputs and two small tiles.
  public var scratchFloats: Int { WinogradTransform.points * (inputPoint + outputPoint) / 4 + 2048 }

  func groups(images: Int) -> Int { (images * tilesOfImage + groupTiles - 1) / groupTiles }

  /// Image, first row and first column of a tile's outputs.
  @inline(__always)
  func place(_ tile: Int) -> (image: Int, row: Int, column: Int) {
    (
      tile / tilesOfImage, tile % tilesOfImage / tilesAcross * 4, tile % tilesAcross * 4
    )
  }

  // MARK: Weights

  /// Transforms weights to [point][K/32][C][32].
  ///
  /// - Parameter weights: [K/32][C/16][9][16][32].
  public func transform(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    let (c, k) = (c, k)
    nonisolated(unsafe) let (weights, u) = (weights, u)
    pool.run(k / 32 * (c / 16)) { task, _ in
      let (panel, block) = (task / (c / 16), task % (c / 16))
      let source = UnsafeRawPointer(weights + task * 9 * 512)
      withUnsafeTemporaryAllocation(byteCount: 18 * 64, alignment: 64) { raw in
        guard let half = raw.baseAddress else { return }
        for lane in 0..<16 {
          for side in 0..<2 {
            let s = source + lane * 128 + side * 64
            let d = UnsafeMutableRawPointer(
              u + (panel * c + block * 16 + lane) * 32 + side * 16)
            Self.transformKernel(s, tap: 2048, d, point: k / 32 * c * 128, half)
          }
        }
      }
    }
  }

  /// Transforms the weights of the convolution from `k` to `c` channels whose input gradient this
  /// convolution computes: taps reversed, inputs and outputs exchanged.
  ///
  /// - Parameter weights: [C/32][K/16][9][16][32]: this convolution's outputs are their inputs.
  public func transformReversed(
    _ weights: UnsafePointer<Float>, into u: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    let (c, k) = (c, k)
    nonisolated(unsafe) let (weights, u) = (weights, u)
    pool.run(c / 16 * (k / 16)) { task, _ in
      let (block, kBlock) = (task / (k / 16), task % (k / 16))
      withUnsafeTemporaryAllocation(byteCount: (18 + 9 * 16) * 64, alignment: 64) { raw in
        guard let half = raw.baseAddress else { return }
        let turned = half + 18 * 64
        for tap in 0..<9 {
          let source =
            weights + ((block / 2 * (k / 16) + kBlock) * 9 + 8 - tap) * 512 + block % 2 * 16
          transpose16(UnsafeRawPointer(source), 128, turned + tap * 1024, 64)
        }
        for lane in 0..<16 {
          let d = UnsafeMutableRawPointer(
            u + (kBlock / 2 * c + block * 16 + lane) * 32 + kBlock % 2 * 16)
          Self.transformKernel(turned + lane * 64, tap: 1024, d, point: k / 32 * c * 128, half)
        }
      }
    }
  }

  /// G g G^T for sixteen kernels side by side.
  @inline(__always)
  private static func transformKernel(
    _ s: UnsafeRawPointer, tap: Int, _ d: UnsafeMutableRawPointer, point: Int,
    _ half: UnsafeMutableRawPointer
  ) {
    for x in 0..<3 { WinogradTransform.weights(s + x * tap, 3 * tap, half + x * 64, 192) }
    for i in 0..<6 { WinogradTransform.weights(half + i * 192, 64, d + i * 6 * point, point) }
  }

  // MARK: Forward

  /// y = x * w; with `accumulates`, y += x * w.
  ///
  /// - Parameters:
  ///   - x: (images, C, H, W), blocked.
  ///   - transformed: [point][K/32][C][32].
  ///   - y: (images, K, H, W), blocked.
  public func forward(
    _ x: UnsafePointer<Float>, transformed: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, images: Int, accumulates: Bool = false,
    pool: WorkerPool, scratch: Scratch
  ) {
    let tiles = images * tilesOfImage
    nonisolated(unsafe) let (x, transformed, y) = (x, transformed, y)
    pool.run(groups(images: images)) { group, worker in
      let v = scratch[worker]
      let m = v + WinogradTransform.points * inputPoint
      let small = m + WinogradTransform.points * outputPoint
      transformInputs(x, group: group, tiles: tiles, into: v, small)
      for point in 0..<WinogradTransform.points {
        for panel in 0..<k / 32 {
          let u = UnsafeRawPointer(transformed + (point * (k / 32) + panel) * c * 32)
          for block in 0..<blocks {
            let from = v + point * inputPoint + block * c * rows * 4
            let to = m + point * outputPoint + (block * k + panel * 32) * rows * 4
            if rows == 14 {
              product14(from, 14 * 64, c / 16, u, to, 14 * 64)
            } else {
              product8(from, 8 * 64, c / 16, u, to, 8 * 64)
            }
          }
        }
      }
      transformOutputs(m, group: group, tiles: tiles, into: y, accumulates: accumulates, small)
    }
  }

  /// A group's tiles of x into [point][block][C/16][row][16].
  @inline(__always)
  func transformInputs(
    _ x: UnsafePointer<Float>, group: Int, tiles: Int, into v: UnsafeMutableRawPointer,
    _ small: UnsafeMutableRawPointer
  ) {
    let edge = small + 4096
    for slot in 0..<groupTiles {
      let at = place(min(group * groupTiles + slot, tiles - 1))
      let (row, column) = (at.row - 1, at.column - 1)
      let inside = row >= 0 && column >= 0 && row + 6 <= h && column + 6 <= w
      for block in 0..<c / 16 {
        let plane = UnsafeRawPointer(x + (at.image * (c / 16) + block) * h * w * 16)
        if inside {
          let first = plane + (row * w + column) * 64
          for i in 0..<6 { WinogradTransform.input(first + i * w * 64, 64, small + i * 64, 384) }
        } else {
          for i in 0..<6 {
            for j in 0..<6 {
              let there = (0..<h).contains(row + i) && (0..<w).contains(column + j)
              let value =
                there
                ? load(plane, ((row + i) * w + column + j) * 64) : Vector(repeating: 0)
              store(edge, (i * 6 + j) * 64, value)
            }
          }
          for i in 0..<6 { WinogradTransform.input(edge + i * 384, 64, small + i * 64, 384) }
        }
        let d = v + ((slot / rows * (c / 16) + block) * rows + slot % rows) * 64
        for j in 0..<6 {
          WinogradTransform.input(small + j * 384, 64, d + j * inputPoint, 6 * inputPoint)
        }
      }
    }
  }

  /// A group's products back into y.
  @inline(__always)
  private func transformOutputs(
    _ m: UnsafeMutableRawPointer, group: Int, tiles: Int, into y: UnsafeMutablePointer<Float>,
    accumulates: Bool, _ small: UnsafeMutableRawPointer
  ) {
    let line = small + 4096
    for slot in 0..<groupTiles {
      let tile = group * groupTiles + slot
      if tile >= tiles { return }
      let at = place(tile)
      let inside = at.row + 4 <= h && at.column + 4 <= w
      for block in 0..<k / 16 {
        let source = m + ((slot / rows * (k / 16) + block) * rows + slot % rows) * 64
        for j in 0..<6 {
          WinogradTransform.output(
            source + j * outputPoint, 6 * outputPoint, small + j * 64, 384)
        }
        let plane = UnsafeMutableRawPointer(y + (at.image * (k / 16) + block) * h * w * 16)
        for i in 0..<min(4, h - at.row) {
          let target = plane + ((at.row + i) * w + at.column) * 64
          if inside && !accumulates {
            WinogradTransform.output(small + i * 384, 64, target, 64)
          } else {
            WinogradTransform.output(small + i * 384, 64, line, 64)
            for j in 0..<min(4, w - at.column) {
              let value = load(line, j * 64)
              store(target, j * 64, accumulates ? value + load(target, j * 64) : value)
            }
          }
        }
      }
    }
  }
}
