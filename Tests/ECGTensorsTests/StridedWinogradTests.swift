// Strided 3x3 convolutions by their four phases, against the definition in double.

import ECGParallel
import ECGRandom
import Testing

@testable import ECGTensors

@Suite("Strided convolutions by phases")
struct StridedWinogradTests {
  private func geometry(c: Int = 32, k: Int = 64, _ h: Int, _ w: Int) -> ConvolutionGeometry {
    ConvolutionGeometry(c: c, k: k, h: h, w: w, kernel: 3, stride: 2, padding: 1)
  }

  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var random = Philox(seed: seed, for: .trial)
    return (0..<count).map { _ in Float(random.normal()) }
  }

  /// All three passes; `before` is what dx holds where the gradient is added to it.
  private func run(
    _ g: ConvolutionGeometry, x: [Float], weights: [Float], dy: [Float], images: Int,
    threads: Int, epilogue: Epilogue = Epilogue(), before: [Float]? = nil
  ) -> ConvolutionResult {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    let plan = StridedWinograd(c: g.c, k: g.k, h: g.h, w: g.w, images: images)
    let scratch = Scratch(workers: threads, floats: plan.scratchFloats)
    let input = BlockedShape(n: images, c: g.c, h: g.h, w: g.w)
    let output = BlockedShape(n: images, c: g.k, h: g.outputRows, w: g.outputColumns)
    let w = arranged(weights, g)
    let u = unwritten(plan.transformedCount)
    let (xs, dys) = (packed(x, input), packed(dy, output))
    let y = unwritten(output.count)
    plan.transform(w.pointer, into: u.pointer, pool: pool)
    plan.forward(
      xs.pointer, transformed: u.pointer, into: y.pointer, images: images, epilogue: epilogue,
      pool: pool, scratch: scratch)
    let reversed = unwritten(plan.transformedCount)
    let dx = before.map { packed($0, input) } ?? unwritten(input.count)
    plan.transformReversed(w.pointer, into: reversed.pointer, pool: pool)
    plan.inputGradient(
      dys.pointer, transformed: reversed.pointer, into: dx.pointer, images: images,
      accumulates: before != nil, pool: pool, scratch: scratch)
    let dw = unwritten(g.weightCount)
    let shared = unwritten(plan.sharedFloats)
    plan.weightGradient(
      xs.pointer, dys.pointer, into: dw.pointer, images: images, pool: pool, scratch: scratch,
      shared: shared.pointer)
    return ConvolutionResult(
      y: planes(y, output), dx: planes(dx, input), dw: disarranged(dw, g))
  }

  /// All sizes of the last tile in both directions; odd and even; smaller than a tile; each shape
  /// of the network with fewer channels.
  static let sizes = [
    (57, 57), (29, 29), (15, 15), (8, 8), (9, 13), (16, 9), (13, 16), (11, 22), (4, 5), (1, 2),
  ]

  @Test("equal their definition for any number of threads", arguments: sizes)
  func definition(_ h: Int, _ w: Int) {
    let g = geometry(h, w)
    let images = 2
    let x = random(images * g.c * h * w, seed: 1)
    let weights = random(g.k * g.c * 9, seed: 2)
    let dy = random(images * g.k * g.outputRows * g.outputColumns, seed: 3)
    let expected = referenceConvolution(g, x: x, weights: weights, dy: dy, images: images)
    let found = run(g, x: x, weights: weights, dy: dy, images: images, threads: 2)
    #expect(relativeError(found.y, expected.y) < 2e-6)
    #expect(relativeError(found.dx, expected.dx) < 2e-6)
    #expect(relativeError(found.dw, expected.dw) < 2e-6)
    for threads in [1, 3] {
      let again = run(g, x: x, weights: weights, dy: dy, images: images, threads: threads)
      #expect(again == found, "\(threads) threads")
    }
  }

  @Test("keep their accuracy over many channels", arguments: [(256, 512), (512, 32)])
  func manyChannels(_ c: Int, _ k: Int) {
    let g = geometry(c: c, k: k, 15, 7)
    let x = random(c * 105, seed: 4)
    let weights = random(k * c * 9, seed: 5)
    let dy = random(k * 32, seed: 6)
    let expected = referenceConvolution(g, x: x, weights: weights, dy: dy, images: 1)
    let found = run(g, x: x, weights: weights, dy: dy, images: 1, threads: 2)
    #expect(relativeError(found.y, expected.y) < 5e-6)
    #expect(relativeError(found.dx, expected.dx) < 5e-6)
    #expect(relativeError(found.dw, expected.dw) < 5e-6)
  }

  @Test("do not let an image's result depend on its batch", arguments: [(32, 64), (256, 32)])
  func batchIndependence(_ c: Int, _ k: Int) {
    let g = geometry(c: c, k: k, 15, 29)
    let (input, output) = (c * 15 * 29, k * 8 * 15)
    let x = random(13 * input, seed: 7)
    let weights = random(k * c * 9, seed: 8)
    let dy = random(13 * output, seed: 9)
    let all = run(g, x: x, weights: weights, dy: dy, images: 13, threads: 2)
    let one = run(
      g, x: Array(x[(12 * input)...]), weights: weights, dy: Array(dy[(12 * output)...]),
      images: 1, threads: 1)
    #expect(Array(all.y[(12 * output)...]) == one.y)
    #expect(Array(all.dx[(12 * input)...]) == one.dx)
  }

  @Test("add all images' weight gradients, in several spans")
  func spans() {
    let g = geometry(c: 256, k: 32, 29, 29)
    let images = 17
    let x = random(images * g.c * 841, seed: 10)
    let weights = random(g.k * g.c * 9, seed: 11)
    let dy = random(images * g.k * 225, seed: 12)
    let found = run(g, x: x, weights: weights, dy: dy, images: images, threads: 2)
    let direct = runDirect(
      g, x: x, weights: weights, bias: nil, dy: dy, images: images, threads: 2)
    #expect(relativeError(found.dw, direct.dw.map(Double.init)) < 5e-6)
    #expect(
      run(g, x: x, weights: weights, dy: dy, images: images, threads: 3).dw == found.dw)
  }

  @Test("add the input's gradient to what is there", arguments: [(29, 16), (57, 15)])
  func accumulation(_ h: Int, _ w: Int) {
    let g = geometry(h, w)
    let x = random(g.c * h * w, seed: 13)
    let weights = random(g.k * g.c * 9, seed: 14)
    let dy = random(g.k * g.outputRows * g.outputColumns, seed: 15)
    let fresh = run(g, x: x, weights: weights, dy: dy, images: 1, threads: 2)
    let added = run(g, x: x, weights: weights, dy: dy, images: 1, threads: 2, before: x)
    #expect(added.dx == zip(fresh.dx, x).map { $0 + $1 })
  }

  @Test("apply bias, residual and slope after the sum")
  func epilogue() {
    let g = geometry(9, 14)
    let x = random(g.c * 126, seed: 16)
    let weights = random(g.k * g.c * 9, seed: 17)
    let bias = random(g.k, seed: 18)
    let dy = random(g.k * 35, seed: 19)
    let plain = run(g, x: x, weights: weights, dy: dy, images: 1, threads: 1)
    let held = buffer(bias)
    let residual = random(g.k * 35, seed: 20)
    let shape = BlockedShape(n: 1, c: g.k, h: 5, w: 7)
    let finished = run(
      g, x: x, weights: weights, dy: dy, images: 1, threads: 1,
      epilogue: Epilogue(
        bias: UnsafePointer(held.pointer),
        residual: UnsafePointer(packed(residual, shape).pointer), slope: 0.25))
    let expected = plain.y.enumerated().map { index, value in
      let sum = value + bias[index / 35] + residual[index]
      return sum > 0 ? sum : 0.25 * sum
    }
    #expect(finished.y == expected)
  }
}
