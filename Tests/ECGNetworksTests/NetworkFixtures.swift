// The PyTorch results that the networks are held to, and hashed networks to compare.

import Foundation
import TestSupport
import Testing

@testable import ECGNetworks

/// `network.json`: whole networks in float64 with hashed tensors.
struct NetworkFixtures: Decodable {
  struct Images: Decodable {
    let name: String
    let count: Int
    let side: Int

    var values: [Float] { hashedImages(name: name, count: count, side: side) }
  }

  struct Evaluation: Decodable {
    let images: Images
    let logits: [[Double]]
    let float32Distance: Double
  }

  struct Tensor: Decodable {
    let name: String
    let zero: Bool?
    let float32Distance: Double
    let sketch: TensorSketch
  }

  struct Training: Decodable {
    let images: Images
    let labels: [Int]
    let smoothing: Double
    let frozenTrunk: Bool
    let loss: Double
    let float32Loss: Double
    let logits: [[Double]]
    let float32Distance: Double
    let gradients: [Tensor]
    let statistics: [Tensor]
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let specification: NetworkSpecification
    let parameterCount: Int
    let evaluation: Evaluation
    let training: [Training]
    var testDescription: String { name }
  }

  let cases: [Case]

  static let all: [Case] = {
    let fixtures: NetworkFixtures = decodedFixture("reference/network.json")
    return fixtures.cases
  }()
}

/// A network whose tensors follow from their names, as the reference's do.
func hashedNetwork(_ specification: NetworkSpecification) throws -> Network {
  let network = Network(specification, seed: 0)
  try network.load(
    network.tensors().map {
      NamedTensor(
        name: $0.name, shape: $0.shape, values: hashedParameter(name: $0.name, shape: $0.shape))
    })
  return network
}

/// The distance of `found` from `expected` in units of the latter's norm.
func relativeDistance(_ found: [[Float]], _ expected: [[Double]]) -> Double {
  var difference = 0.0
  var norm = 0.0
  for (a, b) in zip(found.joined(), expected.joined()) {
    difference += (Double(a) - b) * (Double(a) - b)
    norm += b * b
  }
  return (difference / norm).squareRoot()
}
