// The stem by its phases, against the definition in double.

import ECGParallel
import ECGRandom
import Testing

@testable import ECGTensors

@Suite("The stem by phases")
struct StemConvolutionTests {
  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var random = Philox(seed: seed, for: .trial)
    return (0..<count).map { _ in Float(random.normal()) }
  }

  /// Rows and columns of the network and others: a last tile of one to four outputs, less than a
  /// tile, more than one and two blocks of sixteen tiles.
  static let sizes = [
    (227, 227, 1), (224, 224, 1), (64, 65, 2), (65, 97, 2), (97, 64, 3), (19, 300, 2), (16, 18, 2),
    (21, 20, 2), (5, 3, 2), (1, 1, 1),
  ]

  @Test("equals its definition for any number of threads", arguments: sizes)
  func definition(_ h: Int, _ w: Int, _ images: Int) {
    let g = ConvolutionGeometry(c: 3, k: 64, h: h, w: w, kernel: 7, stride: 2, padding: 3)
    let x = random(images * 3 * h * w, seed: 1)
    let weights = random(64 * 147, seed: 2)
    let dy = random(images * 64 * g.outputRows * g.outputColumns, seed: 3)
    let expected = referenceConvolution(g, x: x, weights: weights, dy: dy, images: images)
    let found = runStem(h: h, w: w, x: x, weights: weights, dy: dy, images: images, threads: 2)
    // Direct sums in single precision are 4e-7 off.
    #expect(relativeError(found.y, expected.y) < 1.5e-6)
    #expect(relativeError(found.dw, expected.dw) < 2e-6)
    for threads in [1, 3] {
      let again = runStem(
        h: h, w: w, x: x, weights: weights, dy: dy, images: images, threads: threads)
      #expect(again == found, "\(threads) threads")
    }
  }

  @Test("keeps an image's result whatever its batch")
  func batchIndependence() {
    let (h, w, image) = (37, 75, 3 * 37 * 75)
    let x = random(3 * image, seed: 4)
    let weights = random(64 * 147, seed: 5)
    let dy = random(3 * 64 * 19 * 38, seed: 6)
    let all = runStem(h: h, w: w, x: x, weights: weights, dy: dy, images: 3, threads: 2)
    let last = runStem(
      h: h, w: w, x: Array(x[(2 * image)...]), weights: weights, dy: dy, images: 1, threads: 1)
    #expect(Array(all.y[(2 * 64 * 19 * 38)...]) == last.y)
  }

  @Test("adds a bias and bends negative values", arguments: [Float(0), 0.1, 1])
  func epilogue(_ slope: Float) {
    let (h, w) = (18, 23)
    let x = random(2 * 3 * h * w, seed: 7)
    let weights = random(64 * 147, seed: 8)
    let bias = random(64, seed: 9)
    let dy = random(2 * 64 * 9 * 12, seed: 10)
    let plain = runStem(h: h, w: w, x: x, weights: weights, dy: dy, images: 2, threads: 2)
    let found = runStem(
      h: h, w: w, x: x, weights: weights, dy: dy, images: 2, threads: 2, bias: bias, slope: slope)
    let expected = plain.y.enumerated().map { index, value in
      let sum = value + bias[index / (9 * 12) % 64]
      return sum > 0 ? sum : sum * slope
    }
    #expect(found.y == expected)
  }
}
