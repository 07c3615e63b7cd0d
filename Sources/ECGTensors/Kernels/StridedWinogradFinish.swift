// What happens to the results of strided convolutions when they are stored.

/// What happens to sixteen channels' results before they are stored.
struct StridedFinish {
  private let isPlain: Bool
  private let bias: Vector
  private let slope: Vector
  private let accumulates: Bool

  init(_ epilogue: Epilogue, block: Int) {
    isPlain = epilogue.bias == nil && epilogue.slope == 1 && !epilogue.accumulates
    bias = epilogue.bias.map { ECGTensors.load(UnsafeRawPointer($0), block * 64) } ?? Vector()
    slope = Vector(repeating: epilogue.slope)
    accumulates = epilogue.accumulates
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
      let sum = leaky(value + bias, slope)
      ECGTensors.store(d, 0, accumulates ? sum + load(d, 0) : sum)
    }
  }
}
