// Ten real steps of `paper-table3` against PyTorch's float64.

import ECGParallel
import Foundation
import TestSupport
import Testing

@testable import ECGNetworks

/// `training.json`: losses over ten steps with one rate, dropout off.
private struct TrajectoryFixture: Decodable {
  let specification: NetworkSpecification
  let rate: Double
  let images: [NetworkFixtures.Images]
  let labels: [Int]
  let losses: [Double]
  /// The largest distance so far of PyTorch's own float32 runs.
  let float32Distances: [Double]
  /// Running statistics after the last step.
  let statistics: [NetworkFixtures.Tensor]
}

/// A hashed network whose weights outside the trunk have PyTorch's initial scale.
private func initialNetwork(_ specification: NetworkSpecification) throws -> Network {
  let network = try hashedNetwork(specification)
  let scale = Float((1.0 / 6).squareRoot())
  try network.load(
    network.tensors().map { tensor in
      let isScaled = tensor.shape.count > 1 && !tensor.name.hasPrefix("spatial.")
      return isScaled
        ? NamedTensor(
          name: tensor.name, shape: tensor.shape, values: tensor.values.map { $0 * scale })
        : tensor
    })
  return network
}

@Suite("A training's first steps")
struct TrainingTrajectoryTests {
  @Test("losses stay as close to float64 as PyTorch's float32 does, for any number of threads")
  func losses() throws {
    let expected = try JSONDecoder().decode(
      TrajectoryFixture.self, from: fixture("reference/training.json"))
    let network = try initialNetwork(expected.specification)
    let other = try initialNetwork(expected.specification)
    let engine = TrainingEngine(
      network: network, batch: expected.labels.count, pool: WorkerPool(threads: 2))
    let single = TrainingEngine(
      network: other, batch: expected.labels.count, pool: WorkerPool(threads: 1))
    for (index, images) in expected.images.enumerated() {
      let values = images.values
      engine.input.update(from: values, count: values.count)
      single.input.update(from: values, count: values.count)
      let update = AdamSettings(
        trunkRate: expected.rate, restRate: expected.rate, step: index + 1)
      let result = engine.step(
        labels: expected.labels, loss: LossSettings(), dropout: nil, update: update)
      let again = single.step(
        labels: expected.labels, loss: LossSettings(), dropout: nil, update: update)
      let loss = result.lossSum / Double(result.images)
      let bound = max(1e-3, 2 * expected.float32Distances[index])
      #expect(abs(loss - expected.losses[index]) < bound, "step \(index + 1): \(loss)")
      #expect(again == result)
    }
    let tensors = Dictionary(
      uniqueKeysWithValues: network.tensors().map { ($0.name, $0.values) })
    #expect(expected.statistics.count == 42)
    for tensor in expected.statistics {
      let found = try #require(tensors[tensor.name], "\(tensor.name)")
      let distance = tensor.sketch.relativeDistance(to: found, name: tensor.name)
      #expect(distance < max(1e-3, 2 * tensor.float32Distance), "\(tensor.name): \(distance)")
    }
    #expect(network.tensors() == other.tensors())
    #expect(network.momentTensors() == other.momentTensors())
  }
}
