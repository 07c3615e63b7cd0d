// One convolution run forward and backward by each method, for any number of threads.

import ECGParallel

@testable import ECGTensors

/// What a convolution and its two gradients gave, in PyTorch's layouts.
struct ConvolutionResult: Equatable {
  var y: [Float]
  var dx: [Float]
  var dw: [Float]
}

/// By ``DirectConvolution``.
func runDirect(
  _ g: ConvolutionGeometry, x: [Float], weights: [Float], bias: [Float]?, dy: [Float],
  images: Int, threads: Int
) -> ConvolutionResult {
  let pool = WorkerPool(threads: threads)
  defer { pool.stop() }
  let direct = DirectConvolution(g)
  let scratch = Scratch(workers: threads, floats: direct.scratchFloats)
  let input = BlockedShape(n: images, c: g.c, h: g.h, w: g.w)
  let output = BlockedShape(n: images, c: g.k, h: g.outputRows, w: g.outputColumns)
  let w = arranged(weights, g)
  let y = unwritten(output.count)
  let padded = bias.map { buffer($0, capacity: g.panels * 32) }
  direct.forward(
    packed(x, input).pointer, weights: w.pointer, into: y.pointer, images: images,
    epilogue: Epilogue(bias: padded.map { UnsafePointer($0.pointer) }), pool: pool,
    scratch: scratch)
  let back = unwritten(direct.backwardWeightCount)
  direct.arrangeBackward(w.pointer, into: back.pointer, pool: pool)
  let dx = unwritten(input.count)
  let gradient = packed(dy, output)
  direct.inputGradient(
    gradient.pointer, arranged: back.pointer, into: dx.pointer, images: images,
    accumulates: false, pool: pool, scratch: scratch)
  let dw = unwritten(g.weightCount)
  direct.weightGradient(
    packed(x, input).pointer, gradient.pointer, into: dw.pointer, images: images, pool: pool)
  return ConvolutionResult(
    y: planes(y, output), dx: planes(dx, input), dw: disarranged(dw, g))
}

/// By Winograd; 3x3, stride 1, padding 1 only.
///
/// - Parameter mayBeDeep: Whether tasks may own output channels and transform their own weights.
func runWinograd(
  _ g: ConvolutionGeometry, x: [Float], weights: [Float], dy: [Float], images: Int, threads: Int,
  mayBeDeep: Bool = true
) -> ConvolutionResult {
  let pool = WorkerPool(threads: threads)
  defer { pool.stop() }
  let forward = WinogradConvolution(
    c: g.c, k: g.k, h: g.h, w: g.w, images: images, mayBeDeep: mayBeDeep)
  let backward = WinogradConvolution(
    c: g.k, k: g.c, h: g.h, w: g.w, images: images, mayBeDeep: mayBeDeep)
  let gradient = WinogradWeightGradient(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
  let floats = [forward.scratchFloats, backward.scratchFloats, gradient.scratchFloats].max() ?? 0
  let scratch = Scratch(workers: threads, floats: floats)
  let input = BlockedShape(n: images, c: g.c, h: g.h, w: g.w)
  let output = BlockedShape(n: images, c: g.k, h: g.h, w: g.w)
  let w = arranged(weights, g)
  let u = unwritten(forward.transformedCount)
  let (y, dx, dw) = (unwritten(output.count), unwritten(input.count), unwritten(g.weightCount))
  let (xs, dys) = (packed(x, input), packed(dy, output))
  let shared = unwritten(
    max(
      gradient.sharedFloats, forward.sharedFloats(images: images),
      backward.sharedFloats(images: images)))
  if !forward.isDeep { forward.transform(w.pointer, into: u.pointer, pool: pool) }
  forward.forward(
    xs.pointer, weights: forward.isDeep ? .master(w.pointer) : .transformed(u.pointer),
    into: y.pointer, images: images, pool: pool, scratch: scratch, shared: shared.pointer)
  if !backward.isDeep { backward.transformReversed(w.pointer, into: u.pointer, pool: pool) }
  backward.forward(
    dys.pointer, weights: backward.isDeep ? .masterReversed(w.pointer) : .transformed(u.pointer),
    into: dx.pointer, images: images, pool: pool, scratch: scratch, shared: shared.pointer)
  gradient.compute(
    xs.pointer, dys.pointer, into: dw.pointer, images: images, pool: pool, scratch: scratch,
    shared: shared.pointer)
  return ConvolutionResult(
    y: planes(y, output), dx: planes(dx, input), dw: disarranged(dw, g))
}

/// The stem, 7x7 with stride 2 and padding 3; it has no input gradient.
func runStem(
  h: Int, w: Int, x: [Float], weights: [Float], dy: [Float], images: Int, threads: Int,
  bias: [Float]? = nil, slope: Float = 1
) -> ConvolutionResult {
  let pool = WorkerPool(threads: threads)
  defer { pool.stop() }
  let stem = StemConvolution(h: h, w: w)
  let scratch = Scratch(workers: threads, floats: stem.scratchFloats)
  let output = BlockedShape(n: images, c: 64, h: stem.outputRows, w: stem.outputColumns)
  let turned = buffer([], capacity: StemConvolution.weightCount)
  for (index, value) in weights.enumerated() {
    turned.pointer[index % 147 * 64 + index / 147] = value
  }
  let u = unwritten(StemConvolution.transformedCount)
  stem.transform(turned.pointer, into: u.pointer, pool: pool)
  let (xs, y) = (buffer(x), unwritten(output.count))
  let biases = bias.map { buffer($0) }
  stem.forward(
    xs.pointer, transformed: u.pointer, into: y.pointer, images: images,
    epilogue: Epilogue(bias: biases.map { UnsafePointer($0.pointer) }, slope: slope), pool: pool,
    scratch: scratch)
  let dw = unwritten(StemConvolution.weightCount)
  let shared = unwritten(stem.sharedFloats)
  stem.weightGradient(
    xs.pointer, packed(dy, output).pointer, into: dw.pointer, images: images, pool: pool,
    scratch: scratch, shared: shared.pointer)
  return ConvolutionResult(
    y: planes(y, output), dx: [],
    dw: (0..<64 * 147).map { dw.pointer[$0 % 147 * 64 + $0 / 147] })
}
