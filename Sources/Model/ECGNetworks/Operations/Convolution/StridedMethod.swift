// A 3x3 convolution with stride 2 by its four phases.

import ECGTensors

/// The three passes of a ``StridedWinograd``, 3x3 with stride 2 and padding 1.
struct StridedMethod: ConvolutionMethod {
  private let plan: StridedWinograd
  private let transformed: FloatBuffer
  /// Weights transformed for the input gradient.
  private let reversed: FloatBuffer?
  private let weightsChange: Bool

  init(_ geometry: ConvolutionGeometry, images: Int, passes: ConvolutionPasses) {
    let g = geometry
    plan = StridedWinograd(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
    transformed = FloatBuffer(count: plan.transformedCount)
    reversed = passes.inputGradient ? FloatBuffer(count: plan.transformedCount) : nil
    weightsChange = passes.weightGradient
  }

  var scratchFloats: Int { plan.scratchFloats }
  var sharedFloats: Int { weightsChange ? plan.sharedFloats : 0 }
  var readsWeights: Bool { false }

  func prepare(_ weights: UnsafePointer<Float>, _ pass: Pass) {
    plan.transform(weights, into: transformed.pointer, pool: pass.pool)
    if pass.goesBack, let reversed {
      plan.transformReversed(weights, into: reversed.pointer, pool: pass.pool)
    }
  }

  func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    epilogue: Epilogue, _ pass: Pass
  ) {
    plan.forward(
      x, transformed: transformed.pointer, into: y, images: pass.images, epilogue: epilogue,
      pool: pass.pool, scratch: pass.scratch)
  }

  func inputGradient(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, into target: GradientPort,
    _ pass: Pass
  ) {
    guard let reversed else { preconditionFailure("an input gradient that was not planned") }
    plan.inputGradient(
      dy, transformed: reversed.pointer, into: target.pointer, images: pass.images,
      accumulates: target.accumulates, pool: pass.pool, scratch: pass.scratch)
  }

  func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    plan.weightGradient(
      x, dy, into: dw, images: pass.images, pool: pass.pool, scratch: pass.scratch,
      shared: pass.shared)
  }
}
