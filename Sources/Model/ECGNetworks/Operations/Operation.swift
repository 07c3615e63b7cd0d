// What an executor runs for a layer, and what it hands over.

import ECGParallel
import ECGTensors

/// One layer bound to its memory, able to run forward and backward.
protocol Operation: AnyObject {
  /// Floats of scratch memory a worker needs.
  var scratchFloats: Int { get }
  /// Floats of memory shared by the workers.
  var sharedFloats: Int { get }
  /// Makes what follows from the weights alone; called whenever they have changed.
  func prepare(_ pass: Pass)
  /// The layer's output from its inputs.
  func forward(_ pass: Pass)
  /// The gradients of inputs and parameters from that of the output.
  func backward(_ pass: Pass)
}

extension Operation {
  var scratchFloats: Int { 0 }
  var sharedFloats: Int { 0 }
  func prepare(_ pass: Pass) {}
}

/// What is the same for all layers in one pass over a batch.
struct Pass {
  /// Images in this batch.
  var images: Int
  /// Groups whose normalizations take the batch's statistics.
  var batchStatistics: Set<ParameterGroup> = []
  /// How far running statistics move.
  var momentum = 0.1
  /// Groups whose parameters require gradients; what lies before them is not visited.
  var trained: Set<ParameterGroup> = []
  /// Whether weights must be arranged for the backward pass too.
  var goesBack = false
  /// What dropout masks are drawn from; `nil` leaves dropout out.
  var dropout: DropoutKey?
  let pool: WorkerPool
  let scratch: Scratch
  let shared: UnsafeMutablePointer<Float>
}

/// Names a step's dropout masks.
public struct DropoutKey: Equatable, Sendable {
  /// The user's seed.
  public var seed: UInt64
  /// The step, counted over the whole training.
  public var step: UInt64

  /// The masks of one step.
  public init(seed: UInt64, step: UInt64) { (self.seed, self.step) = (seed, step) }
}

/// Where a layer reads and writes.
struct Ports {
  /// The inputs' values.
  var inputs: [UnsafeMutablePointer<Float>]
  /// The inputs' shapes.
  var inputShapes: [FeatureShape]
  /// The output's values.
  var output: UnsafeMutablePointer<Float>
  /// The output's gradient; `nil` in inference and before what is explained.
  var outputGradient: UnsafeMutablePointer<Float>?
  /// The inputs' gradients; `nil` where none is wanted.
  var inputGradients: [GradientPort?]
}

/// Where a layer puts an input's gradient.
struct GradientPort {
  var pointer: UnsafeMutablePointer<Float>
  /// Whether another reader of the same value has written there before.
  var accumulates: Bool
  /// The group of the layer that made the value.
  var group: ParameterGroup
}

/// A parameter's numbers and their gradient.
struct ParameterPort {
  var value: UnsafeMutablePointer<Float>
  var gradient: UnsafeMutablePointer<Float>?
}

extension Ports {
  /// Where input `index` requires its gradient in this pass.
  func wanted(_ index: Int, _ pass: Pass) -> GradientPort? {
    guard let port = inputGradients[index] else { return nil }
    return pass.trained.isEmpty || pass.trained.contains(port.group) ? port : nil
  }
}
