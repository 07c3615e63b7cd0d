// Max pooling and adaptive average pooling in the blocked layout.

import ECGParallel
import Foundation

/// 3x3 max pooling with stride 2 and padding 1.
public struct MaxPool: Sendable {
  /// Rows and columns of the input.
  public let h, w: Int
  /// Blocks of sixteen channels.
  public let blocks: Int

  /// Plans the pooling of `blocks` x 16 channels.
  public init(blocks: Int, h: Int, w: Int) { (self.blocks, self.h, self.w) = (blocks, h, w) }

  /// Rows of the output.
  public var outputRows: Int { (h - 1) / 2 + 1 }
  /// Columns of the output.
  public var outputColumns: Int { (w - 1) / 2 + 1 }

  /// y = the largest of each window.
  public func forward(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (x, y) = (x, y)
    pool.run(images * blocks) { task, _ in
      let source = UnsafeRawPointer(x + task * h * w * 16)
      let target = UnsafeMutableRawPointer(y + task * outputRows * outputColumns * 16)
      for row in 0..<outputRows {
        let rows = max(0, 2 * row - 1)..<min(h, 2 * row + 2)
        for column in 0..<outputColumns {
          let columns = max(0, 2 * column - 1)..<min(w, 2 * column + 2)
          var best = load(source, (rows.lowerBound * w + columns.lowerBound) * 64)
          for r in rows { for q in columns { best = larger(best, load(source, (r * w + q) * 64)) } }
          store(target, (row * outputColumns + column) * 64, best)
        }
      }
    }
  }

  /// dx: each window's gradient goes to its first largest input, in row-major order.
  public func backward(
    _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, y: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (dy, x, y, dx) = (dy, x, y, dx)
    let zero = Vector(repeating: 0)
    pool.run(images * blocks) { task, _ in
      let source = UnsafeRawPointer(x + task * h * w * 16)
      let target = UnsafeMutableRawPointer(dx + task * h * w * 16)
      let largest = UnsafeRawPointer(y + task * outputRows * outputColumns * 16)
      let gradient = UnsafeRawPointer(dy + task * outputRows * outputColumns * 16)
      memset(target, 0, h * w * 64)
      for row in 0..<outputRows {
        for column in 0..<outputColumns {
          let at = (row * outputColumns + column) * 64
          let top = load(largest, at)
          var left = load(gradient, at)
          for r in max(0, 2 * row - 1)..<min(h, 2 * row + 2) {
            for q in max(0, 2 * column - 1)..<min(w, 2 * column + 2) {
              let isTop = load(source, (r * w + q) * 64) .== top
              let given = zero.replacing(with: left, where: isTop)
              store(target, (r * w + q) * 64, load(target, (r * w + q) * 64) + given)
              left.replace(with: zero, where: isTop)
            }
          }
        }
      }
    }
  }
}

/// Average pooling to `side` x `side` windows, which overlap where sizes do not divide.
///
/// Window i covers floor(i n / side) ..< ceil((i + 1) n / side), as PyTorch's does.
public struct AdaptiveAveragePool: Sendable {
  /// Rows and columns of the input.
  public let h, w: Int
  /// Blocks of sixteen channels, rows and columns of the output.
  public let blocks, side: Int

  /// Plans the pooling of `blocks` x 16 channels.
  public init(blocks: Int, h: Int, w: Int, side: Int) {
    (self.blocks, self.h, self.w, self.side) = (blocks, h, w, side)
  }

  private func window(_ i: Int, of n: Int) -> Range<Int> {
    i * n / side..<((i + 1) * n + side - 1) / side
  }

  /// y = the mean of each window.
  public func forward(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (x, y) = (x, y)
    pool.run(images * blocks) { task, _ in
      let source = UnsafeRawPointer(x + task * h * w * 16)
      let target = UnsafeMutableRawPointer(y + task * side * side * 16)
      for i in 0..<side {
        for j in 0..<side {
          let (rows, columns) = (window(i, of: h), window(j, of: w))
          var sum = Vector(repeating: 0)
          for r in rows { for q in columns { sum += load(source, (r * w + q) * 64) } }
          store(target, (i * side + j) * 64, sum / Float(rows.count * columns.count))
        }
      }
    }
  }

  /// dx: each window's gradient spread over its pixels.
  public func backward(
    _ dy: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (dy, dx) = (dy, dx)
    pool.run(images * blocks) { task, _ in
      let gradient = UnsafeRawPointer(dy + task * side * side * 16)
      let target = UnsafeMutableRawPointer(dx + task * h * w * 16)
      memset(target, 0, h * w * 64)
      for i in 0..<side {
        for j in 0..<side {
          let (rows, columns) = (window(i, of: h), window(j, of: w))
          let share = load(gradient, (i * side + j) * 64) / Float(rows.count * columns.count)
          for r in rows {
            for q in columns {
              store(target, (r * w + q) * 64, load(target, (r * w + q) * 64) + share)
            }
          }
        }
      }
    }
  }
}
