// The backward pass of bias and activation, dropout, and adding.

import ECGParallel

/// Turns dy into the gradient before a leaky activation, in place, and sums it for the bias.
///
/// - Parameters:
///   - dy: (images, C, H, W), blocked; overwritten.
///   - y: The activation's output: its sign is the input's.
///   - slope: The factor of negative values.
///   - bias: C floats, padded to whole blocks, overwritten; `nil` where it is not wanted.
public func activationBackward(
  _ dy: UnsafeMutablePointer<Float>, y: UnsafePointer<Float>, slope: Float, shape: BlockedShape,
  images: Int, bias: UnsafeMutablePointer<Float>?, pool: WorkerPool
) {
  nonisolated(unsafe) let (dy, y, bias) = (dy, y, bias)
  let s = Vector(repeating: slope)
  let zero = Vector(repeating: 0)
  pool.run(shape.blocks) { block, _ in
    var total = zero
    for image in 0..<images {
      let offset = (image * shape.blocks + block) * shape.area * 64
      let dyp = UnsafeMutableRawPointer(dy) + offset
      let yp = UnsafeRawPointer(y) + offset
      var sum = zero
      for i in 0..<shape.area {
        var g = load(dyp, i &* 64)
        if slope != 1 {
          g.replace(with: g * s, where: load(yp, i &* 64) .<= zero)
          store(dyp, i &* 64, g)
        }
        sum += g
      }
      total += sum
    }
    if let bias { store(UnsafeMutableRawPointer(bias), block * 64, total) }
  }
}

/// y = x * mask.
public func multiply(
  _ x: UnsafePointer<Float>, by mask: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
  count: Int
) {
  for i in stride(from: 0, to: count, by: 16) {
    store(UnsafeMutableRawPointer(y + i), 0, load(x + i, 0) * load(mask + i, 0))
  }
}
