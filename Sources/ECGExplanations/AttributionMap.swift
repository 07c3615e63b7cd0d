// A map of numbers over the network's input, as a method gives it: raw and signed.

import ECGNetworks

/// What a method says of each cell of a stage's grid; scaling and clipping happen when drawn.
public struct AttributionMap: Equatable, Sendable {
  /// Cells across and down; the grid covers the whole input.
  public let width, height: Int
  /// `width * height` signed numbers, row by row.
  public let values: [Float]

  /// A map; as many values as cells.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(values.count == width * height, "\(values.count) values")
    (self.width, self.height, self.values) = (width, height, values)
  }

  /// The map with its negative numbers set to zero.
  public var rectified: AttributionMap {
    AttributionMap(width: width, height: height, values: values.map { max(0, $0) })
  }

  /// The value at a place in 0...1 x 0...1, bilinear between cell centres, edges continued.
  public func value(x: Double, y: Double) -> Double {
    let column = min(Double(width - 1), max(0, x * Double(width) - 0.5))
    let row = min(Double(height - 1), max(0, y * Double(height) - 0.5))
    let (c0, r0) = (Int(column), Int(row))
    let (c1, r1) = (min(c0 + 1, width - 1), min(r0 + 1, height - 1))
    let (fx, fy) = (column - Double(c0), row - Double(r0))
    func cell(_ r: Int, _ c: Int) -> Double { Double(values[r * width + c]) }
    let top = cell(r0, c0) * (1 - fx) + cell(r0, c1) * fx
    let bottom = cell(r1, c0) * (1 - fx) + cell(r1, c1) * fx
    return top * (1 - fy) + bottom * fy
  }
}
