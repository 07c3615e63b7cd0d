// Every kind of layer: its gradients against finite differences of its own forward pass.

import ECGParallel
import ECGRandom
import ECGTensors
import Testing

@testable import ECGNetworks

/// A layer behind a stem, which hands it 64 channels and learns from its input's gradient, or one
/// that reads the image itself.
struct LayerCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var readsImage = false
  let build: @Sendable (inout NetworkGraph, Source) -> Source

  static let table: [LayerCase] = [
    LayerCase(testDescription: "stem alone") { _, x in x },
    LayerCase(testDescription: "3x3 by Winograd") { graph, x in
      graph.convolution("layer", x, to: 32, kernel: 3, padding: 1, group: .rest)
    },
    LayerCase(testDescription: "3x3, bias, leaky") { graph, x in
      graph.convolution("layer", x, to: 48, kernel: 3, bias: true, slope: 0.1, group: .rest)
    },
    LayerCase(testDescription: "3x3, stride 2") { graph, x in
      graph.convolution("layer", x, to: 32, kernel: 3, stride: 2, padding: 1, group: .rest)
    },
    LayerCase(testDescription: "1x1, stride 2") { graph, x in
      graph.convolution("layer", x, to: 32, kernel: 1, stride: 2, group: .rest)
    },
    LayerCase(testDescription: "dense") { graph, x in
      graph.linear("layer", x, to: 5, slope: 0.1, group: .rest)
    },
    LayerCase(testDescription: "normalization and leaky") { graph, x in
      graph.normalize("layer", x, slope: 0.1, group: .rest)
    },
    LayerCase(testDescription: "normalization plus residual") { graph, x in
      let y = graph.convolution("other", x, to: 64, kernel: 1, group: .rest)
      return graph.normalize("layer", y, plus: x, slope: 1, group: .rest)
    },
    LayerCase(testDescription: "max pooling") { graph, x in
      graph.maxPool("layer", x, group: .rest)
    },
    LayerCase(testDescription: "average pooling") { graph, x in
      graph.averagePool("layer", x, side: 2, group: .rest)
    },
    LayerCase(testDescription: "concatenation of a value read twice") { graph, x in
      let y = graph.convolution("other", x, to: 32, kernel: 3, padding: 1, group: .rest)
      return graph.concatenate("layer", [x, y], group: .rest)
    },
    LayerCase(testDescription: "dropout") { graph, x in
      graph.add("layer", .dropout(0.3), [x], graph.shape(x), .rest)
    },
    LayerCase(testDescription: "wide dense layer to five", readsImage: true) { graph, x in
      graph.wideLinear("layer", to: 5, group: .rest)
    },
    LayerCase(testDescription: "wide dense layer and plane", readsImage: true) { graph, x in
      let y = graph.wideLinear("wide", to: 16, group: .rest)
      let z = graph.add("layer", .plane, [y], FeatureShape(c: 1, h: 4, w: 4), .rest)
      return graph.convolution(
        "conv", z, to: 32, kernel: 3, bias: true, slope: 0.1, group: .rest)
    },
  ]
}

@Suite("Finite differences")
struct FiniteDifferenceTests {
  @Test("agree with the backward pass", arguments: LayerCase.table)
  func gradients(_ layer: LayerCase) throws {
    var graph = NetworkGraph(empty: NetworkSpecification(inputSide: 32))
    let input = layer.readsImage ? Source.image : graph.stem("stem", group: .rest)
    let top = layer.build(&graph, input)
    try #require(top == .layer(graph.layers.count - 1))
    let network = Network(graph, seed: 3)
    var random = Philox(seed: 4, for: .trial)
    try network.load(
      network.tensors().map { tensor in
        let spread = tensor.shape.count > 1 ? 1 : 0.3
        return NamedTensor(
          name: tensor.name, shape: tensor.shape,
          values: tensor.values.map { $0 + Float(spread * 0.1 * random.normal()) })
      })
    let images = 3
    let executor = Executor(
      network, capacity: images, purpose: .training, pool: WorkerPool(threads: 2))
    for i in 0..<executor.image.count { executor.image.pointer[i] = Float(random.normal()) }
    var pass = executor.pass(images: images)
    pass.batchStatistics = [.rest]
    pass.trained = [.rest]
    pass.dropout = DropoutKey(seed: 1, step: 1)
    let output = graph.layers[graph.logits].output
    let shape = output.blocked(images: 1)
    let seeds = (0..<images).map { _ in
      (0..<output.c * shape.area).map { _ in Float(random.normal()) }
    }
    /// The sum of outputs weighted by the seeds.
    var squares = 0.0
    func value() -> Double {
      executor.forward(pass)
      var sum = 0.0
      squares = 0
      for image in 0..<images {
        let values = executor.lastOutput(image: image).values
        for (a, b) in zip(values, seeds[image]) {
          sum += Double(a) * Double(b)
          squares += Double(a) * Double(b) * Double(a) * Double(b)
        }
      }
      return sum
    }
    _ = value()
    for image in 0..<images {
      shape.pack(seeds[image], into: executor.logitsGradient(image: image))
    }
    executor.backward(pass)
    let gradients = try #require(executor.gradients)
    for parameter in network.parameters {
      let gradient = parameter.read(from: gradients.pointer)
      let values = parameter.read(from: network.weights.pointer)
      let direction = gradient.map { _ in Float(random.normal()) }
      let expected = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      let step: Float = 2e-5
      func moved(_ sign: Float) -> Double {
        parameter.write(
          zip(values, direction).map { $0 + sign * step * $1 }, to: network.weights.pointer)
        network.markChanged()
        return value()
      }
      let found = (moved(1) - moved(-1)) / Double(2 * step)
      _ = moved(0)
      // Three standard deviations of the outputs' own rounding, which the step magnifies.
      let rounding = 2.5 * 0x1p-24 * squares.squareRoot() / Double(2 * step)
      #expect(
        abs(found - expected) < 0.02 * max(norm, 1e-2) + rounding,
        "\(parameter.name): \(found) by differences, \(expected) by the backward pass")
      #expect(norm > 0, "\(parameter.name) has no gradient")
    }
  }
}
