// Grad-CAM: a stage's channels weighted by their mean gradient.

import ECGNetworks

/// The Grad-CAM map: sum over channels k of a_k A_k, a_k the mean of the target's gradient by A_k.
///
/// Not clipped: the paper's ReLU is left to the drawing, so that an all-negative map is seen to be
/// one.
///
/// - Parameters:
///   - activation: A stage's channels.
///   - gradient: The target's gradient by them.
///   - centers: Where the stage's cells look, in input pixels.
///   - side: Rows and columns of the network's input.
/// - Source: Selvaraju et al., ICCV 2017, equations 1 and 2.
public func gradCAM(
  activation: FeatureMap, gradient: FeatureMap, centers: CellCenters, side: Int
) -> AttributionMap {
  precondition(
    activation.channels == gradient.channels && activation.values.count == gradient.values.count,
    "an activation and its own gradient")
  let area = activation.width * activation.height
  var sums = [Double](repeating: 0, count: area)
  for channel in 0..<activation.channels {
    let range = channel * area..<(channel + 1) * area
    let weight = gradient.values[range].reduce(0) { $0 + Double($1) } / Double(area)
    for (cell, value) in activation.values[range].enumerated() {
      sums[cell] += weight * Double(value)
    }
  }
  return AttributionMap(
    width: activation.width, height: activation.height, values: sums.map { Float($0) },
    centers: centers, side: side)
}
