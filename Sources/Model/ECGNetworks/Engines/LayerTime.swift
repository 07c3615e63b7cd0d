// How long a layer took in the last pass.

/// Milliseconds that one layer took in the last step.
public struct LayerTime: Equatable, Sendable {
  /// The layer's name.
  public let name: String
  /// The layer's kind, as ``LayerKind/word`` says it.
  public let kind: String
  /// What follows from the weights alone: transforms and rearrangements.
  public internal(set) var prepare = 0.0
  /// The forward pass.
  public internal(set) var forward = 0.0
  /// The gradients of inputs and parameters.
  public internal(set) var backward = 0.0

  init(of layer: Layer) { (name, kind) = (layer.name, layer.kind.word) }
}

/// The milliseconds that `body` takes.
@inline(__always)
func milliseconds(_ body: () -> Void) -> Double {
  let start = ContinuousClock.now
  body()
  return (ContinuousClock.now - start) / .milliseconds(1)
}
