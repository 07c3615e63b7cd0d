// Batch normalization, ReLU and max pooling at once, as a trunk's stem needs them.

import ECGParallel
import Foundation

/// y = max over 3x3 windows with stride 2 of ReLU(gamma (x - mean) / sqrt(variance + eps) + beta).
///
/// The normalized values, four times as many as the output's, are never written: both passes make
/// them again from x, to the same bits.
public struct NormalizedMaxPool: Sendable {
  /// The normalization of x.
  public let normalization: BatchNormalization
  /// Rows and columns of x.
  public let h, w: Int

  /// Plans the pooling of `c` channels of `h` x `w` pixels.
  public init(c: Int, h: Int, w: Int) {
    (self.h, self.w) = (h, w)
    normalization = BatchNormalization(c: c, area: h * w, slope: 0)
  }

  /// Rows of the output.
  public var outputRows: Int { (h - 1) / 2 + 1 }
  /// Columns of the output.
  public var outputColumns: Int { (w - 1) / 2 + 1 }

  private var blocks: Int { normalization.c / 16 }

  /// Rows or columns of a window, of `size`.
  @inline(__always)
  private func window(_ i: Int, _ size: Int) -> Range<Int> {
    max(0, 2 &* i &- 1)..<min(size, 2 &* i &+ 2)
  }

  /// y from x and its statistics, which the normalization has measured or recalled.
  public func forward(
    _ x: UnsafePointer<Float>, statistics: BatchNormalization.Statistics,
    into y: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (x, y, statistics) = (x, y, statistics)
    pool.run(images * blocks) { task, _ in
      let (scale, shift) = statistics.affine(task % blocks * 16)
      let source = UnsafeRawPointer(x + task * h * w * 16)
      let target = UnsafeMutableRawPointer(y + task * outputRows * outputColumns * 16)
      for i in 0..<outputRows {
        let rows = window(i, h)
        for j in 0..<outputColumns {
          var best = Vector(repeating: 0)
          let columns = window(j, w)
          for r in rows {
            for q in columns {
              best = larger(
                best, multiplyAdd(shift, load(source, (r &* w &+ q) &* 64), scale))
            }
          }
          store(target, (i &* outputColumns &+ j) &* 64, best)
        }
      }
    }
  }

  /// Gradients of x, gamma and beta from that of y; a window's goes to its first largest input.
  ///
  /// - Parameters:
  ///   - usesBatch: Whether the forward pass took the batch's statistics, which then depend on x.
  ///   - dx: Overwritten.
  ///   - dGamma: With `dBeta`, `nil` where they are not wanted.
  ///   - shared: Memory as ``BatchNormalization/sharedFloats(images:)`` asks for.
  public func backward(
    _ dy: UnsafePointer<Float>, y: UnsafePointer<Float>, x: UnsafePointer<Float>,
    statistics: BatchNormalization.Statistics, usesBatch: Bool,
    dx: UnsafeMutablePointer<Float>, dGamma: UnsafeMutablePointer<Float>?,
    dBeta: UnsafeMutablePointer<Float>?, images: Int, pool: WorkerPool,
    shared: UnsafeMutablePointer<Float>
  ) {
    if usesBatch || dGamma != nil {
      sums(dy, y: y, x: x, statistics, images, pool, shared)
    }
    let line = normalization.line(
      statistics: statistics, usesBatch: usesBatch, dGamma: dGamma, dBeta: dBeta, images: images,
      shared: shared)
    nonisolated(unsafe) let (dy, y, x, dx) = (dy, y, x, dx)
    nonisolated(unsafe) let (statistics, coefficients) = (statistics, line)
    let zero = Vector(repeating: 0)
    pool.run(images * blocks) { task, _ in
      let channel = task % blocks * 16
      let (scale, shift) = statistics.affine(channel)
      let (a, b) = coefficients.vectors(channel)
      let source = UnsafeRawPointer(x + task * h * w * 16)
      let target = UnsafeMutableRawPointer(dx + task * h * w * 16)
      let top = UnsafeRawPointer(y + task * outputRows * outputColumns * 16)
      let gradient = UnsafeRawPointer(dy + task * outputRows * outputColumns * 16)
      var done = 0
      for i in 0..<outputRows {
        let rows = window(i, h)
        memset(target + 2 * i * w * 64, 0, (rows.upperBound - 2 * i) * w * 64)
        for j in 0..<outputColumns {
          let at = (i &* outputColumns &+ j) &* 64
          let best = load(top, at)
          var left = load(gradient, at).replacing(with: zero, where: best .<= zero)
          let columns = window(j, w)
          for r in rows {
            for q in columns {
              let place = (r &* w &+ q) &* 64
              let isTop = multiplyAdd(shift, load(source, place), scale) .== best
              store(target, place, load(target, place) + zero.replacing(with: left, where: isTop))
              left.replace(with: zero, where: isTop)
            }
          }
        }
        // The next windows begin at row 2 i + 1.
        let last = i + 1 == outputRows ? h : 2 * i + 1
        for place in stride(from: done &* w &* 64, to: last &* w &* 64, by: 64) {
          let d = multiplyAdd(multiplyAdd(b, load(source, place), a), load(target, place), scale)
          store(target, place, d)
        }
        done = last
      }
    }
  }

  /// Per plane: the sums of g and of g xhat, where g is the gradient behind the pooling.
  private func sums(
    _ dy: UnsafePointer<Float>, y: UnsafePointer<Float>, x: UnsafePointer<Float>,
    _ statistics: BatchNormalization.Statistics, _ images: Int, _ pool: WorkerPool,
    _ shared: UnsafeMutablePointer<Float>
  ) {
    nonisolated(unsafe) let (dy, y, x, shared, statistics) = (dy, y, x, shared, statistics)
    let zero = Vector(repeating: 0)
    pool.run(images * blocks) { task, _ in
      let channel = task % blocks * 16
      let (scale, shift) = statistics.affine(channel)
      let mean = load(statistics.mean + channel, 0)
      let source = UnsafeRawPointer(x + task * h * w * 16)
      let top = UnsafeRawPointer(y + task * outputRows * outputColumns * 16)
      let gradient = UnsafeRawPointer(dy + task * outputRows * outputColumns * 16)
      var total = zero
      var weighted = zero
      for i in 0..<outputRows {
        let rows = window(i, h)
        for j in 0..<outputColumns {
          let at = (i &* outputColumns &+ j) &* 64
          let best = load(top, at)
          var left = load(gradient, at).replacing(with: zero, where: best .<= zero)
          total += left
          let columns = window(j, w)
          for r in rows {
            for q in columns {
              let value = load(source, (r &* w &+ q) &* 64)
              let isTop = multiplyAdd(shift, value, scale) .== best
              weighted = multiplyAdd(
                weighted, zero.replacing(with: left, where: isTop), value - mean)
              left.replace(with: zero, where: isTop)
            }
          }
        }
      }
      let target = UnsafeMutableRawPointer(shared + task * 32)
      store(target, 0, total)
      store(target, 64, weighted * load(statistics.inverse + channel, 0))
    }
  }
}
