// A moving average of a network's weights.

import ECGParallel
import ECGTensors
import Foundation

/// average = decay average + (1 - decay) weights, after each step; statistics are not averaged.
///
/// - Source: Polyak and Juditsky 1992, with exponential weights.
public final class WeightAverage {
  private let buffer: FloatBuffer
  private let parameters: [Parameter]

  /// Begins with the network's present weights.
  public init(of network: Network) {
    buffer = FloatBuffer(count: network.weights.count)
    parameters = network.parameters
    memcpy(buffer.pointer, network.weights.pointer, buffer.count * 4)
  }

  /// Moves the average towards the network's weights.
  public func update(from network: Network, decay: Double, pool: WorkerPool) {
    let share = Float(1 - decay)
    let segment = 1 << 16
    nonisolated(unsafe) let (weights, average) = (network.weights.pointer, buffer.pointer)
    pool.run((buffer.count + segment - 1) / segment) { task, _ in
      for i in task * segment..<min(buffer.count, (task + 1) * segment) {
        average[i] += share * (weights[i] - average[i])
      }
    }
  }

  /// Exchanges the average and the network's weights; once more puts them back.
  public func exchange(with network: Network) {
    let weights = network.weights.pointer
    let average = buffer.pointer
    for i in 0..<buffer.count { swap(&weights[i], &average[i]) }
    network.markChanged()
  }

  /// The average as tensors named like the network's parameters.
  public func tensors() -> [NamedTensor] { liveTensors().map { NamedTensor($0) } }

  /// ``tensors()``, each read when it is asked for.
  public func liveTensors() -> [LiveTensor] { parameters.map { $0.live($0.name, in: buffer) } }

  /// Takes what ``tensors()`` gave.
  public func load(_ tensors: [NamedTensor]) throws(NetworkError) {
    var given: [String: NamedTensor] = [:]
    for tensor in tensors { given[tensor.name] = tensor }
    for parameter in parameters {
      guard let tensor = given[parameter.name] else { throw .missingTensor(name: parameter.name) }
      guard tensor.shape == parameter.shape else {
        throw .wrongShape(name: parameter.name, expected: parameter.shape, found: tensor.shape)
      }
      parameter.write(tensor.values, to: buffer.pointer)
    }
  }
}
