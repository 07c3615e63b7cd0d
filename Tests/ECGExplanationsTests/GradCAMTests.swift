// Grad-CAM by hand on a tiny case, and against PyTorch on the whole network.

import ECGNetworks
import ECGParallel
import Foundation
import TestSupport
import Testing

@testable import ECGExplanations

/// `gradcam.json`: raw maps in float64.
private struct GradCAMFixture: Decodable {
  struct Images: Decodable {
    let name: String
    let count: Int
    let side: Int
  }

  struct Map: Decodable {
    let image: Int
    let stage: Stage
    let target: String
    let weights: [Float]
    let shape: [Int]
    let raw: [Double]
  }

  let specification: NetworkSpecification
  let images: Images
  let maps: [Map]
}

@Suite("Grad-CAM")
struct GradCAMTests {
  @Test("weighs each channel by its mean gradient and keeps the sign")
  func byHand() {
    let activation = FeatureMap(
      channels: 2, height: 1, width: 2, values: [1, 2, 10, 20])
    let gradient = FeatureMap(
      channels: 2, height: 1, width: 2, values: [3, 1, -1, -3])
    // Mean gradients 2 and -2: 2 * 1 - 2 * 10, 2 * 2 - 2 * 20.
    let map = gradCAM(
      activation: activation, gradient: gradient, centers: CellCenters(first: 0.5, step: 32),
      side: 64)
    #expect(map.values == [-18, -36])
    #expect(map.heat.values == [0, 0])
  }

  @Test("raw maps equal PyTorch's within 1e-4")
  func parity() throws {
    let expected = try JSONDecoder().decode(
      GradCAMFixture.self, from: fixture("reference/gradcam.json"))
    let network = Network(expected.specification, seed: 0)
    try network.load(
      network.tensors().map {
        NamedTensor(
          name: $0.name, shape: $0.shape,
          values: hashedParameter(name: $0.name, shape: $0.shape))
      })
    let images = expected.images
    let pixels = hashedImages(name: images.name, count: images.count, side: images.side)
    let size = 3 * images.side * images.side
    let engine = AttributionEngine(
      network: network, stages: [.layer3, .layer4], pool: WorkerPool(threads: 2))
    #expect(expected.maps.count >= 4)
    for map in expected.maps {
      pixels.withUnsafeBufferPointer {
        engine.input.update(from: $0.baseAddress! + map.image * size, count: size)
      }
      let feature = try #require(engine.attribute(seed: map.weights).maps[map.stage])
      let centers = try #require(network.graph.cellCenters(of: map.stage))
      let found = gradCAM(
        activation: feature.activation, gradient: feature.gradient, centers: centers,
        side: expected.specification.inputSide)
      #expect([found.height, found.width] == map.shape)
      var difference = 0.0
      var norm = 0.0
      for (a, b) in zip(found.values, map.raw) {
        difference += (Double(a) - b) * (Double(a) - b)
        norm += b * b
      }
      let distance = (difference / norm).squareRoot()
      #expect(distance < 1e-4, "\(map.stage) \(map.target): \(distance)")
    }
  }
}
