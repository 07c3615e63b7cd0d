// A convolution with its normalization folded into weights and bias, for inference.

import ECGTensors

/// What a folded convolution takes from its normalization.
struct FoldedNormalization {
  let c: Int
  let slope: Float
  let gamma, beta, runningMean: UnsafeMutablePointer<Float>

  /// scale w and the bias of one output channel: gamma / sqrt(variance + eps), in double.
  private func constants(_ channel: Int) -> (scale: Double, bias: Double) {
    let variance = Double(runningMean[c + channel])
    let scale = Double(gamma[channel]) / (variance + BatchNormalization.epsilon).squareRoot()
    return (scale, Double(beta[channel]) - scale * Double(runningMean[channel]))
  }

  /// Scales weights whose output channels repeat along [rows][width], and sets the bias.
  ///
  /// - Parameter channel: The first output channel of a row.
  func fold(
    _ weights: UnsafePointer<Float>, rows: Int, width: Int, channel: (Int) -> Int,
    into scaled: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>
  ) {
    let all = (0..<c).map { constants($0) }
    for (index, constant) in all.enumerated() { bias[index] = Float(constant.bias) }
    for row in 0..<rows {
      let first = channel(row)
      for i in 0..<min(width, c - first) {
        scaled[row * width + i] = Float(
          all[first + i].scale * Double(weights[row * width + i]))
      }
    }
  }
}

/// Runs convolution, normalization by running statistics, residual sum and activation at once.
final class FoldedConvolutionOperation: Operation {
  private let geometry: ConvolutionGeometry
  private let normalization: FoldedNormalization
  private let ports: Ports
  private let weight: ParameterPort
  private let convolution: any ConvolutionMethod
  private let bias: FloatBuffer
  private var scaled: FloatBuffer?

  /// - Parameter ports: The convolution's input, then the residual if there is one.
  init(
    _ geometry: ConvolutionGeometry, _ normalization: FoldedNormalization, ports: Ports,
    weight: ParameterPort, images: Int
  ) {
    (self.geometry, self.normalization, self.ports) = (geometry, normalization, ports)
    self.weight = weight
    convolution = geometry.method(images: images, passes: ConvolutionPasses())
    bias = FloatBuffer(count: geometry.panels * 32)
  }

  var scratchFloats: Int { convolution.scratchFloats }
  var sharedFloats: Int { convolution.sharedFloats }

  func prepare(_ pass: Pass) {
    let g = geometry
    let scaled = self.scaled ?? FloatBuffer(count: g.weightCount)
    let rowsOfPanel = g.inputBlocks * g.taps * 16
    normalization.fold(
      weight.value, rows: g.panels * rowsOfPanel, width: 32,
      channel: { $0 / rowsOfPanel * 32 }, into: scaled.pointer, bias: bias.pointer)
    convolution.prepare(scaled.pointer, pass)
    self.scaled = convolution.readsWeights ? scaled : nil
  }

  func forward(_ pass: Pass) {
    let epilogue = Epilogue(
      bias: bias.pointer,
      residual: ports.inputs.count > 1 ? UnsafePointer(ports.inputs[1]) : nil,
      slope: normalization.slope)
    convolution.forward(
      ports.inputs[0], weights: scaled?.pointer ?? weight.value, into: ports.output,
      epilogue: epilogue, pass)
  }

  func backward(_ pass: Pass) {
    preconditionFailure("a folded convolution has no way back")
  }
}

/// The same for the stem.
final class FoldedStemOperation: Operation {
  private let stem: StemConvolution
  private let normalization: FoldedNormalization
  private let ports: Ports
  private let weight: ParameterPort
  private let bias = FloatBuffer(count: 64)
  private let scaled = FloatBuffer(count: StemConvolution.weightCount)
  private let transformed = FloatBuffer(count: StemConvolution.transformedCount)

  init(_ normalization: FoldedNormalization, ports: Ports, weight: ParameterPort) {
    (self.normalization, self.ports, self.weight) = (normalization, ports, weight)
    stem = StemConvolution(h: ports.inputShapes[0].h, w: ports.inputShapes[0].w)
  }

  var scratchFloats: Int { stem.scratchFloats }

  func prepare(_ pass: Pass) {
    normalization.fold(
      weight.value, rows: 147, width: 64, channel: { _ in 0 }, into: scaled.pointer,
      bias: bias.pointer)
    stem.transform(scaled.pointer, into: transformed.pointer, pool: pass.pool)
  }

  func forward(_ pass: Pass) {
    stem.forward(
      ports.inputs[0], transformed: transformed.pointer, into: ports.output, images: pass.images,
      epilogue: Epilogue(bias: bias.pointer, slope: normalization.slope), pool: pass.pool,
      scratch: pass.scratch)
  }

  func backward(_ pass: Pass) {
    preconditionFailure("a folded stem has no way back")
  }
}
