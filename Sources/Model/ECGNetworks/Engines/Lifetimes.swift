// From when to when each value and each gradient of a pass is needed.

/// Moments: step i runs forward at i and, of S steps, backward at 2 S - i; the loss is at S.
struct Lifetimes {
  /// First and last moment of each layer's output; `nil` where a step keeps it to itself.
  private(set) var values: [(Int, Int)?]
  /// The same for its gradient; `nil` where none is made.
  private(set) var gradients: [(Int, Int)?]

  init(_ graph: NetworkGraph, steps: [Step], purpose: Purpose) {
    values = [(Int, Int)?](repeating: nil, count: graph.layers.count)
    gradients = values
    let count = steps.count
    let end = 2 * count + 1
    var lastReader: [Int: Int] = [:]
    for (moment, step) in steps.enumerated() {
      lastReader[step.output] = moment
      for case .layer(let source) in graph.inputs(of: step) { lastReader[source] = moment }
    }
    for (moment, step) in steps.enumerated() {
      let index = step.output
      let isLogits = index == graph.logits
      let reader = lastReader[index] ?? moment
      let gradientBegins = isLogits ? count : 2 * count - reader
      let back = 2 * count - moment
      switch purpose {
      case .inference:
        values[index] = (moment, isLogits || graph.features == .layer(index) ? end : reader)
      case .training:
        values[index] = (moment, isLogits ? end : back)
        gradients[index] = (gradientBegins, back)
      case .attribution(let kept):
        let isKept = kept.contains(index)
        values[index] = (moment, isLogits || isKept ? end : back)
        if index >= kept.min() ?? 0 { gradients[index] = (gradientBegins, isKept ? end : back) }
      }
    }
  }
}
