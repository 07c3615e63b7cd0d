// Runs a network's steps forward and backward in memory planned once.

import ECGParallel
import ECGTensors
import Foundation

/// What an executor is built for; it decides which buffers live how long.
enum Purpose: Equatable {
  /// Outputs are needed until their last reader.
  case inference
  /// Outputs are kept for the backward pass, gradients until used.
  case training
  /// As training, without gradients of parameters; outputs and gradients of `kept` layers stay,
  /// and nothing before the first of them is visited on the way back.
  case attribution(kept: [Int])

  var goesBack: Bool { self != .inference }
}

/// A network's layers bound to memory for up to `capacity` images.
final class Executor {
  let network: Network
  let capacity: Int
  let purpose: Purpose
  let pool: WorkerPool
  /// (capacity, C, H, W) of the network's input, planes.
  let image: FloatBuffer
  /// Gradients in the weights' order; in training only.
  let gradients: FloatBuffer?

  private let arena: FloatBuffer
  private let scratch: Scratch
  private let shared: FloatBuffer
  private let steps: [Step]
  private let outputs: [UnsafeMutablePointer<Float>?]
  private let outputGradients: [UnsafeMutablePointer<Float>?]
  private let operations: [any Operation]
  private var preparedVersion = -1
  /// What each step took in the last pass, by the layer that makes its output.
  private(set) var times: [LayerTime]

  init(_ network: Network, capacity: Int, purpose: Purpose, pool: WorkerPool) {
    precondition(capacity > 0, "batches of \(capacity) images")
    (self.network, self.capacity, self.purpose, self.pool) = (network, capacity, purpose, pool)
    let graph = network.graph
    let input = graph.specification.input
    image = FloatBuffer(count: capacity * input.c * input.h * input.w)
    gradients = purpose == .training ? FloatBuffer(count: network.weights.count) : nil

    let steps = graph.steps(for: purpose)
    self.steps = steps
    let lives = Lifetimes(graph, steps: steps, purpose: purpose)
    let floats = graph.layers.map { $0.output.blocked(images: capacity).count }
    let places = (lives.values + lives.gradients).enumerated().compactMap { slot, life in
      life.map {
        (slot, BufferRequest(floats: floats[slot % floats.count], first: $0.0, last: $0.1))
      }
    }
    let plan = MemoryPlan(places.map(\.1))
    let arena = FloatBuffer(count: plan.total)
    self.arena = arena
    var pointers = [UnsafeMutablePointer<Float>?](repeating: nil, count: 2 * floats.count)
    for (place, offset) in zip(places, plan.offsets) { pointers[place.0] = arena.pointer + offset }
    let outputs = Array(pointers[..<floats.count])
    let outputGradients = Array(pointers[floats.count...])
    (self.outputs, self.outputGradients) = (outputs, outputGradients)

    let binder = Binder(
      network: network, capacity: capacity, image: image.pointer, gradients: gradients?.pointer,
      steps: steps, outputs: outputs, outputGradients: outputGradients)
    let operations = steps.indices.map { binder.operation(of: $0) }
    self.operations = operations
    times = steps.map { LayerTime(of: graph.layers[$0.output]) }
    scratch = Scratch(
      workers: pool.threads, floats: operations.map(\.scratchFloats).max() ?? 0)
    shared = FloatBuffer(count: operations.map(\.sharedFloats).max() ?? 0)
  }

  func pass(images: Int) -> Pass {
    precondition((1...capacity).contains(images), "\(images) images in a batch of \(capacity)")
    return Pass(
      images: images, goesBack: purpose.goesBack, pool: pool, scratch: scratch,
      shared: shared.pointer)
  }

  /// Runs all steps; `silenced` layers' outputs are set to zero.
  func forward(_ pass: Pass, silenced: [Int] = []) {
    if preparedVersion != network.version {
      for (index, operation) in operations.enumerated() {
        times[index].prepare = milliseconds { operation.prepare(pass) }
      }
      preparedVersion = network.version
    }
    for (index, operation) in operations.enumerated() {
      times[index].forward = milliseconds { operation.forward(pass) }
      let layer = steps[index].output
      if silenced.contains(layer) {
        let shape = network.graph.layers[layer].output.blocked(images: pass.images)
        memset(output(layer), 0, shape.count * 4)
      }
    }
  }

  /// Runs the steps back, from the last to those that a trained parameter or a kept layer needs.
  func backward(_ pass: Pass) {
    for index in steps.indices.reversed() {
      let layer = steps[index].output
      guard outputGradients[layer] != nil else { continue }
      if purpose == .training, !pass.trained.contains(network.graph.layers[layer].group) {
        continue
      }
      if case .attribution(let kept) = purpose, let first = kept.min(), layer <= first { continue }
      times[index].backward = milliseconds { operations[index].backward(pass) }
    }
  }

  private func output(_ layer: Int) -> UnsafeMutablePointer<Float> {
    guard let pointer = outputs[layer] else {
      preconditionFailure("the output of layer \(layer) stays inside of a step")
    }
    return pointer
  }

  /// One image's logits.
  func logits(image: Int) -> UnsafeBufferPointer<Float> {
    let index = network.graph.logits
    let layer = network.graph.layers[index]
    let count = layer.output.blocked(images: 1).count
    return UnsafeBufferPointer(start: output(index) + image * count, count: layer.output.c)
  }

  /// Where the gradient of one image's logits goes; lanes past the classes stay zero.
  func logitsGradient(image: Int) -> UnsafeMutablePointer<Float> {
    let index = network.graph.logits
    guard let gradient = outputGradients[index] else {
      preconditionFailure("an executor for inference has no gradients")
    }
    let count = network.graph.layers[index].output.blocked(images: 1).count
    let place = gradient + image * count
    memset(place, 0, count * 4)
    return place
  }

  /// The output of a kept layer for the first image, and its gradient, as planes.
  func feature(_ layer: Int) -> (value: FeatureMap, gradient: FeatureMap) {
    guard let gradient = outputGradients[layer] else {
      preconditionFailure("layer \(layer) has no gradient")
    }
    let shape = network.graph.layers[layer].output
    return (FeatureMap(shape, output(layer)), FeatureMap(shape, gradient))
  }

  /// One image's features, as ``NetworkGraph/features`` has them; in inference.
  func features(image: Int) -> [Float] {
    switch network.graph.features {
    case .image:
      let input = network.graph.specification.input
      let count = input.c * input.h * input.w
      return Array(UnsafeBufferPointer(start: self.image.pointer + image * count, count: count))
    case .layer(let index):
      let shape = network.graph.layers[index].output
      return FeatureMap(shape, output(index) + image * shape.blocked(images: 1).count).values
    }
  }

  /// One image's output of the last layer.
  func lastOutput(image: Int) -> FeatureMap {
    let index = network.graph.logits
    let shape = network.graph.layers[index].output
    return FeatureMap(shape, output(index) + image * shape.blocked(images: 1).count)
  }

  /// Bytes of the planned memory: activations, gradients, scratch.
  var plannedBytes: Int {
    4 * (arena.count + image.count + shared.count + (gradients?.count ?? 0))
  }
}

/// One image's features at a layer.
public struct FeatureMap: Equatable, Sendable {
  /// Channels, rows, columns.
  public let channels, height, width: Int
  /// (C, H, W), row-major.
  public let values: [Float]

  /// A map with `values` in the order (C, H, W).
  public init(channels: Int, height: Int, width: Int, values: [Float]) {
    precondition(values.count == channels * height * width, "\(values.count) values")
    (self.channels, self.height, self.width) = (channels, height, width)
    self.values = values
  }

  init(_ shape: FeatureShape, _ blocked: UnsafePointer<Float>) {
    let values = [Float](unsafeUninitializedCapacity: shape.c * shape.h * shape.w) {
      buffer, count in
      if let start = buffer.baseAddress { shape.blocked(images: 1).unpack(blocked, into: start) }
      count = shape.c * shape.h * shape.w
    }
    self.init(channels: shape.c, height: shape.h, width: shape.w, values: values)
  }
}
