// A convolution or dense layer with bias and activation.

import ECGTensors

/// Runs a convolution by Winograd where it has 3x3 taps and stride 1, directly elsewhere.
final class ConvolutionOperation: Operation {
  private let geometry: ConvolutionGeometry
  private let slope: Float
  private let ports: Ports
  private let weight: ParameterPort
  private let bias: ParameterPort?
  private let method: Method
  private let images: Int
  private let group: ParameterGroup

  private enum Method {
    case direct(DirectConvolution, backward: FloatBuffer?)
    case winograd(Winograd)
  }

  /// The three passes of a Winograd convolution and its transformed weights.
  private struct Winograd {
    let forward: WinogradConvolution
    /// `nil` where tasks transform weights for themselves.
    let weights: FloatBuffer?
    let backward: WinogradConvolution?
    let backwardWeights: FloatBuffer?
    let gradient: WinogradWeightGradient?
  }

  init(
    _ geometry: ConvolutionGeometry, slope: Float, ports: Ports, weight: ParameterPort,
    bias: ParameterPort?, images: Int, group: ParameterGroup
  ) {
    (self.geometry, self.slope, self.ports) = (geometry, slope, ports)
    (self.weight, self.bias, self.images, self.group) = (weight, bias, images, group)
    let g = geometry
    let goesBack = ports.outputGradient != nil
    let suitsWinograd =
      g.kernel == 3 && g.stride == 1 && g.padding == 1 && g.h >= 4 && g.w >= 4
      && g.c.isMultiple(of: 32) && g.k.isMultiple(of: 32)
    if suitsWinograd {
      let forward = WinogradConvolution(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
      let backward = WinogradConvolution(c: g.k, k: g.c, h: g.h, w: g.w, images: images)
      let isTraining = weight.gradient != nil
      method = .winograd(
        Winograd(
          forward: forward,
          weights: isTraining && forward.isDeep
            ? nil : FloatBuffer(count: forward.transformedCount),
          backward: goesBack ? backward : nil,
          backwardWeights: !goesBack || isTraining && backward.isDeep
            ? nil : FloatBuffer(count: backward.transformedCount),
          gradient: weight.gradient == nil
            ? nil : WinogradWeightGradient(c: g.c, k: g.k, h: g.h, w: g.w, images: images)))
    } else {
      let direct = DirectConvolution(g)
      method = .direct(
        direct, backward: goesBack ? FloatBuffer(count: direct.backwardWeightCount) : nil)
    }
  }

  var scratchFloats: Int {
    switch method {
    case .direct(let direct, _): direct.scratchFloats
    case .winograd(let w):
      max(
        w.forward.scratchFloats, w.backward?.scratchFloats ?? 0, w.gradient?.scratchFloats ?? 0)
    }
  }

  var sharedFloats: Int {
    guard case .winograd(let w) = method else { return 0 }
    return max(
      w.forward.sharedFloats(images: images), w.backward?.sharedFloats(images: images) ?? 0,
      w.gradient?.sharedFloats ?? 0)
  }

  func prepare(_ pass: Pass) {
    switch method {
    case .direct(let direct, let arranged):
      if pass.goesBack, let arranged {
        direct.arrangeBackward(weight.value, into: arranged.pointer, pool: pass.pool)
      }
    case .winograd(let w):
      if let transformed = w.weights {
        w.forward.transform(weight.value, into: transformed.pointer, pool: pass.pool)
      }
      if pass.goesBack, let backward = w.backward, let reversed = w.backwardWeights {
        backward.transformReversed(weight.value, into: reversed.pointer, pool: pass.pool)
      }
    }
  }

  func forward(_ pass: Pass) {
    switch method {
    case .direct(let direct, _):
      direct.forward(
        ports.inputs[0], weights: weight.value, into: ports.output, images: pass.images,
        epilogue: Epilogue(bias: bias.map { UnsafePointer($0.value) }, slope: slope),
        pool: pass.pool, scratch: pass.scratch)
    case .winograd(let w):
      precondition(bias == nil && slope == 1, "a Winograd convolution has neither bias nor slope")
      w.forward.forward(
        ports.inputs[0],
        weights: w.weights.map { .transformed($0.pointer) } ?? .master(weight.value),
        into: ports.output, images: pass.images, pool: pass.pool, scratch: pass.scratch,
        shared: pass.shared)
    }
  }

  func backward(_ pass: Pass) {
    guard let dy = ports.outputGradient else { return }
    let trains = pass.trained.contains(group)
    if slope != 1 || (bias != nil && trains) {
      let shape = BlockedShape(
        n: pass.images, c: geometry.k, h: geometry.outputRows, w: geometry.outputColumns)
      activationBackward(
        dy, y: ports.output, slope: slope, shape: shape, images: pass.images,
        bias: trains ? bias?.gradient : nil, pool: pass.pool)
    }
    let target = ports.wanted(0, pass)
    switch method {
    case .direct(let direct, let arranged):
      if trains, let dw = weight.gradient {
        direct.weightGradient(
          ports.inputs[0], dy, into: dw, images: pass.images, pool: pass.pool)
      }
      if let target, let arranged {
        direct.inputGradient(
          dy, arranged: arranged.pointer, into: target.pointer, images: pass.images,
          accumulates: target.accumulates, pool: pass.pool, scratch: pass.scratch)
      }
    case .winograd(let w):
      if trains, let dw = weight.gradient, let gradient = w.gradient {
        gradient.compute(
          ports.inputs[0], dy, into: dw, images: pass.images, pool: pass.pool,
          scratch: pass.scratch, shared: pass.shared)
      }
      if let target, let backward = w.backward {
        backward.forward(
          dy,
          weights: w.backwardWeights.map { .transformed($0.pointer) }
            ?? .masterReversed(weight.value),
          into: target.pointer, images: pass.images,
          epilogue: Epilogue(residual: target.accumulates ? UnsafePointer(target.pointer) : nil),
          pool: pass.pool, scratch: pass.scratch, shared: pass.shared)
      }
    }
  }
}
