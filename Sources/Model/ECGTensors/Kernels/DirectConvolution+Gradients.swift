// The gradients of directly summed convolutions.

import ECGParallel
import Foundation

extension DirectConvolution {
  // MARK: Input gradient

  /// Rearranges weights for ``inputGradient``: [C/32][phase][K/16][tap of the phase][16][32].
  public func arrangeBackward(
    _ weights: UnsafePointer<Float>, into arranged: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    let g = geometry
    let panelFloats = g.outputBlocks * 16 * g.taps * 32
    nonisolated(unsafe) let (weights, arranged) = (weights, arranged)
    pool.run((g.c + 31) / 32) { panel, _ in
      var target = arranged + panel * panelFloats
      for phase in phases {
        for block in 0..<g.outputBlocks {
          for tap in phase.kernelTaps {
            for half in 0..<2 {
              let inputBlock = panel * 2 + half
              guard inputBlock < g.inputBlocks else {
                for lane in 0..<16 {
                  store(UnsafeMutableRawPointer(target + lane * 32 + 16), 0, Vector(repeating: 0))
                }
                continue
              }
              let source = weights + g.weightIndex(block * 16, inputBlock * 16, tap)
              transpose16(
                UnsafeRawPointer(source), 128, UnsafeMutableRawPointer(target + half * 16), 128)
            }
            target += 512
          }
        }
      }
    }
  }

  /// dx = dy * w, transposed; `accumulates` adds to what dx holds.
  public func inputGradient(
    _ dy: UnsafePointer<Float>, arranged: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, images: Int, accumulates: Bool, pool: WorkerPool,
    scratch: Scratch
  ) {
    let g = geometry
    let strips = backwardStrips
    let smallest = Self.steps(g).smallest
    let total = (g.h + g.stride - 1) / g.stride
    let epilogue = Epilogue(residual: accumulates ? UnsafePointer(dx) : nil)
    nonisolated(unsafe) let (dy, arranged, dx) = (dy, arranged, dx)
    pool.run(strips.count(images: images, total: total)) { task, worker in
      let (imageRange, rows) = strips.bounds(task, images: images, total: total)
      let slab = scratch[worker]
      for (index, image) in imageRange.enumerated() {
        copySlab(
          dy + image * g.outputBlocks * g.outputRows * g.outputColumns * 16, rows: g.outputRows,
          columns: g.outputColumns, firstRow: rows.lowerBound + smallest, firstColumn: smallest,
          sampling: 1, strips, into: slab + index * strips.floats / strips.images * 4)
      }
      let leavesPixels = phases.contains { $0.kernelTaps.isEmpty }
      if leavesPixels && !accumulates {
        let first = rows.lowerBound * g.stride
        let last = min(g.h, rows.upperBound * g.stride)
        for plane in imageRange.lowerBound * g.inputBlocks..<imageRange.upperBound * g.inputBlocks {
          memset(dx + (plane * g.h + first) * g.w * 16, 0, (last - first) * g.w * 64)
        }
      }
      for panel in 0..<(g.c + 31) / 32 {
        let halves = min(2, g.inputBlocks - panel * 2)
        var weights = arranged + panel * g.outputBlocks * 16 * g.taps * 32
        for phase in phases {
          let last = min(rows.upperBound, (g.h - phase.row + g.stride - 1) / g.stride)
          let columns = (g.w - phase.column + g.stride - 1) / g.stride
          if rows.lowerBound < last, !phase.kernelTaps.isEmpty {
            products(
              slab, strips, images: imageRange, rows: rows.lowerBound..<last, columns: columns,
              stride: 1, taps: phase.offsets, weights, halves: halves, epilogue: epilogue,
              panel: panel
            ) { image, row, column in
              (((image * g.inputBlocks + panel * 2) * g.h + row * g.stride + phase.row) * g.w
                + column * g.stride + phase.column) * 64
            } into: {
              UnsafeMutableRawPointer(dx)
            } half: {
              g.h * g.w * 64
            }
          }
          weights += g.outputBlocks * phase.kernelTaps.count * 512
        }
      }
    }
  }

  // MARK: Weight gradient

  /// dw[K/32][C/16][tap][16][32] = sum over images and pixels of x dy, images in order.
  ///
  /// A task owns sixteen input by thirty-two output channels, so nothing is joined afterwards.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    images: Int, pool: WorkerPool
  ) {
    let g = geometry
    let (rowsOut, columnsOut) = (g.outputRows, g.outputColumns)
    let windows = (0..<g.kernel).map { k in
      (rows: Self.reach(g, k, g.h, rowsOut), columns: Self.reach(g, k, g.w, columnsOut))
    }
    nonisolated(unsafe) let (x, dy, dw) = (x, dy, dw)
    pool.run(g.panels * g.inputBlocks) { task, _ in
      let (panel, block) = (task / g.inputBlocks, task % g.inputBlocks)
      let halves = min(2, g.outputBlocks - panel * 2)
      let sums = UnsafeMutableRawPointer(dw + task * g.taps * 512)
      memset(sums, 0, g.taps * 2048)
      let bandRows = rowsOut > 16 ? 10 : rowsOut
      for image in 0..<images {
        let xPlane = x + (image * g.inputBlocks + block) * g.h * g.w * 16
        let yPlane = dy + (image * g.outputBlocks + panel * 2) * rowsOut * columnsOut * 16
        for band in stride(from: 0, to: rowsOut, by: bandRows) {
          for tap in 0..<g.taps {
            let (ky, kx) = (tap / g.kernel, tap % g.kernel)
            let rows = windows[ky].rows.clamped(to: band..<min(rowsOut, band + bandRows))
            let columns = windows[kx].columns
            if rows.isEmpty || columns.isEmpty { continue }
            let inputRow = rows.lowerBound * g.stride + ky - g.padding
            let inputColumn = columns.lowerBound * g.stride + kx - g.padding
            let xp = UnsafeRawPointer(xPlane + (inputRow * g.w + inputColumn) * 16)
            let yp = UnsafeRawPointer(
              yPlane + (rows.lowerBound * columnsOut + columns.lowerBound) * 16)
            for half in 0..<2 {
              outerProduct8(
                xp + half * 32, xStep: g.stride * 64, xRow: g.stride * g.w * 64, yp, yStep: 64,
                yRow: columnsOut * 64, yHalf: halves == 2 ? rowsOut * columnsOut * 64 : 0,
                rows: rows.count, steps: columns.count, sums + tap * 2048 + half * 1024)
            }
          }
        }
      }
      if halves == 1 {
        for row in 0..<g.taps * 16 { store(sums, row * 128 + 64, Vector(repeating: 0)) }
      }
    }
  }

  /// Output positions whose input for kernel position `k` lies inside the image.
  private static func reach(
    _ g: ConvolutionGeometry, _ k: Int, _ size: Int, _ outputs: Int
  ) -> Range<Int> {
    let inside = (0..<outputs).filter { (0..<size).contains($0 * g.stride + k - g.padding) }
    guard let first = inside.first, let last = inside.last else { return 0..<0 }
    return first..<last + 1
  }
}
