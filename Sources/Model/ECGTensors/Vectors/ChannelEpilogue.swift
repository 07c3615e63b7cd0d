// What happens to a convolution's results when they are stored.

/// An ``Epilogue`` for sixteen channels.
struct ChannelEpilogue {
  private let isPlain: Bool
  private let bias: Vector
  private let slope: Vector
  /// Bytes from a result's place to its residual, where there is one.
  private let residual: Int?

  /// - Parameters:
  ///   - block: Which sixteen channels.
  ///   - output: Where the results begin that the epilogue's residual belongs to.
  init(_ epilogue: Epilogue, block: Int, output: UnsafeRawPointer) {
    isPlain = epilogue.isPlain
    bias =
      epilogue.bias.map { ECGTensors.load(UnsafeRawPointer($0), block * vectorBytes) } ?? Vector()
    slope = Vector(repeating: epilogue.slope)
    residual = epilogue.residual.map { UnsafeRawPointer($0) - output }
  }

  /// Stores the first `count` of four results.
  @inline(__always)
  func store(_ y: FourVectors, _ count: Int, to line: VectorLine) {
    if count > 0 { put(y.0, line.start) }
    if count > 1 { put(y.1, line.start + line.step) }
    if count > 2 { put(y.2, line.start + 2 &* line.step) }
    if count > 3 { put(y.3, line.start + 3 &* line.step) }
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
