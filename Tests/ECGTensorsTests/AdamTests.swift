// Adam's steps against PyTorch's on given gradients.

import ECGParallel
import Foundation
import TestSupport
import Testing

@testable import ECGTensors

/// `adam.json`: ten steps of Adam and AdamW in float64.
private struct AdamFixtures: Decodable {
  struct Tensor: Decodable {
    let name: String
    let shape: [Int]
    let gradientScale: Float
    let values: [Double]
    let firstMoment: [Double]
    let secondMoment: [Double]
  }

  struct Case: Decodable {
    let name: String
    let trunkRate: Double
    let restRate: Double
    let weightDecay: Double
    let tensors: [Tensor]
  }

  let steps: Int
  let initialScale: Float
  let cases: [Case]
}

@Suite("Adam")
struct AdamTests {
  @Test("ten steps equal PyTorch's within 1e-6")
  func parity() throws {
    let fixtures = try JSONDecoder().decode(
      AdamFixtures.self, from: fixture("reference/adam.json"))
    let pool = WorkerPool(threads: 2)
    defer { pool.stop() }
    #expect(fixtures.cases.count == 4)
    for test in fixtures.cases {
      for tensor in test.tensors {
        let count = tensor.shape.reduce(1, *)
        let capacity = (count + 15) / 16 * 16
        let initial = hashedTensor(
          name: tensor.name, shape: tensor.shape, scale: fixtures.initialScale)
        let weights = buffer(initial, capacity: capacity)
        let first = buffer([], capacity: capacity)
        let second = buffer([], capacity: capacity)
        let rate = tensor.name.hasPrefix("spatial.") ? test.trunkRate : test.restRate
        for step in 1...fixtures.steps {
          let gradient = hashedTensor(
            name: "\(tensor.name).gradient.\(step)", shape: tensor.shape,
            scale: tensor.gradientScale)
          AdamStep(rate: rate, weightDecay: test.weightDecay, number: step).apply(
            weights: weights.pointer,
            gradients: buffer(gradient, capacity: capacity).pointer, first: first.pointer,
            second: second.pointer, count: capacity, pool: pool)
        }
        func close(_ found: FloatBuffer, _ expected: [Double]) -> Double {
          relativeError(
            Array(UnsafeBufferPointer(start: found.pointer, count: count)), expected)
        }
        #expect(close(weights, tensor.values) < 1e-6, "\(test.name) \(tensor.name)")
        #expect(close(first, tensor.firstMoment) < 1e-6, "\(test.name) \(tensor.name)")
        #expect(close(second, tensor.secondMoment) < 1e-6, "\(test.name) \(tensor.name)")
      }
    }
  }
}
