// The networks that read columns of numbers in place of an image.

import ECGParallel
import ECGRandom
import Testing

@testable import ECGNetworks

@Suite("Networks on beats")
struct BeatsNetworksTests {
  private let columns = NetworkSpecification.beatColumns

  /// Images of noise as an engine reads them.
  private func noise(_ images: Int) -> [Float] {
    var random = Philox(seed: 9, for: .trial)
    return (0..<images * columns).map { _ in Float(random.normal()) }
  }

  private func logits(_ network: Network, _ input: [Float], images: Int) -> [[Float]] {
    let engine = InferenceEngine(
      network: network, batch: images, pool: WorkerPool(threads: 1))
    engine.input.update(from: input, count: input.count)
    return engine.logits(images: images)
  }

  @Test("have the parameters that their layers say")
  func parameters() {
    let linear = Network(unset: NetworkSpecification(kind: .beatsLinear))
    #expect(linear.parameterCount == 4 * columns + 4)
    #expect(linear.tensors().map(\.shape) == [[4, columns], [4]])
    let dense = Network(unset: NetworkSpecification(kind: .beats))
    #expect(dense.parameterCount == 32 * columns + 32 + 64 + 32 * 4 + 4)
  }

  @Test("the linear one is a product and a sum")
  func linear() throws {
    let network = Network(NetworkSpecification(kind: .beatsLinear), seed: 2)
    let input = noise(3)
    let weights = network.tensors()
    for (image, logits) in logits(network, input, images: 3).enumerated() {
      for label in 0..<4 {
        var sum = Double(weights[1].values[label])
        for column in 0..<columns {
          sum +=
            Double(weights[0].values[label * columns + column])
            * Double(input[image * columns + column])
        }
        #expect(abs(sum - Double(logits[label])) < 1e-5)
      }
    }
  }

  @Test("the answer for an image does not depend on its batch")
  func batch() {
    let network = Network(NetworkSpecification(kind: .beats), seed: 2)
    let input = noise(5)
    let together = logits(network, input, images: 5)
    for image in 0..<5 {
      let alone = logits(
        network, Array(input[image * columns..<(image + 1) * columns]), images: 1)
      #expect(alone[0] == together[image])
    }
  }
}
