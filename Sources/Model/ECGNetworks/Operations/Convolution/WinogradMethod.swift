// A 3x3 convolution with stride 1 by Winograd.

import ECGTensors

/// The three passes of a 3x3, stride 1, padding 1 convolution in Winograd's domain.
struct WinogradMethod: ConvolutionMethod {
  /// A convolution and its transformed weights; `nil` where tasks transform weights for themselves.
  private typealias Planned = (plan: WinogradConvolution, transformed: FloatBuffer?)

  private let output: Planned
  /// The convolution of the output's gradient, with inputs and outputs exchanged.
  private let input: Planned?
  private let weight: WinogradWeightGradient?
  private let images: Int

  init(_ geometry: ConvolutionGeometry, images: Int, passes: ConvolutionPasses) {
    let g = geometry
    self.images = images
    output = Self.planned(c: g.c, k: g.k, g, images: images, weightsChange: passes.weightGradient)
    input =
      passes.inputGradient
      ? Self.planned(c: g.k, k: g.c, g, images: images, weightsChange: true) : nil
    weight =
      passes.weightGradient
      ? WinogradWeightGradient(c: g.c, k: g.k, h: g.h, w: g.w, images: images) : nil
  }

  private static func planned(
    c: Int, k: Int, _ g: ConvolutionGeometry, images: Int, weightsChange: Bool
  ) -> Planned {
    let plan = WinogradConvolution(c: c, k: k, h: g.h, w: g.w, images: images)
    let keeps = !(weightsChange && plan.isDeep)
    return (plan, keeps ? FloatBuffer(count: plan.transformedCount) : nil)
  }

  var scratchFloats: Int {
    max(
      output.plan.scratchFloats, input?.plan.scratchFloats ?? 0, weight?.scratchFloats ?? 0)
  }
  var sharedFloats: Int {
    max(
      output.plan.sharedFloats(images: images), input?.plan.sharedFloats(images: images) ?? 0,
      weight?.sharedFloats ?? 0)
  }
  var readsWeights: Bool { output.transformed == nil }

  func prepare(_ weights: UnsafePointer<Float>, _ pass: Pass) {
    if let transformed = output.transformed {
      output.plan.transform(weights, into: transformed.pointer, pool: pass.pool)
    }
    if pass.goesBack, let input, let transformed = input.transformed {
      input.plan.transformReversed(weights, into: transformed.pointer, pool: pass.pool)
    }
  }

  func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    epilogue: Epilogue, _ pass: Pass
  ) {
    output.plan.forward(
      x, weights: output.transformed.map { .transformed($0.pointer) } ?? .master(weights),
      into: y, images: pass.images, epilogue: epilogue, pool: pass.pool, scratch: pass.scratch,
      shared: pass.shared)
  }

  func inputGradient(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, into target: GradientPort,
    _ pass: Pass
  ) {
    guard let input else { preconditionFailure("an input gradient that was not planned") }
    input.plan.forward(
      dy, weights: input.transformed.map { .transformed($0.pointer) } ?? .masterReversed(weights),
      into: target.pointer, images: pass.images,
      epilogue: Epilogue(residual: target.accumulates ? UnsafePointer(target.pointer) : nil),
      pool: pass.pool, scratch: pass.scratch, shared: pass.shared)
  }

  func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    guard let weight else { preconditionFailure("a weight gradient that was not planned") }
    weight.compute(
      x, dy, into: dw, images: pass.images, pool: pass.pool, scratch: pass.scratch,
      shared: pass.shared)
  }
}
