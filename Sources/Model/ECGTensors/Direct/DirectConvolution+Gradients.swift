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
                let missing = VectorGrid(UnsafeMutableRawPointer(target), columns: 2).column(1)
                for lane in 0..<16 { missing[lane] = Vector(repeating: 0) }
                continue
              }
              let source = weights + g.weightIndex(block * 16, inputBlock * 16, tap)
              transpose16(
                UnsafeRawPointer(source), 2 * vectorBytes,
                UnsafeMutableRawPointer(target + half * 16), 2 * vectorBytes)
            }
            target += ConvolutionGeometry.blockFloats
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
    nonisolated(unsafe) let epilogue = Epilogue(residual: accumulates ? UnsafePointer(dx) : nil)
    let dyView = BlockedView(
      reading: dy, blocks: g.outputBlocks, h: g.outputRows, w: g.outputColumns)
    let dxView = BlockedView(dx, blocks: g.inputBlocks, h: g.h, w: g.w)
    nonisolated(unsafe) let arranged = arranged
    pool.run(strips.count(images: images, total: total)) { task, worker in
      let (imageRange, rows) = strips.bounds(task, images: images, total: total)
      let slab = Slab(scratch[worker], strips)
      for image in imageRange {
        slab.copy(
          dyView, image: image, slot: image - imageRange.lowerBound,
          firstRow: rows.lowerBound + smallest, firstColumn: smallest, sampling: 1)
      }
      let leavesPixels = phases.contains { $0.kernelTaps.isEmpty }
      if leavesPixels && !accumulates {
        let first = rows.lowerBound * g.stride
        let last = min(g.h, rows.upperBound * g.stride)
        for image in imageRange {
          for block in 0..<g.inputBlocks {
            let pixels = dxView.plane(image, block).pixels(row: first, column: 0)
            memset(pixels.start, 0, (last - first) * pixels.rowStep)
          }
        }
      }
      for panel in 0..<(g.c + 31) / 32 {
        var weights = arranged + panel * g.outputBlocks * 16 * g.taps * 32
        for phase in phases {
          let last = min(rows.upperBound, (g.h - phase.row + g.stride - 1) / g.stride)
          let columns = (g.w - phase.column + g.stride - 1) / g.stride
          if rows.lowerBound < last, !phase.kernelTaps.isEmpty {
            products(
              of: PixelRun(
                slab: slab, images: imageRange, rows: rows.lowerBound..<last, columns: columns,
                stride: 1),
              taps: phase.offsets, weights: weights,
              into: PanelTarget(
                view: dxView, panel: panel, stride: g.stride, row: phase.row,
                column: phase.column),
              epilogue)
          }
          weights += g.outputBlocks * phase.kernelTaps.count * ConvolutionGeometry.blockFloats
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
    let xView = BlockedView(reading: x, blocks: g.inputBlocks, h: g.h, w: g.w)
    let dyView = BlockedView(reading: dy, blocks: g.outputBlocks, h: rowsOut, w: columnsOut)
    let tapBytes = ConvolutionGeometry.blockFloats * floatBytes
    nonisolated(unsafe) let dw = dw
    pool.run(g.panels * g.inputBlocks) { task, _ in
      let (panel, block) = (task / g.inputBlocks, task % g.inputBlocks)
      let halves = min(2, g.outputBlocks - panel * 2)
      let sums = UnsafeMutableRawPointer(dw) + task * g.taps * tapBytes
      memset(sums, 0, g.taps * tapBytes)
      let bandRows = rowsOut > 16 ? 10 : rowsOut
      for image in 0..<images {
        let xPlane = xView.plane(image, block)
        let yPlane = dyView.plane(image, panel * 2)
        for band in stride(from: 0, to: rowsOut, by: bandRows) {
          for tap in 0..<g.taps {
            let (ky, kx) = (tap / g.kernel, tap % g.kernel)
            let rows = windows[ky].rows.clamped(to: band..<min(rowsOut, band + bandRows))
            let columns = windows[kx].columns
            if rows.isEmpty || columns.isEmpty { continue }
            let xs = xPlane.pixels(
              row: rows.lowerBound * g.stride + ky - g.padding,
              column: columns.lowerBound * g.stride + kx - g.padding)
            let ys = yPlane.pixels(row: rows.lowerBound, column: columns.lowerBound)
            for half in 0..<2 {
              outerProduct8(
                VectorGrid(
                  xs.start + half * vectorBytes / 2, rowStep: g.stride * xs.rowStep,
                  columnStep: g.stride * xs.columnStep),
                ys, yHalf: halves == 2 ? dyView.planeBytes : 0, rows: rows.count,
                steps: columns.count, sums + tap * tapBytes + half * tapBytes / 2)
            }
          }
        }
      }
      if halves == 1 {
        let missing = VectorGrid(sums, columns: 2).column(1)
        for row in 0..<g.taps * 16 { missing[row] = Vector(repeating: 0) }
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
