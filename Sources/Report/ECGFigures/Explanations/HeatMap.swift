// A heat map laid over a gray page.

import ECGPlotting
import ECGRaster

/// A map of numbers over a region.
public struct HeatMap: Equatable, Sendable {
  /// The numbers and their places, over the region.
  public let field: GridField

  /// A map over a region.
  public init(_ field: GridField) { self.field = field }

  /// A map of equal cells that cover the region, row by row from the top left; as many values as
  /// cells.
  public init(width: Int, height: Int, values: [Float]) {
    field = GridField(
      columns: .centers(ofCells: width), rows: .centers(ofCells: height), values: values)
  }

  /// Cells across.
  public var width: Int { field.columns.count }
  /// Cells down.
  public var height: Int { field.rows.count }
  /// `width * height` numbers from the top left.
  public var values: [Float] { field.values }

  /// The largest magnitude of the finite values.
  public var largestMagnitude: Double {
    Double(values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 })
  }

  /// The value at a place in 0...1 x 0...1, as ``GridField/value(x:y:)`` has it.
  public func value(x: Double, y: Double) -> Double { field.value(x: x, y: y) }
}

/// How a map's numbers become colors, the same for all panels of a figure.
public struct HeatColors: Equatable, Sendable {
  /// The magnitude that gets the full color.
  public let limit: Double
  /// Whether numbers below zero have a color of their own.
  public let signed: Bool

  /// Colors up to a magnitude; one that is not positive counts as 1.
  public init(limit: Double, signed: Bool) {
    self.limit = limit > 0 && limit.isFinite ? limit : 1
    self.signed = signed
  }

  /// The color of a number on white paper; white at zero, so that magnitude is opacity.
  public func color(_ value: Double) -> RGB {
    signed ? ColorMap.diverging.color(value / limit) : ColorMap.heat.color(value / limit)
  }

  /// A gray page multiplied by the map's colors: ink stays black, zero leaves the page as it is.
  ///
  /// - Parameters:
  ///   - map: Over the whole image.
  ///   - image: The page's region.
  /// - Returns: An image of the same size.
  public func laid(_ map: HeatMap, over image: Image) -> Image {
    // 256 steps on either side of zero are finer than the eye and the JPEG.
    let steps = 256
    let table = (-steps...steps).map { color(Double($0) / Double(steps) * limit) }
    var result = image
    for row in 0..<image.height {
      let y = (Double(row) + 0.5) / Double(image.height)
      for column in 0..<image.width {
        let x = (Double(column) + 0.5) / Double(image.width)
        let share = min(1, max(-1, map.value(x: x, y: y) / limit))
        let tint = table[Int((share * Double(steps)).rounded()) + steps]
        let at = (row * image.width + column) * 3
        let luma = Luma.in256ths(image.pixels[at], image.pixels[at + 1], image.pixels[at + 2])
        let gray = Double(luma) / 256
        result.pixels[at] = UInt8((gray * tint.red).rounded())
        result.pixels[at + 1] = UInt8((gray * tint.green).rounded())
        result.pixels[at + 2] = UInt8((gray * tint.blue).rounded())
      }
    }
    return result
  }
}
