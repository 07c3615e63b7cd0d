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
    nonisolated(unsafe) let (x, dy, dw, shared) = (x, dy, dw, shared)
    pool.run(chunks) { chunk, worker in
      let sums = UnsafeMutableRawPointer(shared + chunk * size)
      memset(sums, 0, size * 4)
      let v = scratch[worker]
      let m = v + WinogradTransform.points * f.inputPoint
      let small = m + WinogradTransform.points * f.outputPoint
      for group in min(groups, chunk * each)..<min(groups, (chunk + 1) * each) {
        f.transformInputs(x, group: group, tiles: tiles, channels: 0..<c / 16, into: v, small)
        transformGradients(dy, group: group, tiles: tiles, into: m, small)
        for point in 0..<WinogradTransform.points {
          for panel in 0..<k / 32 {
            for block in 0..<c / 16 {
              add(
                v, m, point: point, block: block, panel: panel, rows: f.blocks,
                xRow: c * f.rows * 4, yRow: k * f.rows * 4,
                to: sums + ((point * (k / 32) + panel) * c + block * 16) * 128)
            }
          }
        }
      }
    }
    pool.run(k / 32 * (c / 16)) { task, _ in
      let (panel, block) = (task / (c / 16), task % (c / 16))
      withUnsafeTemporaryAllocation(byteCount: 64 * 64, alignment: 64) { raw in
        guard let joined = raw.baseAddress else { return }
        for lane in 0..<16 {
          for side in 0..<2 {
            for point in 0..<WinogradTransform.points {
              let offset =
                (((point * (k / 32) + panel) * c + block * 16 + lane) * 32 + side * 16) * 4
              var sum = load(UnsafeRawPointer(shared), offset)
              for chunk in 1..<chunks {
                sum += load(UnsafeRawPointer(shared + chunk * size), offset)
              }
              store(joined, point * 64, sum)
            }
            finish(joined, joined + 36 * 64, dw, task: task, lane: lane, side: side)
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
    let ownedFloats = WinogradTransform.points * ownedBlocks * 512
    nonisolated(unsafe) let transformed = UnsafeMutableRawPointer(shared)
    nonisolated(unsafe) let allSums = shared + span * groupBytes / 4
    nonisolated(unsafe) let (x, dy, dw) = (x, dy, dw)
    for first in stride(from: 0, to: groups, by: span) {
      let count = min(span, groups - first)
      pool.run(count * 2) { task, worker in
        let target = transformed + task / 2 * groupBytes
        if task.isMultiple(of: 2) {
          f.transformInputs(
            x, group: first + task / 2, tiles: tiles, channels: 0..<c / 16, into: target,
            scratch[worker])
        } else {
          transformGradients(
            dy, group: first + task / 2, tiles: tiles, into: target + inputBytes, scratch[worker])
        }
      }
      let isLast = first + count == groups
      let columns = c / 16 / ownedBlocks
      pool.run(k / 32 * columns) { task, _ in
        let (panel, column) = (task / columns, task % columns)
        let sums = UnsafeMutableRawPointer(allSums + task * ownedFloats)
        if first == 0 { memset(sums, 0, ownedFloats * 4) }
        for point in 0..<WinogradTransform.points {
          for owned in 0..<ownedBlocks {
            add(
              transformed, transformed + inputBytes, point: point,
              block: column * ownedBlocks + owned, panel: panel, rows: count, xRow: groupBytes,
              yRow: groupBytes, to: sums + (point * ownedBlocks + owned) * 2048)
          }
        }
        guard isLast else { return }
        withUnsafeTemporaryAllocation(byteCount: 64 * 64, alignment: 64) { raw in
          guard let joined = raw.baseAddress else { return }
          for owned in 0..<ownedBlocks {
            for lane in 0..<16 {
              for side in 0..<2 {
                for point in 0..<WinogradTransform.points {
                  let offset = ((point * ownedBlocks + owned) * 16 + lane) * 128 + side * 64
                  store(joined, point * 64, load(sums, offset))
                }
                finish(
                  joined, joined + 36 * 64, dw,
                  task: panel * (c / 16) + column * ownedBlocks + owned, lane: lane, side: side)
              }
            }
          }
        }
      }
    }
  }

  /// Adds the products of `rows` blocks of tiles at a point for sixteen input by thirty-two output
  /// channels; blocks lie `xRow` and `yRow` bytes apart.
  @inline(__always)
  private func add(
    _ v: UnsafeMutableRawPointer, _ m: UnsafeMutableRawPointer, point: Int, block: Int, panel: Int,
    rows: Int, xRow: Int, yRow: Int, to sums: UnsafeMutableRawPointer
  ) {
    let f = convolution
    let x = UnsafeRawPointer(v + point * f.inputPoint + block * f.rows * 64)
    let y = UnsafeRawPointer(m + point * f.outputPoint + panel * f.rows * 128)
    for half in 0..<2 {
      outerProduct8(
        x + half * 32, xStep: 64, xRow: xRow, y, yStep: 64, yRow: yRow, yHalf: f.rows * 64,
        rows: rows, steps: f.rows, sums + half * 1024)
    }
  }

  /// G^T dU G for sixteen outputs of one input channel; `joined` holds the points.
  @inline(__always)
  private func finish(
    _ joined: UnsafeMutableRawPointer, _ half: UnsafeMutableRawPointer,
    _ dw: UnsafeMutablePointer<Float>, task: Int, lane: Int, side: Int
  ) {
    for j in 0..<6 { WinogradTransform.weightGradient(joined + j * 64, 384, half + j * 64, 384) }
    let target = UnsafeMutableRawPointer(dw + task * 9 * 512 + lane * 32 + side * 16)
    for y in 0..<3 {
      WinogradTransform.weightGradient(half + y * 384, 64, target + y * 3 * 2048, 2048)
    }
  }

  /// A group's tiles of dy into [point][part][K/16][row][16]; tiles past the last are zero.
  @inline(__always)
  private func transformGradients(
    _ dy: UnsafePointer<Float>, group: Int, tiles count: Int, into m: UnsafeMutableRawPointer,
    _ small: UnsafeMutableRawPointer
  ) {
    let f = convolution
    let (rows, point, zero) = (f.rows, f.outputPoint, Vector(repeating: 0))
    let first = group * f.groupTiles
    f.tiles.withPlaces(from: first, count: f.groupTiles, of: count) { places in
      for block in 0..<f.k / 16 {
        let plane = UnsafeRawPointer(dy + block * f.h * f.w * 16)
        for part in 0..<f.blocks {
          let target = m + (part * (f.k / 16) + block) * rows * 64
          for row in 0..<rows {
            let slot = part &* rows &+ row
            let d = target + row &* 64
            if first &+ slot < count {
              f.tiles.transformGradient(
                plane + places[slot].image &* f.k &* f.h &* f.w &* 4, places[slot], into: d,
                point: point, small)
            } else {
              for index in 0..<WinogradTransform.points { store(d, index &* point, zero) }
            }
          }
        }
      }
    }
  }
}
