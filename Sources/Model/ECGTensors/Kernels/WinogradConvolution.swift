// 3x3 convolutions with stride 1 and padding 1 by Winograd: forward and input gradient.

import ECGParallel
import Foundation

/// A 3x3, stride 1, padding 1 convolution by F(4x4, 3x3) in the blocked layout.
///
/// Tiles are numbered over the batch. Many tiles: a task takes a group of `rows` x `blocks` of
/// them, transforms them, multiplies at each of the 36 points, and transforms back, all in scratch
/// memory that stays in the cache. Few tiles with many channels: all tiles are transformed first,
/// then a task takes thirty-two output channels, so that weights are read once and there are tasks
/// enough for many threads. What a tile's sums are does not depend on that, so an image's result
/// depends neither on the batch nor on the threads.
public struct WinogradConvolution: Sendable {
  /// Input and output channels, rows and columns.
  public let c, k, h, w: Int
  let tiles: WinogradTiles
  let rows: Int
  let blocks: Int
  /// Whether tasks own output channels instead of tiles.
  public let isDeep: Bool

  /// The most tiles that tasks with channels of their own take at once, by their products' size.
  private static let mostDeepTiles = 128

  /// Where a convolution's weights come from.
  public enum Weights {
    /// [point][K/32][C][32], points a line further apart, made by ``transform(_:into:pool:)``.
    case transformed(UnsafePointer<Float>)
    /// As the optimizer holds them; transformed by the task that needs them.
    case master(UnsafePointer<Float>)
    /// Those of the convolution whose input gradient this one computes, as the optimizer holds
    /// them: taps reversed, inputs and outputs exchanged.
    case masterReversed(UnsafePointer<Float>)
  }

  /// Plans a convolution whose tasks suit `images` images; the result does not depend on it.
  public init(c: Int, k: Int, h: Int, w: Int, images: Int) {
    self.init(c: c, k: k, h: h, w: w, images: images, mayBeDeep: true)
  }

  /// - Parameter preferred: Blocks of a group where there are tiles enough; chosen if `nil`.
  init(
    c: Int, k: Int, h: Int, w: Int, images: Int, mayBeDeep: Bool, blocks preferred: Int? = nil
  ) {
    precondition(c.isMultiple(of: 16) && k.isMultiple(of: 32), "\(c) to \(k) channels")
    (self.c, self.k, self.h, self.w) = (c, k, h, w)
    tiles = WinogradTiles(h: h, w: w)
    let count = images * tiles.ofImage
    isDeep = mayBeDeep && min(c, k) >= 128 && count <= Self.mostDeepTiles
    rows = max(c, k) <= 64 ? 14 : count > 4 ? 8 : 4
    let preferred = preferred ?? (isDeep || max(c, k) <= 64 ? 1 : max(c, k) <= 128 ? 4 : 2)
    blocks = max(1, min(preferred, count / (rows * 2)))
  }

  /// Tiles of a group.
  var groupTiles: Int { rows * blocks }
  /// Bytes from one point to the next in a group's inputs, one cache line more than needed, so that
  /// no two points fall into one cache set.
  var inputPoint: Int { blocks * c * rows * 4 + 64 }
  /// The same in a group's outputs.
  var outputPoint: Int { blocks * k * rows * 4 + 64 }
  /// Floats of the transformed weights.
  public var transformedCount: Int { WinogradTransform.points * weightPoint / 4 }
  /// Bytes from one point to the next in transformed weights, apart as the inputs' are.
  var weightPoint: Int { c * k * 4 + 64 }
  /// The same for the thirty-two output channels of one task.
  private var panelPoint: Int { c * 128 + 64 }
  private var panelBytes: Int { WinogradTransform.points * panelPoint }
  private static let smallFloats = 162 * 16

  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int {
    let products =
      isDeep
      ? panelBytes + WinogradTransform.points * (Self.mostDeepTiles * 128 + 64)
      : WinogradTransform.points * (inputPoint + outputPoint)
    return products / 4 + Self.smallFloats
  }

  /// Floats of the memory shared by all workers.
  public func sharedFloats(images: Int) -> Int {
    isDeep ? groups(images: images) * WinogradTransform.points * inputPoint / 4 : 0
  }

  func groups(images: Int) -> Int { (images * tiles.ofImage + groupTiles - 1) / groupTiles }

  /// y = epilogue(x * w).
  ///
  /// - Parameters:
  ///   - x: (images, C, H, W), blocked.
  ///   - weights: Transformed ones, or what tasks transform for themselves where ``isDeep``.
  ///   - y: (images, K, H, W), blocked.
  public func forward(
    _ x: UnsafePointer<Float>, weights: Weights, into y: UnsafeMutablePointer<Float>,
    images: Int, epilogue: Epilogue = Epilogue(), pool: WorkerPool, scratch: Scratch,
    shared: UnsafeMutablePointer<Float>
  ) {
    if isDeep {
      forwardDeep(x, weights, y, images, epilogue, pool, scratch, shared)
    } else if case .transformed(let transformed) = weights {
      forwardGrouped(x, transformed, y, images, epilogue, pool, scratch)
    } else {
      preconditionFailure("weights that no task transforms")
    }
  }

  // MARK: Groups of tiles

  private func forwardGrouped(
    _ x: UnsafePointer<Float>, _ transformed: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ images: Int, _ epilogue: Epilogue, _ pool: WorkerPool,
    _ scratch: Scratch
  ) {
    let count = images * tiles.ofImage
    nonisolated(unsafe) let (x, transformed, y, epilogue) = (x, transformed, y, epilogue)
    pool.run(groups(images: images)) { group, worker in
      let v = scratch[worker]
      let m = v + WinogradTransform.points * inputPoint
      let small = m + WinogradTransform.points * outputPoint
      transformInputs(x, group: group, tiles: count, channels: 0..<c / 16, into: v, small)
      for point in 0..<WinogradTransform.points {
        for panel in 0..<k / 32 {
          let u = UnsafeRawPointer(transformed) + (point * weightPoint + panel * c * 128)
          for block in 0..<blocks {
            let from = v + point * inputPoint + block * c * rows * 4
            let to = m + point * outputPoint + (block * k + panel * 32) * rows * 4
            product(rows: rows, from, c / 16, u, to)
          }
        }
      }
      let first = group * groupTiles
      tiles.withPlaces(from: first, count: groupTiles, of: count) { places in
        for block in 0..<k / 16 {
          let channels = OutputChannels(self, y, block, epilogue)
          for part in 0..<blocks {
            let source = m + (part * (k / 16) + block) * rows * 64
            for row in 0..<rows where first + part * rows + row < count {
              channels.finish(
                source + row * 64, point: outputPoint, places[part * rows + row], small)
            }
          }
        }
      }
    }
  }

  /// A group's tiles of x, for some blocks of channels, into [point][part][C/16][row][16].
  @inline(__always)
  func transformInputs(
    _ x: UnsafePointer<Float>, group: Int, tiles count: Int, channels: Range<Int>,
    into v: UnsafeMutableRawPointer, _ small: UnsafeMutableRawPointer
  ) {
    tiles.withPlaces(from: group * groupTiles, count: groupTiles, of: count) { places in
      for block in channels {
        let plane = UnsafeRawPointer(x + block * h * w * 16)
        for part in 0..<blocks {
          let target = v + (part * (c / 16) + block) * rows * 64
          for row in 0..<rows {
            let slot = part &* rows &+ row
            let at = places[slot]
            if slot &+ 2 < groupTiles {
              let next = places[slot &+ 2]
              tiles.prefetch(plane + next.image &* c &* h &* w &* 4, next)
            }
            tiles.transformInput(
              plane + at.image &* c &* h &* w &* 4, at, into: target + row &* 64,
              point: inputPoint, small)
          }
        }
      }
    }
  }

  // MARK: Panels of channels

  private func forwardDeep(
    _ x: UnsafePointer<Float>, _ weights: Weights, _ y: UnsafeMutablePointer<Float>,
    _ images: Int, _ epilogue: Epilogue, _ pool: WorkerPool, _ scratch: Scratch,
    _ shared: UnsafeMutablePointer<Float>
  ) {
    let count = images * tiles.ofImage
    let groups = groups(images: images)
    let groupBytes = WinogradTransform.points * inputPoint
    let parts = (c + 63) / 64
    nonisolated(unsafe) let v = UnsafeMutableRawPointer(shared)
    nonisolated(unsafe) let (x, weights, y, epilogue) = (x, weights, y, epilogue)
    pool.run(groups * parts) { task, worker in
      let (group, part) = (task / parts, task % parts)
      transformInputs(
        x, group: group, tiles: count, channels: part * 4..<min(c / 16, part * 4 + 4),
        into: v + group * groupBytes, scratch[worker])
    }
    let most = Self.mostDeepTiles / groupTiles
    let productPoint = most * rows * 128 + 64
    pool.run(k / 32) { panel, worker in
      let m = scratch[worker]
      let own = m + WinogradTransform.points * productPoint
      let small = own + panelBytes
      let (u, pointBytes) = self.panel(panel, of: weights, scratch: own, small)
      for first in stride(from: 0, to: groups, by: most) {
        let span = min(most, groups - first)
        for point in 0..<WinogradTransform.points {
          for group in 0..<span {
            product(
              rows: rows, v + (first + group) * groupBytes + point * inputPoint, c / 16,
              u + point * pointBytes, m + point * productPoint + group * rows * 128)
          }
        }
        for group in 0..<span {
          let firstTile = (first + group) * groupTiles
          tiles.withPlaces(from: firstTile, count: groupTiles, of: count) { places in
            for half in 0..<2 {
              let channels = OutputChannels(self, y, panel * 2 + half, epilogue)
              for row in 0..<rows where firstTile + row < count {
                channels.finish(
                  m + (group * 2 + half) * rows * 64 + row * 64, point: productPoint, places[row],
                  small)
              }
            }
          }
        }
      }
    }
  }

  /// The weights of thirty-two output channels, and the bytes from one point to the next.
  @inline(__always)
  private func panel(
    _ panel: Int, of weights: Weights, scratch: UnsafeMutableRawPointer,
    _ small: UnsafeMutableRawPointer
  ) -> (UnsafeRawPointer, Int) {
    switch weights {
    case .transformed(let u):
      return (UnsafeRawPointer(u + panel * c * 32), weightPoint)
    case .master(let w):
      for block in 0..<c / 16 {
        transformBlock(w, panel, block, into: scratch + block * 2048, point: panelPoint, small)
      }
    case .masterReversed(let w):
      for block in 0..<c / 16 {
        transformReversedBlock(
          w, panel, block, into: scratch + block * 2048, point: panelPoint, small)
      }
    }
    return (UnsafeRawPointer(scratch), panelPoint)
  }
}

/// Sixteen output channels of a convolution: where tiles of them go, and what they receive.
private struct OutputChannels {
  private let tiles: WinogradTiles
  private let plane: UnsafeMutableRawPointer
  private let residual: UnsafeRawPointer?
  private let imageBytes: Int
  private let bias, slope: Vector
  private let isPlain: Bool

  @inline(__always)
  init(
    _ f: WinogradConvolution, _ y: UnsafeMutablePointer<Float>, _ block: Int, _ epilogue: Epilogue
  ) {
    tiles = f.tiles
    let offset = block * f.h * f.w * 16
    plane = UnsafeMutableRawPointer(y + offset)
    residual = epilogue.residual.map { UnsafeRawPointer($0 + offset) }
    imageBytes = f.k * f.h * f.w * 4
    bias = epilogue.bias.map { load(UnsafeRawPointer($0), block * 64) } ?? Vector(repeating: 0)
    slope = Vector(repeating: epilogue.slope)
    isPlain = epilogue.isPlain
  }

  @inline(__always)
  func finish(
    _ m: UnsafeRawPointer, point: Int, _ at: TilePlace, _ small: UnsafeMutableRawPointer
  ) {
    tiles.transformOutput(
      m, point: point, at, into: plane + at.image &* imageBytes, isPlain: isPlain, bias: bias,
      residual: residual.map { $0 + at.image &* imageBytes }, slope: slope, small)
  }
}
