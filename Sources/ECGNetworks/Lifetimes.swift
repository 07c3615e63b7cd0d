// From when to when each value and each gradient of a pass is needed.

/// Moments: layer i runs forward at i and, of L layers, backward at 2 L - i; the loss is at L.
struct Lifetimes {
  /// First and last moment of each layer's output.
  private(set) var values: [(Int, Int)] = []
  /// The same for its gradient; `nil` where none is made.
  private(set) var gradients: [(Int, Int)?] = []

  init(_ graph: NetworkGraph, purpose: Purpose) {
    let count = graph.layers.count
    var lastReader = Array(0..<count)
    for (index, layer) in graph.layers.enumerated() {
      for case .layer(let source) in layer.inputs { lastReader[source] = index }
    }
    let end = 2 * count + 1
    for index in 0..<count {
      let isLogits = index == graph.logits
      switch purpose {
      case .inference:
        values.append((index, isLogits ? end : lastReader[index]))
        gradients.append(nil)
      case .training:
        values.append((index, isLogits ? end : 2 * count - index))
        gradients.append((isLogits ? count : 2 * count - lastReader[index], 2 * count - index))
      case .attribution(let kept):
        let first = kept.min() ?? 0
        values.append((index, isLogits || kept.contains(index) ? end : 2 * count - index))
        let readers = isLogits ? count : 2 * count - lastReader[index]
        let needed = index >= first && (index > first || kept.contains(index))
        let last = kept.contains(index) ? end : 2 * count - index
        gradients.append(needed ? (readers, last) : nil)
      }
    }
  }
}
