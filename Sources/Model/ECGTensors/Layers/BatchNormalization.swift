// Batch normalization with the residual sum and the activation that follow it.

import ECGParallel
import Foundation

/// z = activation(gamma (x - mean) / sqrt(variance + eps) + beta + residual), by channel.
///
/// The mean and the variance are the batch's (biased) in training, where they also move the
/// running ones (unbiased), and the running ones otherwise. Statistics of a plane are taken about
/// its first value, so that nothing cancels, and joined over the images in order, in double.
/// - Source: Ioffe and Szegedy 2015; Chan, Golub and LeVeque 1979 for joining variances.
public struct BatchNormalization: Sendable {
  /// Channels, a multiple of sixteen.
  public let c: Int
  /// Pixels of a plane.
  public let area: Int
  /// The factor for negative values after the sum: 0 is ReLU, 1 leaves them.
  public let slope: Float
  /// Added to the variance.
  public static let epsilon = 1e-5

  /// Plans the normalization of planes of `area` pixels.
  public init(c: Int, area: Int, slope: Float) {
    precondition(c.isMultiple(of: 16), "batch normalization of \(c) channels")
    (self.c, self.area, self.slope) = (c, area, slope)
  }

  /// What one batch leaves for the backward pass: four vectors of `c` floats.
  public struct Statistics {
    let mean, inverse, scale, shift: UnsafeMutablePointer<Float>

    /// Lays the vectors out in `memory`, 4 c floats.
    public init(memory: UnsafeMutablePointer<Float>, c: Int) {
      (mean, inverse, scale, shift) = (memory, memory + c, memory + 2 * c, memory + 3 * c)
    }

    /// What a channel's value is multiplied by, and what is added.
    @inline(__always)
    func affine(_ channel: Int) -> (scale: Vector, shift: Vector) {
      (load(scale + channel, 0), load(shift + channel, 0))
    }
  }

  /// Floats of the memory shared by all workers.
  public func sharedFloats(images: Int) -> Int { images * c * 2 + 2 * c }

  var blocks: Int { c / 16 }

  // MARK: Forward

  /// Takes the batch's statistics and moves the running ones by `momentum`.
  public func measure(
    _ x: UnsafePointer<Float>, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>,
    runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>,
    momentum: Double, statistics: Statistics, images: Int, pool: WorkerPool,
    shared: UnsafeMutablePointer<Float>
  ) {
    nonisolated(unsafe) let (x, shared) = (x, shared)
    pool.run(images * blocks) { task, _ in
      let plane = UnsafeRawPointer(x + task * area * 16)
      let first = load(plane, 0)
      var s0 = Vector(repeating: 0)
      var s1 = s0
      var q0 = s0
      var q1 = s0
      var i = 0
      while i + 1 < area {
        let a = load(plane, i &* 64) - first
        let b = load(plane, i &* 64 &+ 64) - first
        s0 += a
        s1 += b
        q0 = multiplyAdd(q0, a, a)
        q1 = multiplyAdd(q1, b, b)
        i += 2
      }
      if i < area {
        let a = load(plane, i &* 64) - first
        s0 += a
        q0 = multiplyAdd(q0, a, a)
      }
      let sum = s0 + s1
      let target = UnsafeMutableRawPointer(shared + task * 32)
      store(target, 0, first + sum / Float(area))
      store(target, 64, q0 + q1 - sum * sum / Float(area))
    }
    let size = Double(area)
    for channel in 0..<c {
      var mean = 0.0
      var squares = 0.0
      var count = 0.0
      for image in 0..<images {
        let part = shared + (image * blocks + channel / 16) * 32 + channel % 16
        let delta = Double(part[0]) - mean
        squares += max(0, Double(part[16])) + delta * delta * count * size / (count + size)
        mean += delta * size / (count + size)
        count += size
      }
      let variance = squares / count
      set(
        statistics, channel, mean: mean, variance: variance, gamma: gamma[channel],
        beta: beta[channel])
      let unbiased = squares / max(1, count - 1)
      runningMean[channel] = Float(
        (1 - momentum) * Double(runningMean[channel]) + momentum * mean)
      runningVariance[channel] = Float(
        (1 - momentum) * Double(runningVariance[channel]) + momentum * unbiased)
    }
  }

  /// Takes the running statistics instead of the batch's.
  public func recall(
    gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, runningMean: UnsafePointer<Float>,
    runningVariance: UnsafePointer<Float>, statistics: Statistics
  ) {
    for channel in 0..<c {
      set(
        statistics, channel, mean: Double(runningMean[channel]),
        variance: Double(runningVariance[channel]), gamma: gamma[channel], beta: beta[channel])
    }
  }

  private func set(
    _ statistics: Statistics, _ channel: Int, mean: Double, variance: Double, gamma: Float,
    beta: Float
  ) {
    let inverse = 1 / (variance + Self.epsilon).squareRoot()
    statistics.mean[channel] = Float(mean)
    statistics.inverse[channel] = Float(inverse)
    statistics.scale[channel] = Float(Double(gamma) * inverse)
    statistics.shift[channel] = Float(Double(beta) - Double(gamma) * inverse * mean)
  }

  /// z = activation(scale x + shift + residual).
  public func apply(
    _ x: UnsafePointer<Float>, residual: UnsafePointer<Float>?, statistics: Statistics,
    into z: UnsafeMutablePointer<Float>, images: Int, pool: WorkerPool
  ) {
    nonisolated(unsafe) let (x, residual, z, statistics) = (x, residual, z, statistics)
    let s = Vector(repeating: slope)
    pool.run(images * blocks) { task, _ in
      let channel = task % blocks * 16
      let scale = load(statistics.scale + channel, 0)
      let shift = load(statistics.shift + channel, 0)
      let source = UnsafeRawPointer(x + task * area * 16)
      let target = UnsafeMutableRawPointer(z + task * area * 16)
      if let residual {
        let other = UnsafeRawPointer(residual + task * area * 16)
        for i in 0..<area {
          let sum = multiplyAdd(shift + load(other, i &* 64), load(source, i &* 64), scale)
          store(target, i &* 64, leaky(sum, s))
        }
      } else {
        for i in 0..<area {
          store(target, i &* 64, leaky(multiplyAdd(shift, load(source, i &* 64), scale), s))
        }
      }
    }
  }
}
