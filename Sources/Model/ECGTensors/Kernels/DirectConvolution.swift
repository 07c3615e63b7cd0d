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

  /// How the work is cut: `rows` of one image a strip, or `images` whole ones.
  struct Strips: Sendable {
    var rows, images: Int
    var slabRows, slabColumns, blocks: Int
    var floats: Int { images * blocks * slabRows * slabColumns * 16 }

    /// Strips of a map with `total` rows by `columns` of results.
    init(
      total: Int, columns: Int, stride: Int, extent: Int, slabColumns: Int, blocks: Int
    ) {
      self.slabColumns = slabColumns
      self.blocks = blocks
      let budget = 1 << 16
      let rowFloats = slabColumns * blocks * 16
      var rows = total
      while rows > 1, ((rows - 1) * stride + extent) * rowFloats > budget { rows -= 1 }
      self.rows = rows
      slabRows = (rows - 1) * stride + extent
      let whole = slabRows * rowFloats
      images = rows < total ? 1 : max(1, min(64 / max(1, total * columns), budget / whole))
    }

    func count(images n: Int, total: Int) -> Int {
      rows < total ? n * ((total + rows - 1) / rows) : (n + images - 1) / images
    }

    /// Images and rows of strip `task`.
    func bounds(_ task: Int, images n: Int, total: Int) -> (images: Range<Int>, rows: Range<Int>) {
      if rows < total {
        let each = (total + rows - 1) / rows
        let first = task % each * rows
        return (task / each..<task / each + 1, first..<min(total, first + rows))
      }
      return (task * images..<min(n, (task + 1) * images), 0..<total)
    }
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
      return (row * slab.slabColumns + tap % g.kernel) * 64
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
          return ((block * back.slabRows + dy) * back.slabColumns + dx) * 64
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
    let (rowsOut, columnsOut) = (g.outputRows, g.outputColumns)
    nonisolated(unsafe) let (x, weights, y, epilogue) = (x, weights, y, epilogue)
    pool.run(strips.count(images: images, total: rowsOut)) { task, worker in
      let (imageRange, rows) = strips.bounds(task, images: images, total: rowsOut)
      let slab = scratch[worker]
      for (index, image) in imageRange.enumerated() {
        copySlab(
          x + image * g.inputBlocks * g.h * g.w * 16, rows: g.h, columns: g.w,
          firstRow: rows.lowerBound * g.stride - g.padding, firstColumn: -g.padding,
          sampling: sampling, strips, into: slab + index * strips.floats / strips.images * 4)
      }
      for panel in 0..<g.panels {
        let halves = min(2, g.outputBlocks - panel * 2)
        products(
          slab, strips, images: imageRange, rows: rows, columns: columnsOut,
          stride: g.stride / sampling, taps: taps, weights + panel * g.inputBlocks * g.taps * 512,
          halves: halves,
          epilogue: epilogue, panel: panel
        ) { image, row, column in
          (((image * g.outputBlocks + panel * 2) * rowsOut + row) * columnsOut + column) * 64
        } into: {
          UnsafeMutableRawPointer(y)
        } half: {
          rowsOut * columnsOut * 64
        }
      }
    }
  }

  // MARK: Parts

  /// Copies an image's rows with their surrounding zeros, or every `sampling`-th pixel of every
  /// `sampling`-th row: [block][row][column][16].
  func copySlab(
    _ image: UnsafePointer<Float>, rows: Int, columns: Int, firstRow: Int, firstColumn: Int,
    sampling: Int, _ strips: Strips, into slab: UnsafeMutableRawPointer
  ) {
    let before = -firstColumn
    let copied = min((columns + sampling - 1) / sampling, strips.slabColumns - before)
    let after = strips.slabColumns - before - copied
    for block in 0..<strips.blocks {
      for index in 0..<strips.slabRows {
        let target = slab + (block * strips.slabRows + index) * strips.slabColumns * 64
        let row = firstRow + index * sampling
        guard row >= 0, row < rows else {
          memset(target, 0, strips.slabColumns * 64)
          continue
        }
        let source = UnsafeRawPointer(image + (block * rows + row) * columns * 16)
        if before > 0 { memset(target, 0, before * 64) }
        if sampling == 1 {
          memcpy(target + before * 64, source, copied * 64)
        } else {
          for pixel in 0..<copied {
            store(target, pixel &* 64, load(source, pixel &* sampling &* 64))
          }
        }
        if after > 0 { memset(target + (before + copied) * 64, 0, after * 64) }
      }
    }
  }

  /// All pixels of a strip for one panel of outputs, eight at a time.
  @inline(__always)
  func products(
    _ slab: UnsafeMutableRawPointer, _ strips: Strips, images: Range<Int>, rows: Range<Int>,
    columns: Int, stride: Int, taps: [Int], _ weights: UnsafePointer<Float>, halves: Int,
    epilogue: Epilogue, panel: Int, place: (Int, Int, Int) -> Int,
    into base: () -> UnsafeMutableRawPointer, half: () -> Int
  ) {
    let imageBytes = strips.floats / strips.images * 4
    let bias = epilogue.bias.map { UnsafeRawPointer($0 + panel * 32) }
    let perImage = rows.count * columns
    let pixels = images.count * perImage
    taps.withUnsafeBufferPointer { taps in
      guard let tapPointer = taps.baseAddress ?? UnsafePointer(bitPattern: 8) else { return }
      withUnsafeTemporaryAllocation(byteCount: 8 * 128, alignment: 64) { raw in
        guard let tile = raw.baseAddress else { return }
        var first = 0
        while first < pixels {
          var block = PixelBlock()
          block.valid = min(8, pixels - first)
          for r in 0..<8 {
            let pixel = min(first + r, pixels - 1)
            let (image, rest) = (pixel / perImage, pixel % perImage)
            let (row, column) = (rest / columns, rest % columns)
            block.from[r] =
              image * imageBytes + (row * stride * strips.slabColumns + column * stride) * 64
            block.to[r] = place(images.lowerBound + image, rows.lowerBound + row, column)
          }
          pixelProduct(
            slab, block, taps: tapPointer, count: taps.count, weights, bias: bias, tile: tile)
          scatter(
            tile, block, into: base(), yHalf: half(), halves: halves,
            residual: epilogue.residual.map { UnsafeRawPointer($0) }, slope: epilogue.slope)
          first += 8
        }
      }
    }
  }
}
