// The gradients of a convolution by the method that suits its sizes.

import ECGTensors

/// The gradient of a convolution's input.
struct InputGradient {
  private enum Method {
    case direct(DirectConvolution, arranged: FloatBuffer)
    /// The buffer is `nil` where tasks transform weights for themselves.
    case winograd(WinogradConvolution, transformed: FloatBuffer?)
    case strided(StridedWinograd, transformed: FloatBuffer)
  }

  private let method: Method

  /// Plans batches of up to `images` images.
  init(_ geometry: ConvolutionGeometry, images: Int) {
    let g = geometry
    if g.suitsWinograd {
      let winograd = WinogradConvolution(c: g.k, k: g.c, h: g.h, w: g.w, images: images)
      method = .winograd(
        winograd,
        transformed: winograd.isDeep ? nil : FloatBuffer(count: winograd.transformedCount))
    } else if g.suitsStridedWinograd {
      let strided = StridedWinograd(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
      method = .strided(strided, transformed: FloatBuffer(count: strided.transformedCount))
    } else {
      let direct = DirectConvolution(g)
      method = .direct(direct, arranged: FloatBuffer(count: direct.backwardWeightCount))
    }
  }

  var scratchFloats: Int {
    switch method {
    case .direct(let direct, _): direct.scratchFloats
    case .winograd(let winograd, _): winograd.scratchFloats
    case .strided(let strided, _): strided.scratchFloats
    }
  }

  func sharedFloats(images: Int) -> Int {
    guard case .winograd(let winograd, _) = method else { return 0 }
    return winograd.sharedFloats(images: images)
  }

  func prepare(_ weights: UnsafePointer<Float>, _ pass: Pass) {
    switch method {
    case .direct(let direct, let arranged):
      direct.arrangeBackward(weights, into: arranged.pointer, pool: pass.pool)
    case .winograd(let winograd, let transformed?):
      winograd.transformReversed(weights, into: transformed.pointer, pool: pass.pool)
    case .strided(let strided, let transformed):
      strided.transformReversed(weights, into: transformed.pointer, pool: pass.pool)
    case .winograd: break
    }
  }

  func run(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, into target: GradientPort,
    _ pass: Pass
  ) {
    switch method {
    case .direct(let direct, let arranged):
      direct.inputGradient(
        dy, arranged: arranged.pointer, into: target.pointer, images: pass.images,
        accumulates: target.accumulates, pool: pass.pool, scratch: pass.scratch)
    case .winograd(let winograd, let transformed):
      winograd.forward(
        dy, weights: transformed.map { .transformed($0.pointer) } ?? .masterReversed(weights),
        into: target.pointer, images: pass.images,
        epilogue: Epilogue(residual: target.accumulates ? UnsafePointer(target.pointer) : nil),
        pool: pass.pool, scratch: pass.scratch, shared: pass.shared)
    case .strided(let strided, let transformed):
      strided.inputGradient(
        dy, transformed: transformed.pointer, into: target.pointer, images: pass.images,
        accumulates: target.accumulates, pool: pass.pool, scratch: pass.scratch)
    }
  }
}

/// The gradient of a convolution's weights.
struct WeightGradient {
  private enum Method {
    case direct(DirectConvolution)
    case winograd(WinogradWeightGradient)
    case strided(StridedWinograd)
  }

  private let method: Method

  /// Plans batches of up to `images` images.
  init(_ geometry: ConvolutionGeometry, images: Int) {
    let g = geometry
    method =
      if g.suitsWinograd {
        .winograd(WinogradWeightGradient(c: g.c, k: g.k, h: g.h, w: g.w, images: images))
      } else if g.suitsStridedWinograd {
        .strided(StridedWinograd(c: g.c, k: g.k, h: g.h, w: g.w, images: images))
      } else {
        .direct(DirectConvolution(g))
      }
  }

  var scratchFloats: Int {
    switch method {
    case .direct: 0
    case .winograd(let winograd): winograd.scratchFloats
    case .strided(let strided): strided.scratchFloats
    }
  }

  var sharedFloats: Int {
    switch method {
    case .direct: 0
    case .winograd(let winograd): winograd.sharedFloats
    case .strided(let strided): strided.sharedFloats
    }
  }

  func run(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    switch method {
    case .direct(let direct):
      direct.weightGradient(x, dy, into: dw, images: pass.images, pool: pass.pool)
    case .winograd(let winograd):
      winograd.compute(
        x, dy, into: dw, images: pass.images, pool: pass.pool, scratch: pass.scratch,
        shared: pass.shared)
    case .strided(let strided):
      strided.weightGradient(
        x, dy, into: dw, images: pass.images, pool: pass.pool, scratch: pass.scratch,
        shared: pass.shared)
    }
  }
}
