// Where in the network's input the cells of a layer look.

/// The centers of the receptive fields of a layer's cells, the same across and down.
///
/// The center of cell k is `first + step * k` input pixels from the input's edge; the middle of the
/// first pixel is at 0.5.
public struct CellCenters: Equatable, Sendable {
  /// The center of the first cell's receptive field, in input pixels.
  public let first: Double
  /// From one cell's center to the next one's, in input pixels.
  public let step: Double

  /// Centers from the first one and the distance, in input pixels.
  public init(first: Double, step: Double) { (self.first, self.step) = (first, step) }

  /// The center of a cell, in input pixels.
  public func center(_ cell: Int) -> Double { first + step * Double(cell) }
}

extension NetworkGraph {
  /// Where the cells of a layer look, from the kernels, strides and paddings before it.
  ///
  /// A window of K cells with stride s and padding p that reads cells at `first + step * k` gives
  /// cells `s * step` apart, the first one's window centered on `first + step * ((K - 1) / 2 - p)`.
  ///
  /// - Parameter layer: An index of ``layers``.
  /// - Returns: `nil` where a layer before it is no sliding window, or its inputs look elsewhere than
  ///   each other.
  public func cellCenters(of layer: Int) -> CellCenters? {
    var found: [CellCenters?] = []
    for layer in layers[...layer] {
      let inputs = layer.inputs.map { source -> CellCenters? in
        switch source {
        case .image: CellCenters(first: 0.5, step: 1)
        case .layer(let index): found[index]
        }
      }
      guard let window = layer.kind.window, let input = inputs.first ?? nil,
        inputs.allSatisfy({ $0 == input })
      else {
        found.append(nil)
        continue
      }
      let center = Double(window.kernel - 1) / 2 - Double(window.padding)
      found.append(
        CellCenters(
          first: input.first + input.step * center, step: input.step * Double(window.stride)))
    }
    return found[layer]
  }
}

extension NetworkGraph {
  /// Where the cells of a stage's map look; `nil` for a network without that stage.
  public func cellCenters(of stage: Stage) -> CellCenters? {
    stages[stage].flatMap { cellCenters(of: $0) }
  }
}

extension LayerKind {
  /// The window that an output's cell reads; `nil` where a cell reads another region than that.
  var window: (kernel: Int, stride: Int, padding: Int)? {
    switch self {
    case .stem: (7, 2, 3)
    case .convolution(let geometry, _, _): (geometry.kernel, geometry.stride, geometry.padding)
    case .maxPool: (3, 2, 1)
    case .batchNormalization, .concatenation, .dropout: (1, 1, 0)
    case .linear, .wideLinear, .adaptiveAveragePool, .plane: nil
    }
  }
}
