// A convolution summed directly.

import ECGTensors

/// The three passes of a ``DirectConvolution``, of any kernel and stride.
struct DirectMethod: ConvolutionMethod {
  private let plan: DirectConvolution
  /// Weights arranged for the input gradient.
  private let arranged: FloatBuffer?

  init(_ geometry: ConvolutionGeometry, images: Int, passes: ConvolutionPasses) {
    plan = DirectConvolution(geometry)
    arranged = passes.inputGradient ? FloatBuffer(count: plan.backwardWeightCount) : nil
  }

  var scratchFloats: Int { plan.scratchFloats }
  var sharedFloats: Int { 0 }
  var readsWeights: Bool { true }

  func prepare(_ weights: UnsafePointer<Float>, _ pass: Pass) {
    guard pass.goesBack, let arranged else { return }
    plan.arrangeBackward(weights, into: arranged.pointer, pool: pass.pool)
  }

  func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    epilogue: Epilogue, _ pass: Pass
  ) {
    plan.forward(
      x, weights: weights, into: y, images: pass.images, epilogue: epilogue, pool: pass.pool,
      scratch: pass.scratch)
  }

  func inputGradient(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, into target: GradientPort,
    _ pass: Pass
  ) {
    guard let arranged else { preconditionFailure("an input gradient that was not planned") }
    plan.inputGradient(
      dy, arranged: arranged.pointer, into: target.pointer, images: pass.images,
      accumulates: target.accumulates, pool: pass.pool, scratch: pass.scratch)
  }

  func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    plan.weightGradient(x, dy, into: dw, images: pass.images, pool: pass.pool)
  }
}
