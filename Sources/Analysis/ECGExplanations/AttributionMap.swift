// A map of numbers over the network's input, as a method gives it: raw and signed.

import ECGNetworks
import ECGRaster

/// What a method says of each cell of a stage; scaling and clipping happen when drawn.
public struct AttributionMap: Equatable, Sendable {
  /// The signed numbers at the centers of the cells' receptive fields, over the network's input.
  public let field: GridField

  /// A map of a stage.
  ///
  /// - Parameters:
  ///   - width: Cells across.
  ///   - height: Cells down.
  ///   - values: `width * height` signed numbers, row by row.
  ///   - centers: Where the cells look, in input pixels.
  ///   - side: Rows and columns of the input.
  public init(width: Int, height: Int, values: [Float], centers: CellCenters, side: Int) {
    func axis(_ count: Int) -> GridField.Axis {
      GridField.Axis(
        first: centers.first / Double(side), step: centers.step / Double(side), count: count)
    }
    field = GridField(columns: axis(width), rows: axis(height), values: values)
  }

  /// Cells across.
  public var width: Int { field.columns.count }
  /// Cells down.
  public var height: Int { field.rows.count }
  /// `width * height` signed numbers, row by row.
  public var values: [Float] { field.values }

  /// What pictures and scores show: the positive part, taken at the cells, over the input.
  public var heat: GridField { field.positivePart }
}
