// The forward pass of a convolution by the method that suits its sizes.

import ECGTensors

/// Runs a convolution forward: by Winograd where it has 3x3 taps, directly elsewhere.
struct ForwardConvolution {
  private enum Method {
    case direct(DirectConvolution)
    /// The buffer is `nil` where tasks transform weights for themselves.
    case winograd(WinogradConvolution, transformed: FloatBuffer?)
    case strided(StridedWinograd, transformed: FloatBuffer)
  }

  private let method: Method

  /// Plans batches of up to `images` images.
  ///
  /// - Parameter weightsChange: Whether the weights change with every pass.
  init(_ geometry: ConvolutionGeometry, images: Int, weightsChange: Bool) {
    let g = geometry
    if g.suitsWinograd {
      let winograd = WinogradConvolution(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
      method = .winograd(
        winograd,
        transformed: weightsChange && winograd.isDeep
          ? nil : FloatBuffer(count: winograd.transformedCount))
    } else if g.suitsStridedWinograd {
      let strided = StridedWinograd(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
      method = .strided(strided, transformed: FloatBuffer(count: strided.transformedCount))
    } else {
      method = .direct(DirectConvolution(g))
    }
  }

  var scratchFloats: Int {
    switch method {
    case .direct(let direct): direct.scratchFloats
    case .winograd(let winograd, _): winograd.scratchFloats
    case .strided(let strided, _): strided.scratchFloats
    }
  }

  func sharedFloats(images: Int) -> Int {
    guard case .winograd(let winograd, _) = method else { return 0 }
    return winograd.sharedFloats(images: images)
  }

  /// Whether ``run`` reads the weights that ``prepare`` was given, which must then stay.
  var readsWeights: Bool {
    switch method {
    case .direct, .winograd(_, transformed: nil): true
    case .winograd, .strided: false
    }
  }

  func prepare(_ weights: UnsafePointer<Float>, _ pass: Pass) {
    switch method {
    case .winograd(let winograd, let transformed?):
      winograd.transform(weights, into: transformed.pointer, pool: pass.pool)
    case .strided(let strided, let transformed):
      strided.transform(weights, into: transformed.pointer, pool: pass.pool)
    case .direct, .winograd: break
    }
  }

  func run(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    epilogue: Epilogue, _ pass: Pass
  ) {
    switch method {
    case .direct(let direct):
      direct.forward(
        x, weights: weights, into: y, images: pass.images, epilogue: epilogue, pool: pass.pool,
        scratch: pass.scratch)
    case .winograd(let winograd, let transformed):
      winograd.forward(
        x, weights: transformed.map { .transformed($0.pointer) } ?? .master(weights), into: y,
        images: pass.images, epilogue: epilogue, pool: pass.pool, scratch: pass.scratch,
        shared: pass.shared)
    case .strided(let strided, let transformed):
      strided.forward(
        x, transformed: transformed.pointer, into: y, images: pass.images, epilogue: epilogue,
        pool: pass.pool, scratch: pass.scratch)
    }
  }
}

extension ConvolutionGeometry {
  /// Whether Winograd's tiles fit.
  var suitsWinograd: Bool {
    kernel == 3 && stride == 1 && padding == 1 && h >= 4 && w >= 4 && c.isMultiple(of: 32)
      && k.isMultiple(of: 32)
  }

  /// Whether the tiles of strided convolutions fit.
  var suitsStridedWinograd: Bool {
    kernel == 3 && stride == 2 && padding == 1 && h >= 4 && w >= 4 && c.isMultiple(of: 32)
      && k.isMultiple(of: 32)
  }
}
