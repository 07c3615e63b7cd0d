// What happens to the results of strided convolutions when they are stored.

/// An epilogue for sixteen channels.
struct StridedFinish {
  private let isPlain: Bool
  private let bias: Vector
  private let slope: Vector
  /// Bytes from a result's place to its residual, where there is one.
  private let residual: Int?

  /// - Parameters:
  ///   - block: Which sixteen channels.
  ///   - output: Where the results begin that the epilogue's residual belongs to.
  init(_ epilogue: Epilogue, block: Int, output: UnsafeMutablePointer<Float>) {
    isPlain = epilogue.isPlain
    bias = epilogue.bias.map { ECGTensors.load(UnsafeRawPointer($0), block * 64) } ?? Vector()
    slope = Vector(repeating: epilogue.slope)
    residual = epilogue.residual.map { UnsafeRawPointer($0) - UnsafeRawPointer(output) }
  }

  /// Stores the first `count` of four results, `step` bytes apart.
  @inline(__always)
  func store(
    _ y: StridedTransform.Results, _ count: Int, _ d: UnsafeMutableRawPointer, _ step: Int
  ) {
    if count > 0 { put(y.0, d) }
    if count > 1 { put(y.1, d + step) }
    if count > 2 { put(y.2, d + 2 &* step) }
    if count > 3 { put(y.3, d + 3 &* step) }
  }

  @inline(__always)
  private func put(_ value: Vector, _ d: UnsafeMutableRawPointer) {
    if isPlain {
      ECGTensors.store(d, 0, value)
    } else {
      let sum = value + bias
      ECGTensors.store(d, 0, leaky(residual.map { sum + load(d, $0) } ?? sum, slope))
    }
  }
}
