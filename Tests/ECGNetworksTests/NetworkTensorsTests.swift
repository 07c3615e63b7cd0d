// A network's numbers out and in: read late, statistics apart from what is learned.

import ECGParallel
import Testing

@testable import ECGNetworks

@Suite("A network's tensors")
struct NetworkTensorsTests {
  /// A hybrid network after one step, so that moments and statistics have numbers.
  private func stepped() -> (network: Network, engine: TrainingEngine) {
    let network = Network(NetworkSpecification(kind: .hybrid, inputSide: 64), seed: 3)
    let engine = TrainingEngine(network: network, batch: 2, pool: WorkerPool(threads: 1))
    step(engine, 1)
    return (network, engine)
  }

  private func step(_ engine: TrainingEngine, _ number: Int) {
    for index in 0..<2 * 3 * 64 * 64 { engine.input[index] = Float(index * 7 % 11) / 11 - 0.5 }
    _ = engine.step(
      labels: [0, 1], loss: LossSettings(), dropout: nil,
      update: AdamSettings(trunkRate: 1e-2, restRate: 1e-2, step: number))
  }

  /// Whether all numbers agree, without a failure that prints millions of them.
  private func equal(_ a: [NamedTensor], _ b: [NamedTensor]) -> Bool { a == b }

  @Test("are read when they are asked for, in every layout, and go back where they were")
  func live() throws {
    let (network, engine) = stepped()
    let average = WeightAverage(of: network)
    let tensors = network.liveTensors() + network.liveMomentTensors()
    let before = tensors.map { NamedTensor($0) }
    #expect(equal(before, network.tensors() + network.momentTensors()))
    step(engine, 2)
    let after = tensors.map { NamedTensor($0) }
    #expect(equal(after, network.tensors() + network.momentTensors()))
    for kind in [
      "conv1.weight", "fc01.weight", "conv04", "running_mean", "num_batches_tracked", "exp_avg_sq",
    ] {
      let places = before.indices.filter { before[$0].name.contains(kind) }
      #expect(places.contains { before[$0].values != after[$0].values }, "\(kind)")
    }
    // The average has stayed where it began.
    let averages = average.tensors()
    #expect(equal(averages, Array(before.prefix(averages.count))))
    let other = Network(network.specification, seed: 4)
    try other.load(network.tensors())
    #expect(
      (0..<network.weights.count).allSatisfy {
        other.weights.pointer[$0] == network.weights.pointer[$0]
      })
  }

  @Test("statistics go back alone; what is learned stays")
  func statistics() throws {
    let (network, engine) = stepped()
    let statistics = network.statistics()
    step(engine, 2)
    let names = Set(statistics.map(\.name))
    let learned = network.tensors().filter { !names.contains($0.name) }
    #expect(!equal(network.statistics(), statistics))
    try network.loadStatistics(statistics)
    #expect(equal(network.tensors(), learned + statistics))
  }
}
