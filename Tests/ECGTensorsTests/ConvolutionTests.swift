// Convolutions against PyTorch and against their definition.

import ECGParallel
import ECGRandom
import Testing

@testable import ECGTensors

@Suite("Convolutions")
struct ConvolutionTests {
  @Test("equal PyTorch's", arguments: LayerFixtures.of("convolution"))
  func parity(_ fixture: LayerFixtures.Case) throws {
    let input = try fixture.shape("x")
    let kernel = try fixture.shape("weight")
    let bias = fixture.inputs["bias"]?.values
    let (x, weights, dy) = try (
      fixture.values("x"), fixture.values("weight"), fixture.values("dy")
    )
    if kernel.h == 7 {
      let stem = runStem(
        h: input.h, w: input.w, x: x, weights: weights, dy: dy, images: input.n, threads: 2)
      try fixture.check("y", stem.y, within: 1e-5)
      try fixture.check("dweight", stem.dw, within: 1e-5)
      return
    }
    let g = ConvolutionGeometry(
      c: input.c, k: kernel.n, h: input.h, w: input.w, kernel: kernel.h,
      stride: try #require(fixture.settings.stride),
      padding: try #require(fixture.settings.padding))
    let direct = runDirect(
      g, x: x, weights: weights, bias: bias, dy: dy, images: input.n, threads: 2)
    try fixture.check("y", direct.y, within: 1e-5)
    try fixture.check("dx", direct.dx, within: 1e-5)
    try fixture.check("dweight", direct.dw, within: 1e-5)
    guard g.kernel == 3, g.stride == 1, g.padding == 1, g.h >= 4, bias == nil else { return }
    let winograd = runWinograd(
      g, x: x, weights: weights, dy: dy, images: input.n, threads: 2)
    try fixture.check("y", winograd.y, within: 1e-5)
    try fixture.check("dx", winograd.dx, within: 1e-5)
    try fixture.check("dweight", winograd.dw, within: 1e-5)
  }

  @Test("give the same bits whether tasks own tiles or channels")
  func deep() {
    let g = ConvolutionGeometry(c: 160, k: 128, h: 7, w: 9, kernel: 3, padding: 1)
    var random = Philox(seed: 8, for: .trial)
    func normals(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.normal()) } }
    let (x, weights) = (normals(4 * g.c * 63), normals(g.k * g.c * 9))
    let dy = normals(4 * g.k * 63)
    let deep = runWinograd(g, x: x, weights: weights, dy: dy, images: 4, threads: 2)
    let grouped = runWinograd(
      g, x: x, weights: weights, dy: dy, images: 4, threads: 3, mayBeDeep: false)
    let areEqual = deep == grouped
    #expect(areEqual)
  }

  /// One pixel; odd sizes; strips that end early; kernels as large as the input; several strides.
  static let shapes: [ConvolutionGeometry] = [
    ConvolutionGeometry(c: 16, k: 32, h: 1, w: 1, kernel: 1),
    ConvolutionGeometry(c: 5, k: 7, h: 6, w: 4, kernel: 3, padding: 1),
    ConvolutionGeometry(c: 32, k: 64, h: 4, w: 5, kernel: 3, padding: 1),
    ConvolutionGeometry(c: 48, k: 48, h: 11, w: 3, kernel: 3, stride: 2, padding: 1),
    ConvolutionGeometry(c: 64, k: 32, h: 13, w: 17, kernel: 3, padding: 1),
    ConvolutionGeometry(c: 16, k: 96, h: 7, w: 9, kernel: 5, stride: 3, padding: 2),
    ConvolutionGeometry(c: 33, k: 4, h: 2, w: 2, kernel: 2),
    ConvolutionGeometry(c: 128, k: 64, h: 29, w: 29, kernel: 1, stride: 2),
  ]

  @Test("equal their definition, by every method", arguments: shapes)
  func definition(_ g: ConvolutionGeometry) {
    var random = Philox(seed: 7, for: .trial, UInt64(g.c), UInt64(g.h))
    let images = 3
    let x = (0..<images * g.c * g.h * g.w).map { _ in Float(random.normal()) }
    let weights = (0..<g.k * g.c * g.taps).map { _ in Float(random.normal()) }
    let bias = (0..<g.k).map { _ in Float(random.normal()) }
    let dy = (0..<images * g.k * g.outputRows * g.outputColumns).map { _ in
      Float(random.normal())
    }
    let expected = referenceConvolution(g, x: x, weights: weights, dy: dy, images: images)
    let area = g.outputRows * g.outputColumns
    let biased = expected.y.enumerated().map { $1 + Double(bias[$0 / area % g.k]) }
    let direct = runDirect(
      g, x: x, weights: weights, bias: bias, dy: dy, images: images, threads: 2)
    #expect(relativeError(direct.y, biased) < 2e-6)
    #expect(relativeError(direct.dx, expected.dx) < 2e-6)
    #expect(relativeError(direct.dw, expected.dw) < 2e-6)
    for threads in [1, 3] {
      let again = runDirect(
        g, x: x, weights: weights, bias: bias, dy: dy, images: images, threads: threads)
      #expect(again == direct, "\(threads) threads")
    }
    guard g.kernel == 3, g.stride == 1, g.c.isMultiple(of: 32), g.k.isMultiple(of: 32) else {
      return
    }
    let winograd = runWinograd(g, x: x, weights: weights, dy: dy, images: images, threads: 2)
    // F(4x4) with the points 0, 3/4, 3/2: a few roundings more than direct sums.
    #expect(relativeError(winograd.y, expected.y) < 5e-6)
    #expect(relativeError(winograd.dx, expected.dx) < 5e-6)
    #expect(relativeError(winograd.dw, expected.dw) < 5e-6)
    for threads in [1, 3] {
      let again = runWinograd(
        g, x: x, weights: weights, dy: dy, images: images, threads: threads)
      #expect(again == winograd, "\(threads) threads")
    }
  }

  @Test("Winograd's sums of one image do not depend on its batch")
  func batchIndependence() {
    let g = ConvolutionGeometry(c: 64, k: 64, h: 15, w: 15, kernel: 3, padding: 1)
    var random = Philox(seed: 8, for: .trial)
    let x = (0..<5 * 64 * 225).map { _ in Float(random.normal()) }
    let weights = (0..<64 * 64 * 9).map { _ in Float(random.normal()) }
    let all = runWinograd(g, x: x, weights: weights, dy: x, images: 5, threads: 2)
    let one = runWinograd(
      g, x: Array(x[..<(64 * 225)]), weights: weights, dy: Array(x[..<(64 * 225)]), images: 1,
      threads: 1)
    #expect(Array(all.y[..<(64 * 225)]) == one.y)
    #expect(Array(all.dx[..<(64 * 225)]) == one.dx)
  }
}

/// The definition, in double.
func referenceConvolution(
  _ g: ConvolutionGeometry, x: [Float], weights: [Float], dy: [Float], images: Int
) -> (y: [Double], dx: [Double], dw: [Double]) {
  let (oh, ow) = (g.outputRows, g.outputColumns)
  var y = [Double](repeating: 0, count: images * g.k * oh * ow)
  var dx = [Double](repeating: 0, count: x.count)
  var dw = [Double](repeating: 0, count: weights.count)
  for n in 0..<images {
    for k in 0..<g.k {
      for row in 0..<oh {
        for column in 0..<ow {
          let out = ((n * g.k + k) * oh + row) * ow + column
          for c in 0..<g.c {
            for tap in 0..<g.taps {
              let r = row * g.stride + tap / g.kernel - g.padding
              let q = column * g.stride + tap % g.kernel - g.padding
              guard (0..<g.h).contains(r), (0..<g.w).contains(q) else { continue }
              let at = ((n * g.c + c) * g.h + r) * g.w + q
              let weight = (k * g.c + c) * g.taps + tap
              y[out] += Double(x[at]) * Double(weights[weight])
              dx[at] += Double(dy[out]) * Double(weights[weight])
              dw[weight] += Double(dy[out]) * Double(x[at])
            }
          }
        }
      }
    }
  }
  return (y, dx, dw)
}

/// The Euclidean distance in units of the norm; infinite where a number is none.
func relativeError(_ found: [Float], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  var difference = 0.0
  var norm = 0.0
  for (a, b) in zip(found, expected) {
    difference += (Double(a) - b) * (Double(a) - b)
    norm += b * b
  }
  let error = (difference / max(norm, .leastNormalMagnitude)).squareRoot()
  return error.isFinite ? error : .infinity
}
