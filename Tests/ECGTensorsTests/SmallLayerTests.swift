// Pooling, dense layers, activation and loss against PyTorch.

import ECGParallel
import ECGStatistics
import Testing

@testable import ECGTensors

@Suite("Pooling, dense layers, activation, loss")
struct SmallLayerTests {
  private let pool = WorkerPool(threads: 2)

  @Test("max pooling equals PyTorch's", arguments: LayerFixtures.of("maxPool"))
  func maxPool(_ fixture: LayerFixtures.Case) throws {
    let shape = try fixture.shape("x")
    let layer = MaxPool(blocks: shape.blocks, h: shape.h, w: shape.w)
    let output = BlockedShape(
      n: shape.n, c: shape.c, h: layer.outputRows, w: layer.outputColumns)
    let (x, y, dx) = (try fixture.blocked("x"), unwritten(output.count), unwritten(shape.count))
    layer.forward(x.pointer, into: y.pointer, images: shape.n, pool: pool)
    layer.backward(
      try fixture.blocked("dy").pointer, x: x.pointer, y: y.pointer, into: dx.pointer,
      images: shape.n, pool: pool)
    try fixture.check("y", planes(y, output), within: 1e-6)
    try fixture.check("dx", planes(dx, shape), within: 1e-6)
  }

  @Test("average pooling equals PyTorch's", arguments: LayerFixtures.of("adaptiveAveragePool"))
  func averagePool(_ fixture: LayerFixtures.Case) throws {
    let shape = try fixture.shape("x")
    let side = try #require(fixture.settings.output)
    let layer = AdaptiveAveragePool(blocks: shape.blocks, h: shape.h, w: shape.w, side: side)
    let output = BlockedShape(n: shape.n, c: shape.c, h: side, w: side)
    let (y, dx) = (unwritten(output.count), unwritten(shape.count))
    layer.forward(
      try fixture.blocked("x").pointer, into: y.pointer, images: shape.n, pool: pool)
    layer.backward(
      try fixture.blocked("dy").pointer, into: dx.pointer, images: shape.n, pool: pool)
    try fixture.check("y", planes(y, output), within: 1e-6)
    try fixture.check("dx", planes(dx, shape), within: 1e-6)
  }

  @Test("dense layers equal PyTorch's", arguments: LayerFixtures.of("linear"))
  func linear(_ fixture: LayerFixtures.Case) throws {
    let weights = try fixture.shape("weight")
    let (x, w, bias, dy) = try (
      fixture.values("x"), fixture.values("weight"), fixture.values("bias"), fixture.values("dy")
    )
    let images = try fixture.shape("x").n
    let g = ConvolutionGeometry(c: weights.c, k: weights.n, h: 1, w: 1, kernel: 1)
    let result = runDirect(
      g, x: x, weights: w, bias: bias, dy: dy, images: images, threads: 2)
    try fixture.check("y", result.y, within: 1e-5)
    try fixture.check("dx", result.dx, within: 1e-5)
    try fixture.check("dweight", result.dw, within: 1e-5)
    guard weights.n == 16 else { return }
    // The wide layer from an image takes the same numbers in its own order.
    let wide = WideLinear(width: weights.c)
    let turned = buffer([], capacity: weights.c * 16)
    for (index, value) in w.enumerated() {
      turned.pointer[index % weights.c * 16 + index / weights.c] = value
    }
    let (xs, biases, dys) = (buffer(x), buffer(bias), buffer(dy))
    let (y, dw) = (unwritten(images * 16), unwritten(weights.c * 16))
    let shared = unwritten(wide.sharedFloats(images: images))
    wide.forward(
      xs.pointer, weights: turned.pointer, bias: biases.pointer, into: y.pointer, images: images,
      pool: pool, shared: shared.pointer)
    wide.weightGradient(
      xs.pointer, dys.pointer, into: dw.pointer, images: images, pool: pool)
    try fixture.check(
      "y", Array(UnsafeBufferPointer(start: y.pointer, count: images * 16)), within: 1e-5)
    try fixture.check(
      "dweight", (0..<w.count).map { dw.pointer[$0 % weights.c * 16 + $0 / weights.c] },
      within: 1e-5)
  }

  @Test("an activation's gradient and the bias's sum", arguments: LayerFixtures.of("leakyReLU"))
  func activation(_ fixture: LayerFixtures.Case) throws {
    let shape = try fixture.shape("x")
    let slope = try #require(fixture.settings.slope)
    let y = packed(try fixture.values("x").map { $0 > 0 ? $0 : $0 * slope }, shape)
    let dy = try fixture.blocked("dy")
    let bias = unwritten(shape.c)
    activationBackward(
      dy.pointer, y: y.pointer, slope: slope, shape: shape, images: shape.n, bias: bias.pointer,
      pool: pool)
    let dx = planes(dy, shape)
    try fixture.check("y", planes(y, shape), within: 1e-6)
    try fixture.check("dx", dx, within: 1e-6)
    let sums = (0..<shape.c).map { c in
      (0..<shape.n).reduce(0.0) { total, n in
        let start = (n * shape.c + c) * shape.area
        return total + dx[start..<start + shape.area].reduce(0) { $0 + Double($1) }
      }
    }
    #expect(
      relativeError(Array(UnsafeBufferPointer(start: bias.pointer, count: shape.c)), sums) < 1e-6)
  }

  @Test("cross-entropy equals PyTorch's", arguments: LayerFixtures.of("crossEntropy"))
  func crossEntropy(_ fixture: LayerFixtures.Case) throws {
    let logits = try fixture.values("x")
    let labels = try #require(fixture.labels)
    let smoothing = try #require(fixture.settings.smoothing)
    var each: [Float] = []
    var probabilities: [Float] = []
    var gradient = [Float](repeating: .nan, count: logits.count)
    for (image, label) in labels.enumerated() {
      let row = Array(logits[image * 4..<image * 4 + 4])
      let loss = gradient.withUnsafeMutableBufferPointer { all in
        row.withUnsafeBufferPointer {
          softmaxCrossEntropy(
            $0, label: label, smoothing: smoothing, scale: 1 / Double(labels.count),
            gradient: all.baseAddress! + image * 4)
        }
      }
      each.append(Float(loss))
      probabilities += softmax(row).map { Float($0) }
    }
    try fixture.check("each", each, within: 1e-6)
    try fixture.check("probabilities", probabilities, within: 1e-6)
    try fixture.check("dx", gradient, within: 1e-6)
  }

  @Test("every kind of fixture is used")
  func kinds() {
    let known: Set = [
      "convolution", "batchNorm", "maxPool", "adaptiveAveragePool", "linear", "leakyReLU",
      "crossEntropy",
    ]
    #expect(Set(LayerFixtures.all.map(\.kind)) == known)
  }
}
