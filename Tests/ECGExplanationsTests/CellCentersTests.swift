// Where the cells of a stage look, against the network itself.

import ECGNetworks
import ECGParallel
import ECGRaster
import ECGTerms
import Testing

@testable import ECGExplanations

/// A trunk whose windows pass on their middle cell alone, and which ends in an average over all cells.
///
/// Every convolution has the weight 1 at its middle from channel 0 to channel 0, every normalization
/// passes its input on. Only the max pool still looks around, to all sides alike.
private func middleNetwork(side: Int) throws -> Network {
  let network = Network(NetworkSpecification(kind: .resnet18, inputSide: side), seed: 0)
  try network.load(
    network.tensors().map { tensor in
      var values = [Float](repeating: 0, count: tensor.values.count)
      if tensor.shape.count == 4 {
        values[tensor.shape[2] * tensor.shape[3] / 2] = 1
      } else if tensor.name.hasSuffix("fc.weight") {
        values[0] = 1
      } else if !tensor.name.hasSuffix("bias"), !tensor.name.hasSuffix("running_mean"),
        !tensor.name.hasSuffix("num_batches_tracked")
      {
        values = values.map { _ in 1 }
      }
      return NamedTensor(name: tensor.name, shape: tensor.shape, values: values)
    })
  return network
}

@Suite("Cell centers")
struct CellCentersTests {
  @Test(
    "a stage's cells look at stride x k + 1/2 of the input",
    arguments: [
      (Stage.layer1, 4.0), (.layer2, 8), (.layer3, 16), (.layer4, 32),
    ], [64, 224, 227, 448])
  func strides(_ stage: (Stage, Double), side: Int) throws {
    for kind in [NetworkKind.hybrid, .spatialOnly, .resnet18] {
      let graph = NetworkGraph(NetworkSpecification(kind: kind, inputSide: side))
      let centers = try #require(graph.cellCenters(of: stage.0))
      #expect(centers == CellCenters(first: 0.5, step: stage.1), "\(kind)")
      let cells = graph.layers[try #require(graph.stages[stage.0])].output.w
      #expect(centers.center(cells - 1) < Double(side))
    }
  }

  @Test("what a network without stages, and a layer behind a pool over all, look at is no grid")
  func none() throws {
    for kind in [NetworkKind.globalOnly, .plainCNN, .beats, .beatsLinear] {
      #expect(NetworkGraph(NetworkSpecification(kind: kind)).cellCenters(of: .layer4) == nil)
    }
    let graph = NetworkGraph(NetworkSpecification(kind: .resnet18))
    #expect(graph.cellCenters(of: graph.logits) == nil)
  }

  @Test(
    "the map of a spot has its centroid where the spot is, within half a pixel",
    arguments: Stage.allCases, [224, 227])
  func spot(stage: Stage, side: Int) throws {
    let network = try middleNetwork(side: side)
    let explainer = try Explainer(
      network: network, isTrained: ClassList.archive.map { _ in true }, stages: [stage],
      pool: WorkerPool(threads: 1))
    let centers = try #require(network.graph.cellCenters(of: stage))
    let preprocessing = Preprocessing(crop: .none, side: side)
    // Spots that the cells of layer4 see, and that do not touch the edge.
    for (row, column) in [(1, 1), (3, 4), (5, 2)] {
      var page = Image(width: side, height: side, filledWith: (0, 0, 0))
      let (y, x) = (32 * row, 32 * column)
      page.pixels[(y * side + x) * 3] = 255
      let planes = preprocessing.planes(of: try preprocessing.crop.seen(of: page))
      let explanation = explainer.explain(planes: planes, target: .logit(.normal))
      let heat = try #require(explanation.maps[stage]).heat
      var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
      for r in 0..<side {
        for c in 0..<side {
          let (u, v) = ((Double(c) + 0.5) / Double(side), (Double(r) + 0.5) / Double(side))
          let value = heat.value(x: u, y: v)
          sum += value
          sumX += value * (Double(c) + 0.5)
          sumY += value * (Double(r) + 0.5)
        }
      }
      #expect(sum > 0)
      #expect(abs(sumX / sum - (Double(x) + 0.5)) < 0.5, "\(sumX / sum) for \(x)")
      #expect(abs(sumY / sum - (Double(y) + 0.5)) < 0.5, "\(sumY / sum) for \(y)")
      #expect(centers.center(column * Int(32 / centers.step)) == Double(x) + 0.5)
    }
  }
}
