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
///
/// Relative distances from double in 1e-6 for 64, 128, 256 and 512 channels, by
/// `scripts/kernel-errors 2` (normal data, two images): outputs and input gradients 0.8, 1.1, 1.5,
/// 2.3 (direct sums: 0.4, 0.6, 0.8, 1.1).
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
  /// A cache line between two points' data, so that no two points fall into one cache set.
  private static let gap = vectorBytes
  /// Bytes from one point to the next in a group's inputs.
  var inputPoint: Int { groupTiles * c * 4 + Self.gap }
  /// The same in a group's outputs.
  var outputPoint: Int { groupTiles * k * 4 + Self.gap }
  /// Floats of the transformed weights.
  public var transformedCount: Int { WinogradTransform.points * weightPoint / 4 }
  /// Bytes from one point to the next in transformed weights.
  var weightPoint: Int { c * k * 4 + Self.gap }
  /// Bytes of a row of weights: one input channel to thirty-two outputs.
  static let weightRow = 2 * vectorBytes
  /// Bytes of a block of weights: sixteen input channels to thirty-two outputs.
  static let weightBlock = 16 * weightRow
  /// Bytes from one point to the next in the weights of one task's thirty-two output channels.
  private var panelPoint: Int { c * Self.weightRow + Self.gap }
  private var panelBytes: Int { WinogradTransform.points * panelPoint }
  /// Bytes from one point to the next in one task's outputs.
  private var panelOutputPoint: Int { Self.mostDeepTiles * 2 * vectorBytes + Self.gap }

  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int {
    let products =
      isDeep
      ? panelBytes + WinogradTransform.points * panelOutputPoint
      : WinogradTransform.points * (inputPoint + outputPoint)
    return products / 4 + 16 * max(WinogradTiles.smallVectors, Self.weightVectors)
  }

  /// Floats of the memory shared by all workers.
  public func sharedFloats(images: Int) -> Int {
    isDeep ? groups(images: images) * groupInputBytes / 4 : 0
  }

  /// Bytes of a group's inputs.
  private var groupInputBytes: Int { WinogradTransform.points * inputPoint }

  func groups(images: Int) -> Int { (images * tiles.ofImage + groupTiles - 1) / groupTiles }

  /// A group's inputs at all points.
  func inputs(at start: UnsafeMutableRawPointer) -> TileMemory {
    TileMemory(start: start, slot: inputPoint, rows: rows, blocks: c / 16)
  }

  /// A group's outputs at all points.
  func outputs(at start: UnsafeMutableRawPointer) -> TileMemory {
    TileMemory(start: start, slot: outputPoint, rows: rows, blocks: k / 16)
  }

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
    let total = images * tiles.ofImage
    let (x, y) = (
      BlockedView(reading: x, blocks: c / 16, h: h, w: w),
      BlockedView(y, blocks: k / 16, h: h, w: w)
    )
    nonisolated(unsafe) let (transformed, epilogue) = (transformed, epilogue)
    pool.run(groups(images: images)) { group, worker in
      let v = inputs(at: scratch[worker])
      let m = outputs(at: v.start + WinogradTransform.points * v.slot)
      let small = m.start + WinogradTransform.points * m.slot
      transformInputs(x, group: group, of: total, channels: 0..<c / 16, into: v, small)
      for point in 0..<WinogradTransform.points {
        for panel in 0..<k / 32 {
          let u = UnsafeRawPointer(transformed) + (point * weightPoint + panel * c * Self.weightRow)
          for part in 0..<blocks {
            product(
              rows: rows, v.address(slot: point, part: part), c / 16, u,
              m.address(slot: point, part: part, block: panel * 2))
          }
        }
      }
      let first = group * groupTiles
      for block in 0..<k / 16 {
        transformOutputs(
          m, block: block, first: first, count: min(groupTiles, total - first), into: y,
          block: block, epilogue, small)
      }
    }
  }

  /// A group's tiles of x, for some blocks of channels; tiles past the last of `total` repeat it.
  @inline(__always)
  func transformInputs(
    _ x: BlockedView, group: Int, of total: Int, channels: Range<Int>, into v: TileMemory,
    _ small: UnsafeMutableRawPointer
  ) {
    let first = group * groupTiles
    for block in channels {
      var ahead = tiles.grid.place(first + 2)
      tiles.grid.walk(from: first, count: groupTiles, of: total, block: block, in: v) {
        place, points in
        tiles.prefetch(x.plane(ahead.image, block), ahead)
        tiles.grid.advance(&ahead)
        tiles.transformInput(x.plane(place.image, block), place, into: points, small)
      }
    }
  }

  /// Products of some tiles to sixteen channels of y.
  ///
  /// - Parameters:
  ///   - first: The first tile; `m` begins with its part.
  ///   - target: The block of y's channels that `m` has in its block `block`.
  @inline(__always)
  private func transformOutputs(
    _ m: TileMemory, block: Int, first: Int, count: Int, into y: BlockedView, block target: Int,
    _ epilogue: Epilogue, _ small: UnsafeMutableRawPointer
  ) {
    let finish = ChannelEpilogue(epilogue, block: target, output: y.start)
    tiles.grid.walk(from: first, count: count, block: block, in: m) { place, points in
      tiles.transformOutput(points, place, into: y.plane(place.image, target), finish, small)
    }
  }

  // MARK: Panels of channels

  private func forwardDeep(
    _ x: UnsafePointer<Float>, _ weights: Weights, _ y: UnsafeMutablePointer<Float>,
    _ images: Int, _ epilogue: Epilogue, _ pool: WorkerPool, _ scratch: Scratch,
    _ shared: UnsafeMutablePointer<Float>
  ) {
    let total = images * tiles.ofImage
    let groups = groups(images: images)
    let parts = (c + 63) / 64
    let (x, y) = (
      BlockedView(reading: x, blocks: c / 16, h: h, w: w),
      BlockedView(y, blocks: k / 16, h: h, w: w)
    )
    nonisolated(unsafe) let shared = UnsafeMutableRawPointer(shared)
    nonisolated(unsafe) let (weights, epilogue) = (weights, epilogue)
    pool.run(groups * parts) { task, worker in
      let (group, part) = (task / parts, task % parts)
      transformInputs(
        x, group: group, of: total, channels: part * 4..<min(c / 16, part * 4 + 4),
        into: inputs(at: shared + group * groupInputBytes), scratch[worker])
    }
    let most = Self.mostDeepTiles / groupTiles
    pool.run(k / 32) { panel, worker in
      let m = TileMemory(start: scratch[worker], slot: panelOutputPoint, rows: rows, blocks: 2)
      let own = m.start + WinogradTransform.points * m.slot
      let small = own + panelBytes
      let (u, pointBytes) = self.panel(panel, of: weights, scratch: own, small)
      for first in stride(from: 0, to: groups, by: most) {
        let span = min(most, groups - first)
        for point in 0..<WinogradTransform.points {
          for group in 0..<span {
            let v = inputs(at: shared + (first + group) * groupInputBytes)
            product(
              rows: rows, v.address(slot: point), c / 16, u + point * pointBytes,
              m.address(slot: point, part: group))
          }
        }
        let firstTile = first * groupTiles
        for half in 0..<2 {
          transformOutputs(
            m, block: half, first: firstTile, count: min(span * groupTiles, total - firstTile),
            into: y, block: panel * 2 + half, epilogue, small)
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
        transformBlock(
          w, panel, block, into: scratch + block * Self.weightBlock, point: panelPoint, small)
      }
    case .masterReversed(let w):
      for block in 0..<c / 16 {
        transformReversedBlock(
          w, panel, block, into: scratch + block * Self.weightBlock, point: panelPoint, small)
      }
    }
    return (UnsafeRawPointer(scratch), panelPoint)
  }
}
