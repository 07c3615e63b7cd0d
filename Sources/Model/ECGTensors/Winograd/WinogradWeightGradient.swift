// Weight gradients of 3x3 convolutions by Winograd's F(3x3, 4x4).

import ECGParallel
import Foundation

/// The weight gradient of a ``WinogradConvolution``.
///
/// dw = G^T [sum over tiles of (B^T d B) * (A dy A^T)] G, products by element.
///
/// Few channels: fixed chunks of groups, each with sums of its own, joined in their order. Many
/// channels: `span` groups are transformed into shared memory, then each task adds them to the
/// channels that it owns, tiles in order. Neither depends on the number of threads.
public struct WinogradWeightGradient: Sendable {
  private let convolution: WinogradConvolution
  private let isDeep: Bool
  private let chunks = 16
  private let ownedBlocks: Int
  private let span = 8

  /// Plans the weight gradient of a convolution.
  public init(c: Int, k: Int, h: Int, w: Int, images: Int) {
    isDeep = max(c, k) > 64
    convolution = WinogradConvolution(
      c: c, k: k, h: h, w: w, images: images, mayBeDeep: false,
      blocks: isDeep ? 1 : 2)
    let blocks = c / 16
    ownedBlocks = (1...(c > 128 ? 4 : 2)).last { blocks.isMultiple(of: $0) } ?? 1
  }

  /// Floats of the memory shared by all workers.
  public var sharedFloats: Int {
    let sums = WinogradTransform.points * convolution.c * convolution.k
    return isDeep ? span * groupBytes / 4 + sums : chunks * sums
  }
  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int { convolution.scratchFloats }

  private var groupBytes: Int {
    WinogradTransform.points * (convolution.inputPoint + convolution.outputPoint)
  }

  /// dw[K/32][C/16][9][16][32] from x (images, C, H, W) and dy (images, K, H, W), both blocked.
  public func compute(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool, scratch: Scratch, shared: UnsafeMutablePointer<Float>
  ) {
    if isDeep {
      computeOwned(x, dy, dw, images, pool, scratch, shared)
    } else {
      computeChunked(x, dy, dw, images, pool, scratch, shared)
    }
  }

  private func computeChunked(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>,
    _ images: Int, _ pool: WorkerPool, _ scratch: Scratch, _ shared: UnsafeMutablePointer<Float>
  ) {
    let f = convolution
    let (c, k) = (f.c, f.k)
    let tiles = images * f.tiles.ofImage
    let groups = f.groups(images: images)
    let each = (groups + chunks - 1) / chunks
    let size = WinogradTransform.points * c * k
    let (x, dy) = views(x, dy)
    nonisolated(unsafe) let (dw, shared) = (dw, shared)
    pool.run(chunks) { chunk, worker in
      let sums = UnsafeMutableRawPointer(shared + chunk * size)
      memset(sums, 0, size * 4)
      let v = f.inputs(at: scratch[worker])
      let m = f.outputs(at: v.start + WinogradTransform.points * v.slot)
      let small = m.start + WinogradTransform.points * m.slot
      for group in min(groups, chunk * each)..<min(groups, (chunk + 1) * each) {
        f.transformInputs(x, group: group, of: tiles, channels: 0..<c / 16, into: v, small)
        transformGradients(dy, group: group, of: tiles, into: m, small)
        for point in 0..<WinogradTransform.points {
          for panel in 0..<k / 32 {
            for block in 0..<c / 16 {
              add(
                v, m, point: point, block: block, panel: panel, parts: f.blocks,
                apart: (v.partBytes, m.partBytes),
                to: sums + ((point * (k / 32) + panel) * c + block * 16)
                  * WinogradConvolution.weightRow)
            }
          }
        }
      }
    }
    pool.run(k / 32 * (c / 16)) { task, _ in
      let (panel, block) = (task / (c / 16), task % (c / 16))
      withUnsafeTemporaryAllocation(
        byteCount: Self.finishVectors * vectorBytes, alignment: vectorBytes
      ) { raw in
        guard let joined = raw.baseAddress.map({ VectorLine($0) }) else { return }
        for lane in 0..<16 {
          for side in 0..<2 {
            for point in 0..<WinogradTransform.points {
              let offset =
                (((point * (k / 32) + panel) * c + block * 16 + lane) * 32 + side * 16) * 4
              var sum = load(UnsafeRawPointer(shared), offset)
              for chunk in 1..<chunks {
                sum += load(UnsafeRawPointer(shared + chunk * size), offset)
              }
              joined[point] = sum
            }
            finish(joined, dw, task: task, lane: lane, side: side)
          }
        }
      }
    }
  }

  private func computeOwned(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>,
    _ images: Int, _ pool: WorkerPool, _ scratch: Scratch, _ shared: UnsafeMutablePointer<Float>
  ) {
    let f = convolution
    let (c, k) = (f.c, f.k)
    let tiles = images * f.tiles.ofImage
    let groups = f.groups(images: images)
    let inputBytes = WinogradTransform.points * f.inputPoint
    let ownedBytes = WinogradTransform.points * ownedBlocks * WinogradConvolution.weightBlock
    nonisolated(unsafe) let transformed = UnsafeMutableRawPointer(shared)
    nonisolated(unsafe) let allSums = transformed + span * groupBytes
    let (x, dy) = views(x, dy)
    nonisolated(unsafe) let dw = dw
    for first in stride(from: 0, to: groups, by: span) {
      let count = min(span, groups - first)
      pool.run(count * 2) { task, worker in
        let target = transformed + task / 2 * groupBytes
        if task.isMultiple(of: 2) {
          f.transformInputs(
            x, group: first + task / 2, of: tiles, channels: 0..<c / 16,
            into: f.inputs(at: target), scratch[worker])
        } else {
          transformGradients(
            dy, group: first + task / 2, of: tiles, into: f.outputs(at: target + inputBytes),
            scratch[worker])
        }
      }
      let isLast = first + count == groups
      let columns = c / 16 / ownedBlocks
      pool.run(k / 32 * columns) { task, _ in
        let (panel, column) = (task / columns, task % columns)
        let (v, m) = (f.inputs(at: transformed), f.outputs(at: transformed + inputBytes))
        let sums = allSums + task * ownedBytes
        if first == 0 { memset(sums, 0, ownedBytes) }
        for point in 0..<WinogradTransform.points {
          for owned in 0..<ownedBlocks {
            add(
              v, m, point: point, block: column * ownedBlocks + owned, panel: panel,
              parts: count, apart: (groupBytes, groupBytes),
              to: sums + (point * ownedBlocks + owned) * WinogradConvolution.weightBlock)
          }
        }
        guard isLast else { return }
        withUnsafeTemporaryAllocation(
          byteCount: Self.finishVectors * vectorBytes, alignment: vectorBytes
        ) { raw in
          guard let joined = raw.baseAddress.map({ VectorLine($0) }) else { return }
          for owned in 0..<ownedBlocks {
            for lane in 0..<16 {
              for side in 0..<2 {
                for point in 0..<WinogradTransform.points {
                  let row = (point * ownedBlocks + owned) * 16 + lane
                  joined[point] = load(
                    sums, row * WinogradConvolution.weightRow + side * vectorBytes)
                }
                finish(
                  joined, dw,
                  task: panel * (c / 16) + column * ownedBlocks + owned, lane: lane, side: side)
              }
            }
          }
        }
      }
    }
  }

  private func views(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>
  ) -> (x: BlockedView, dy: BlockedView) {
    let f = convolution
    return (
      BlockedView(reading: x, blocks: f.c / 16, h: f.h, w: f.w),
      BlockedView(reading: dy, blocks: f.k / 16, h: f.h, w: f.w)
    )
  }

  /// Adds the products of `parts` parts of tiles at a point for sixteen input by thirty-two output
  /// channels; parts lie `apart` bytes apart in x and in y.
  @inline(__always)
  private func add(
    _ v: TileMemory, _ m: TileMemory, point: Int, block: Int, panel: Int, parts: Int,
    apart: (x: Int, y: Int), to sums: UnsafeMutableRawPointer
  ) {
    let x = v.address(slot: point, block: block)
    let y = VectorGrid(m.address(slot: point, block: panel * 2), rowStep: apart.y)
    for half in 0..<2 {
      outerProduct8(
        VectorGrid(x + half * vectorBytes / 2, rowStep: apart.x), y,
        yHalf: m.rows * vectorBytes, rows: parts, steps: v.rows,
        sums + half * WinogradConvolution.weightBlock / 2)
    }
  }

  /// The points of one kernel's sums, and half of their transform.
  private static let finishVectors = WinogradTransform.points + 3 * WinogradTransform.size

  /// G^T dU G for sixteen outputs of one input channel; `joined` holds the points.
  @inline(__always)
  private func finish(
    _ joined: VectorLine, _ dw: UnsafeMutablePointer<Float>, task: Int, lane: Int, side: Int
  ) {
    let (size, taps) = (WinogradTransform.size, WinogradConvolution.taps)
    let points = VectorGrid(joined.start, columns: size)
    let half = points.droppingRows(size)
    for j in 0..<size { WinogradTransform.weightGradient(points.column(j), to: half.column(j)) }
    let target = VectorGrid(
      UnsafeMutableRawPointer(dw + side * 16)
        + (task * taps * WinogradConvolution.weightBlock + lane * WinogradConvolution.weightRow),
      rowStep: 3 * WinogradConvolution.weightBlock, columnStep: WinogradConvolution.weightBlock)
    for y in 0..<3 { WinogradTransform.weightGradient(half.row(y), to: target.row(y)) }
  }

  /// A group's tiles of dy; tiles past the last are zero.
  @inline(__always)
  private func transformGradients(
    _ dy: BlockedView, group: Int, of total: Int, into m: TileMemory,
    _ small: UnsafeMutableRawPointer
  ) {
    let f = convolution
    let (first, zero) = (group * f.groupTiles, Vector(repeating: 0))
    let count = min(f.groupTiles, total - first)
    for block in 0..<m.blocks {
      f.tiles.grid.walk(from: first, count: count, block: block, in: m) { place, points in
        f.tiles.transformGradient(dy.plane(place.image, block), place, into: points, small)
      }
      for tile in count..<f.groupTiles {
        let points = m.points(tile: tile, block: block).line
        for index in 0..<WinogradTransform.points { points[index] = zero }
      }
    }
  }
}
