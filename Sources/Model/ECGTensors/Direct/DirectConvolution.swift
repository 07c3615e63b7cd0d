// Convolutions of any kernel and stride in the blocked layout, without Winograd and without im2col.

import ECGParallel
import Foundation

/// A convolution summed directly: strided, 1x1 and small ones.
///
/// A task takes a strip (some rows of one image, or several small images), copies what it reads
/// with its zero padding into scratch memory, and makes eight pixels by thirty-two outputs at a
/// time. Weights are [K/32][C/16][tap][16][32]. The input gradient of a stride s is s x s
/// convolutions of the output's gradient, one for each parity of the input's pixels.
public struct DirectConvolution: Sendable {
  /// The sizes.
  public let geometry: ConvolutionGeometry
  let sampling: Int
  let forwardStrips: Strips
  let backwardStrips: Strips
  let taps: [Int]
  let phases: [Phase]

  /// One parity of the input's pixels and the kernel positions that reach it.
  struct Phase: Sendable {
    var row, column: Int
    var kernelTaps: [Int]
    var offsets: [Int]
  }

  /// Plans a convolution.
  public init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    let g = geometry
    // A single tap reads every stride-th pixel: only those are copied.
    sampling = g.kernel == 1 && g.padding == 0 ? g.stride : 1
    forwardStrips = Strips(
      total: g.outputRows, columns: g.outputColumns, stride: g.stride / sampling,
      extent: g.kernel,
      slabColumns: sampling > 1 ? g.outputColumns : g.w + 2 * g.padding, blocks: g.inputBlocks)
    let slab = forwardStrips
    taps = (0..<g.inputBlocks * g.taps).map { index in
      let (block, tap) = (index / g.taps, index % g.taps)
      let row = block * slab.slabRows + tap / g.kernel
      return (row * slab.slabColumns + tap % g.kernel) * vectorBytes
    }

    let steps = Self.steps(g)
    let inputRows = (g.h + g.stride - 1) / g.stride
    let inputColumns = (g.w + g.stride - 1) / g.stride
    let span = steps.largest - steps.smallest
    backwardStrips = Strips(
      total: inputRows, columns: inputColumns, stride: 1, extent: span + 1,
      slabColumns: inputColumns + span, blocks: g.outputBlocks)
    let back = backwardStrips
    phases = (0..<g.stride * g.stride).map { index in
      let (row, column) = (index / g.stride, index % g.stride)
      let reached = (0..<g.taps).filter { tap in
        (row + g.padding - tap / g.kernel).isMultiple(of: g.stride)
          && (column + g.padding - tap % g.kernel).isMultiple(of: g.stride)
      }
      let offsets = (0..<g.outputBlocks).flatMap { block in
        reached.map { tap in
          let dy = (row + g.padding - tap / g.kernel) / g.stride - steps.smallest
          let dx = (column + g.padding - tap % g.kernel) / g.stride - steps.smallest
          return ((block * back.slabRows + dy) * back.slabColumns + dx) * vectorBytes
        }
      }
      return Phase(row: row, column: column, kernelTaps: reached, offsets: offsets)
    }
  }

  /// The smallest and largest distance, in output pixels, from an input pixel to what it reaches.
  static func steps(_ g: ConvolutionGeometry) -> (smallest: Int, largest: Int) {
    var smallest = 0
    var largest = 0
    for phase in 0..<g.stride {
      for tap in 0..<g.kernel where (phase + g.padding - tap).isMultiple(of: g.stride) {
        smallest = min(smallest, (phase + g.padding - tap) / g.stride)
        largest = max(largest, (phase + g.padding - tap) / g.stride)
      }
    }
    return (smallest, largest)
  }

  /// Floats of scratch memory a worker needs.
  public var scratchFloats: Int { max(forwardStrips.floats, backwardStrips.floats) }

  /// Floats of the weights rearranged for the input gradient.
  public var backwardWeightCount: Int {
    (geometry.c + 31) / 32 * 32 * geometry.outputBlocks * 16 * geometry.taps
  }

  // MARK: Forward

  /// y = epilogue(x * w).
  ///
  /// - Parameters:
  ///   - x: (images, C, H, W), blocked.
  ///   - weights: [K/32][C/16][tap][16][32].
  ///   - y: (images, K, OH, OW), blocked.
  public func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    images: Int, epilogue: Epilogue = Epilogue(), pool: WorkerPool, scratch: Scratch
  ) {
    let g = geometry
    let strips = forwardStrips
    let xView = BlockedView(reading: x, blocks: g.inputBlocks, h: g.h, w: g.w)
    let yView = BlockedView(y, blocks: g.outputBlocks, h: g.outputRows, w: g.outputColumns)
    nonisolated(unsafe) let (weights, epilogue) = (weights, epilogue)
    pool.run(strips.count(images: images, total: g.outputRows)) { task, worker in
      let (imageRange, rows) = strips.bounds(task, images: images, total: g.outputRows)
      let slab = Slab(scratch[worker], strips)
      for image in imageRange {
        slab.copy(
          xView, image: image, slot: image - imageRange.lowerBound,
          firstRow: rows.lowerBound * g.stride - g.padding, firstColumn: -g.padding,
          sampling: sampling)
      }
      let run = PixelRun(
        slab: slab, images: imageRange, rows: rows, columns: g.outputColumns,
        stride: g.stride / sampling)
      for panel in 0..<g.panels {
        products(
          of: run, taps: taps,
          weights: weights + panel * g.inputBlocks * g.taps * ConvolutionGeometry.blockFloats,
          into: PanelTarget(view: yView, panel: panel), epilogue)
      }
    }
  }

  /// All pixels of a run for one panel of outputs, eight at a time.
  @inline(__always)
  func products(
    of run: PixelRun, taps: [Int], weights: UnsafePointer<Float>, into target: PanelTarget,
    _ epilogue: Epilogue
  ) {
    let imageBytes = run.slab.imageBytes
    let line = run.slab.strips.slabColumns
    let bias = epilogue.bias.map { UnsafeRawPointer($0 + target.panel * 32) }
    let perImage = run.rows.count * run.columns
    let pixels = run.images.count * perImage
    taps.withUnsafeBufferPointer { taps in
      guard let tapPointer = taps.baseAddress ?? UnsafePointer(bitPattern: 8) else { return }
      withUnsafeTemporaryAllocation(byteCount: 8 * 2 * vectorBytes, alignment: vectorBytes) {
        raw in
        guard let tile = raw.baseAddress else { return }
        var first = 0
        while first < pixels {
          var block = PixelBlock()
          block.valid = min(8, pixels - first)
          for r in 0..<8 {
            let pixel = min(first + r, pixels - 1)
            let (image, rest) = (pixel / perImage, pixel % perImage)
            let (row, column) = (rest / run.columns, rest % run.columns)
            block.from[r] =
              image * imageBytes + (row * line + column) * run.stride * vectorBytes
            block.to[r] = target.offset(
              run.images.lowerBound + image, run.rows.lowerBound + row, column)
          }
          pixelProduct(
            run.slab.start, block, taps: tapPointer, count: taps.count, weights, bias: bias,
            tile: tile)
          scatter(tile, block, into: target, epilogue)
          first += 8
        }
      }
    }
  }
}
