// The ways to compute a convolution, and which one suits its sizes.

import ECGTensors

/// The passes that a convolution is planned for.
struct ConvolutionPasses {
  /// Whether the gradient of the input is asked for.
  var inputGradient = false
  /// Whether the gradient of the weights is asked for; they then change with every pass.
  var weightGradient = false
}

/// One way to compute a convolution's three passes.
///
/// Activations and their gradients are blocked, weights as the optimizer holds them. Scratch and
/// shared memory of a pass are as large as ``scratchFloats`` and ``sharedFloats`` say.
protocol ConvolutionMethod {
  /// Plans batches of up to `images` images.
  init(_ geometry: ConvolutionGeometry, images: Int, passes: ConvolutionPasses)
  /// Floats of scratch memory a worker needs.
  var scratchFloats: Int { get }
  /// Floats of memory shared by the workers.
  var sharedFloats: Int { get }
  /// Whether ``forward(_:weights:into:epilogue:_:)`` reads the weights that
  /// ``prepare(_:_:)`` was given, which must then stay.
  var readsWeights: Bool { get }
  /// Brings the weights to the forms that the passes need; called whenever they have changed.
  func prepare(_ weights: UnsafePointer<Float>, _ pass: Pass)
  /// y = epilogue(x * w).
  func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    epilogue: Epilogue, _ pass: Pass)
  /// dx = dy * w, transposed, or added to what is there.
  func inputGradient(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, into target: GradientPort,
    _ pass: Pass)
  /// dw = the sum over images and pixels of x dy.
  func weightGradient(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>,
    _ pass: Pass)
}

extension ConvolutionGeometry {
  /// The way that suits the sizes: by Winograd where there are 3x3 taps, directly elsewhere.
  func method(images: Int, passes: ConvolutionPasses) -> any ConvolutionMethod {
    switch (fitsTiles, stride) {
    case (true, 1): WinogradMethod(self, images: images, passes: passes)
    case (true, 2): StridedMethod(self, images: images, passes: passes)
    default: DirectMethod(self, images: images, passes: passes)
    }
  }

  /// Whether tiles of 4 x 4 outputs fit.
  private var fitsTiles: Bool {
    kernel == 3 && padding == 1 && h >= 4 && w >= 4 && c.isMultiple(of: 32)
      && k.isMultiple(of: 32)
  }
}
