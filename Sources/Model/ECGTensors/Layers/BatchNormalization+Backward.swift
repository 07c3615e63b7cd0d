// The gradients of batch normalization, its residual and its activation.

import ECGParallel

extension BatchNormalization {
  /// Gradients of x, gamma, beta and the residual from that of z.
  ///
  /// - Parameters:
  ///   - z: The output, whose sign is that of the sum; `nil` where there was no residual and x tells
  ///     the sign, which spares a third of the reading.
  ///   - usesBatch: Whether the forward pass took the batch's statistics, which then depend on x.
  ///   - dx: Overwritten, or added to where `accumulates`.
  ///   - dResidual: The residual's gradient, or `nil`.
  ///   - dGamma: With `dBeta`, `nil` where they are not wanted.
  public func backward(
    _ dz: UnsafePointer<Float>, z: UnsafePointer<Float>?, x: UnsafePointer<Float>,
    statistics: Statistics, usesBatch: Bool,
    dx: UnsafeMutablePointer<Float>, accumulates: Bool,
    dResidual: UnsafeMutablePointer<Float>?, residualAccumulates: Bool,
    dGamma: UnsafeMutablePointer<Float>?, dBeta: UnsafeMutablePointer<Float>?,
    images: Int, pool: WorkerPool, shared: UnsafeMutablePointer<Float>
  ) {
    if usesBatch || dGamma != nil {
      sums(dz, z: z, x: x, statistics: statistics, images: images, pool: pool, shared: shared)
    }
    let line = line(
      statistics: statistics, usesBatch: usesBatch, dGamma: dGamma, dBeta: dBeta, images: images,
      shared: shared)
    nonisolated(unsafe) let (dz, z, x, dx, dResidual) = (dz, z, x, dx, dResidual)
    nonisolated(unsafe) let (statistics, coefficients) = (statistics, line)
    let s = Vector(repeating: slope)
    let zero = Vector(repeating: 0)
    pool.run(images * blocks) { task, _ in
      let channel = task % blocks * 16
      let offset = task * area * 64
      let (a, b) = coefficients.vectors(channel)
      let scale = load(statistics.scale + channel, 0)
      let dzp = UnsafeRawPointer(dz) + offset
      let sign = Sign(z: z, x: x, statistics, channel)
      let zp = sign.source + offset
      let xp = UnsafeRawPointer(x) + offset
      let dxp = UnsafeMutableRawPointer(dx) + offset
      let rp = dResidual.map { UnsafeMutableRawPointer($0) + offset }
      for i in 0..<area {
        var g = load(dzp, i &* 64)
        g.replace(with: g * s, where: sign.of(load(zp, i &* 64)) .<= zero)
        if let rp {
          store(rp, i &* 64, residualAccumulates ? g + load(rp, i &* 64) : g)
        }
        let d = multiplyAdd(multiplyAdd(b, load(xp, i &* 64), a), g, scale)
        store(dxp, i &* 64, accumulates ? d + load(dxp, i &* 64) : d)
      }
    }
  }

  /// By channel, what is added to scale g in dx = scale (g - mean(g) - xhat mean(g xhat)): a line
  /// slope x + offset.
  struct Line {
    let slope, offset: UnsafeMutablePointer<Float>

    @inline(__always)
    func vectors(_ channel: Int) -> (slope: Vector, offset: Vector) {
      (load(slope + channel, 0), load(offset + channel, 0))
    }
  }

  /// Joins the planes' sums, which lie at the beginning of `shared`, over the images in order.
  func line(
    statistics: Statistics, usesBatch: Bool, dGamma: UnsafeMutablePointer<Float>?,
    dBeta: UnsafeMutablePointer<Float>?, images: Int, shared: UnsafeMutablePointer<Float>
  ) -> Line {
    let line = Line(slope: shared + images * c * 2, offset: shared + images * c * 2 + c)
    let count = Double(images * area)
    for channel in 0..<c {
      var g = 0.0
      var gx = 0.0
      if usesBatch || dGamma != nil {
        for image in 0..<images {
          let part = shared + (image * blocks + channel / 16) * 32 + channel % 16
          g += Double(part[0])
          gx += Double(part[16])
        }
        dBeta?[channel] = Float(g)
        dGamma?[channel] = Float(gx)
      }
      let scale = Double(statistics.scale[channel])
      let inverse = Double(statistics.inverse[channel])
      let slope = usesBatch ? -scale * inverse * gx / count : 0
      line.slope[channel] = Float(slope)
      line.offset[channel] =
        usesBatch ? Float(-scale * g / count - slope * Double(statistics.mean[channel])) : 0
    }
    return line
  }

  /// Where the sign of a value before the activation comes from.
  private struct Sign {
    let source: UnsafeRawPointer
    private let scale, shift: Vector

    @inline(__always)
    init(
      z: UnsafePointer<Float>?, x: UnsafePointer<Float>, _ statistics: Statistics, _ channel: Int
    ) {
      source = UnsafeRawPointer(z ?? x)
      (scale, shift) =
        z == nil
        ? statistics.affine(channel) : (Vector(repeating: 1), Vector(repeating: 0))
    }

    @inline(__always)
    func of(_ value: Vector) -> Vector { multiplyAdd(shift, value, scale) }
  }

  /// Per plane: the sums of g and of g xhat, where g is dz behind the activation.
  private func sums(
    _ dz: UnsafePointer<Float>, z: UnsafePointer<Float>?, x: UnsafePointer<Float>,
    statistics: Statistics, images: Int, pool: WorkerPool, shared: UnsafeMutablePointer<Float>
  ) {
    nonisolated(unsafe) let (dz, z, x, shared, statistics) = (dz, z, x, shared, statistics)
    let s = Vector(repeating: slope)
    let zero = Vector(repeating: 0)
    pool.run(images * blocks) { task, _ in
      let channel = task % blocks * 16
      let offset = task * area * 64
      let mean = load(statistics.mean + channel, 0)
      let inverse = load(statistics.inverse + channel, 0)
      let dzp = UnsafeRawPointer(dz) + offset
      let sign = Sign(z: z, x: x, statistics, channel)
      let zp = sign.source + offset
      let xp = UnsafeRawPointer(x) + offset
      var s0 = zero
      var s1 = zero
      var q0 = zero
      var q1 = zero
      var i = 0
      while i + 1 < area {
        var a = load(dzp, i &* 64)
        var b = load(dzp, i &* 64 &+ 64)
        a.replace(with: a * s, where: sign.of(load(zp, i &* 64)) .<= zero)
        b.replace(with: b * s, where: sign.of(load(zp, i &* 64 &+ 64)) .<= zero)
        s0 += a
        s1 += b
        q0 = multiplyAdd(q0, a, load(xp, i &* 64) - mean)
        q1 = multiplyAdd(q1, b, load(xp, i &* 64 &+ 64) - mean)
        i += 2
      }
      if i < area {
        var a = load(dzp, i &* 64)
        a.replace(with: a * s, where: sign.of(load(zp, i &* 64)) .<= zero)
        s0 += a
        q0 = multiplyAdd(q0, a, load(xp, i &* 64) - mean)
      }
      let target = UnsafeMutableRawPointer(shared + task * 32)
      store(target, 0, s0 + s1)
      store(target, 64, (q0 + q1) * inverse)
    }
  }
}
