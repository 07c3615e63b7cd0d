// A network's layers with what they cost, as `ecglens model` shows them.

import ECGNetworks
import ECGParallel

/// One line of Table II.
package struct LayerLine: Encodable, Equatable {
  /// The prefix of its tensors' names.
  package let name: String
  /// What it does.
  package let kind: String
  /// Channels, rows and columns of one image's output.
  package let output: [Int]
  /// Numbers that learn.
  package let parameters: Int
  /// Multiplications and additions for one image.
  package let flops: Int
}

/// A network with the cost of each layer.
package struct NetworkTable: Encodable, Equatable {
  /// The network's kind.
  package let network: String
  /// Planes, rows and columns of its input.
  package let input: [Int]
  /// Numbers that learn.
  package let parameters: Int
  /// Multiplications and additions for one image's forward pass.
  package let flops: Int
  /// Images in a batch for the memory below.
  package let batch: Int
  /// Bytes of activations and gradients while training; weights and moments are besides.
  package let trainingBytes: Int
  /// The layers in the order of computation.
  package let layers: [LayerLine]

  private enum CodingKeys: String, CodingKey {
    case network, input, parameters, flops, batch, layers
    case trainingBytes = "training_bytes"
  }

  /// Counts a network.
  package init(_ specification: NetworkSpecification, batch: Int, pool: WorkerPool) {
    let net = Network(unset: specification)
    var counts: [String: Int] = [:]
    for tensor in net.tensors() where ["weight", "bias"].contains(tensor.name.lastComponent) {
      counts[tensor.name.prefixBeforeLastDot, default: 0] += tensor.values.count
    }
    layers = net.graph.layers.map { layer in
      LayerLine(
        name: layer.name, kind: layer.kind.word,
        output: [layer.output.c, layer.output.h, layer.output.w],
        parameters: counts[layer.name] ?? 0, flops: layer.flops(input: specification.input))
    }
    network = specification.kind.rawValue
    input = [specification.input.c, specification.input.h, specification.input.w]
    parameters = net.parameterCount
    flops = layers.reduce(0) { $0 + $1.flops }
    self.batch = batch
    trainingBytes = TrainingEngine(network: net, batch: batch, pool: pool).plannedBytes
  }

  /// The table as people read it.
  package var text: String {
    var table = TextTable(header: ["layer", "kind", "output", "parameters", "MFLOP"], words: 3)
    table.rows = layers.map {
      [
        $0.name, $0.kind, $0.output.map(String.init).joined(separator: " x "),
        $0.parameters.grouped, (Double($0.flops) / 1e6).formatted(digits: 1),
      ]
    }
    let megabytes = (Double(trainingBytes) / 1e6).formatted(digits: 0)
    return """
      \(network), input \(input.map(String.init).joined(separator: " x "))
      \(table.text)
      total: \(parameters.grouped) parameters, \((Double(flops) / 1e9).formatted(digits: 2)) GFLOP \
      an image, \(megabytes) MB of activations and gradients for training with batches of \(batch)
      """
  }
}

package extension String {
  fileprivate var lastComponent: Substring {
    self[(lastIndex(of: ".") ?? startIndex)...].dropFirst()
  }
  fileprivate var prefixBeforeLastDot: String {
    String(prefix(upTo: lastIndex(of: ".") ?? startIndex))
  }
}
