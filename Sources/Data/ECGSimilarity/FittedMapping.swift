// Laying one page's ink over another's: Gauss-Newton steps on an affine mapping.

import ECGLinearAlgebra

/// A mapping and how well the ink agrees under it.
struct FittedMapping: Sendable {
  /// Where the fixed page's points lie on the moved one.
  let mapping: PageMapping
  /// The correlation over the cells that both pages have, -1...1.
  let correlation: Double
}

/// A page whose ink is laid over others'.
struct MovedInk: Sendable {
  let map: InkMap
  private let slopes: (x: [Float], y: [Float])

  init(_ map: InkMap) {
    self.map = map
    slopes = map.slopes
  }

  /// The share of the fixed page that must be there.
  static let leastOverlap = 0.2

  /// The best mapping near a first one.
  ///
  /// - Parameters:
  ///   - fixed: The page that the ink is laid over; of the same number of cells.
  ///   - start: Where the fixed page's points lie at first, to within a few cells.
  ///   - steps: At most.
  /// - Source: Least squares on a(x + d) = g b(x), g the regression of the two; Baker and Matthews,
  ///   IJCV 56 (2004) 221-255, forwards additive.
  func fitted(to fixed: InkMap, from start: PageMapping, steps: Int) -> FittedMapping {
    var mapping = start
    var best = FittedMapping(mapping: start, correlation: -1)
    for step in 0..<steps {
      let sums = FitSums(self, fixed, mapping)
      guard sums.overlap >= Self.leastOverlap else { break }
      let correlation = sums.correlation
      if correlation > best.correlation + 1e-4 {
        best = FittedMapping(mapping: mapping, correlation: correlation)
      } else if step > 3 {
        break
      }
      guard let change = sums.change else { break }
      for index in 0..<6 { mapping.parameters[index] += change[index] }
    }
    return best
  }

  /// The ink at the fixed page's cells; NaN where it is not there.
  func laid(_ mapping: PageMapping) -> [Float] {
    var result = [Float](repeating: .nan, count: map.side * map.side)
    eachCell(mapping) { cell, place in result[cell] = place.value(map.cells) }
    return result
  }

  /// Visits the fixed page's cells that lie on the page.
  private func eachCell(_ mapping: PageMapping, _ visit: (Int, BilinearPlace) -> Void) {
    let (side, p) = (map.side, mapping.parameters)
    let scale = Double(side)
    for row in 0..<side {
      let y = (Double(row) + 0.5) / scale - 0.5
      for column in 0..<side {
        let x = (Double(column) + 0.5) / scale - 0.5
        let u = (0.5 + p[0] + p[1] * x + p[2] * y) * scale - 0.5
        let v = (0.5 + p[3] + p[4] * x + p[5] * y) * scale - 0.5
        guard u >= 0, v >= 0, u <= scale - 1, v <= scale - 1 else { continue }
        visit(row * side + column, BilinearPlace(u, v, side: side))
      }
    }
  }

  /// Sums over the cells that both pages have.
  private struct FitSums {
    private var count = 0.0
    private var (a, b, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0)
    private var slope = [Double](repeating: 0, count: 6)
    private var slopeA = [Double](repeating: 0, count: 6)
    private var slopeB = [Double](repeating: 0, count: 6)
    private var products = [Double](repeating: 0, count: 36)
    private let cells: Double

    init(_ moved: MovedInk, _ fixed: InkMap, _ mapping: PageMapping) {
      let side = moved.map.side
      cells = Double(side * side)
      let scale = Double(side)
      var (count, a, b, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
      // By coordinate of the slope (x, y): sums with 1, x, y and their products.
      var (first, second) = (SlopeSums(), SlopeSums())
      var mixed = SIMD8<Double>(repeating: 0)
      moved.map.cells.withUnsafeBufferPointer { ink in
        moved.slopes.x.withUnsafeBufferPointer { slopeX in
          moved.slopes.y.withUnsafeBufferPointer { slopeY in
            fixed.cells.withUnsafeBufferPointer { other in
              moved.eachCell(mapping) { cell, place in
                let (p, q) = (Double(place.value(ink)), Double(other[cell]))
                let x = (Double(cell % side) + 0.5) / scale - 0.5
                let y = (Double(cell / side) + 0.5) / scale - 0.5
                let gx = Double(place.value(slopeX)) * scale
                let gy = Double(place.value(slopeY)) * scale
                count += 1
                a += p
                b += q
                aa += p * p
                ab += p * q
                bb += q * q
                first.add(gx, x, y, p, q)
                second.add(gy, x, y, p, q)
                let g = gx * gy
                mixed += SIMD8(g, g * x, g * y, g * x * x, g * x * y, g * y * y, 0, 0)
              }
            }
          }
        }
      }
      (self.count, self.a, self.b, self.aa, self.ab, self.bb) = (count, a, b, aa, ab, bb)
      slope = first.plain + second.plain
      slopeA = first.withA + second.withA
      slopeB = first.withB + second.withB
      for row in 0..<3 {
        for column in 0..<3 {
          products[6 * row + column] = first.product(row, column)
          products[6 * (row + 3) + column + 3] = second.product(row, column)
          products[6 * row + column + 3] = SlopeSums.entry(mixed, row, column)
          products[6 * (row + 3) + column] = SlopeSums.entry(mixed, column, row)
        }
      }
    }

    /// The share of the fixed page's cells that are there.
    var overlap: Double { count / cells }

    var correlation: Double {
      let spread = (aa - a * a / count) * (bb - b * b / count)
      return spread > 0 ? (ab - a * b / count) / spread.squareRoot() : 0
    }

    /// The change of the parameters; `nil` where none follows.
    var change: [Double]? {
      let variance = bb - b * b / count
      let covariance = ab - a * b / count
      guard variance > 0, covariance > 0 else { return nil }
      let gain = covariance / variance
      var matrix = products
      var right = [Double](repeating: 0, count: 6)
      var trace = 0.0
      for row in 0..<6 {
        for column in 0..<6 { matrix[6 * row + column] -= slope[row] * slope[column] / count }
        right[row] =
          gain * (slopeB[row] - slope[row] * b / count) - (slopeA[row] - slope[row] * a / count)
        trace += matrix[7 * row]
      }
      for row in 0..<6 { matrix[7 * row] += 1e-3 * trace / 6 }
      return Matrix(rows: 6, columns: 6, values: matrix).choleskySolution(right)
    }
  }
}

/// Sums of one coordinate's slope with 1, x and y.
private struct SlopeSums {
  private var sums = SIMD4<Double>(repeating: 0)
  private var sumsA = SIMD4<Double>(repeating: 0)
  private var sumsB = SIMD4<Double>(repeating: 0)
  private var squares = SIMD8<Double>(repeating: 0)

  mutating func add(_ slope: Double, _ x: Double, _ y: Double, _ a: Double, _ b: Double) {
    let row = SIMD4(slope, slope * x, slope * y, 0)
    sums += row
    sumsA += row * a
    sumsB += row * b
    let g = slope * slope
    squares += SIMD8(g, g * x, g * y, g * x * x, g * x * y, g * y * y, 0, 0)
  }

  var plain: [Double] { [sums[0], sums[1], sums[2]] }
  var withA: [Double] { [sumsA[0], sumsA[1], sumsA[2]] }
  var withB: [Double] { [sumsB[0], sumsB[1], sumsB[2]] }

  func product(_ row: Int, _ column: Int) -> Double { Self.entry(squares, row, column) }

  /// An entry of the symmetric 3 x 3 matrix whose upper half is kept.
  static func entry(_ half: SIMD8<Double>, _ row: Int, _ column: Int) -> Double {
    let (low, high) = (min(row, column), max(row, column))
    return half[low == 0 ? high : low + high + 1]
  }
}

/// A point between four cells.
private struct BilinearPlace {
  let at: Int
  let right: Int
  let below: Int
  let (x, y): (Float, Float)

  init(_ u: Double, _ v: Double, side: Int) {
    let (column, row) = (Int(u), Int(v))
    at = row * side + column
    right = column + 1 < side ? 1 : 0
    below = row + 1 < side ? side : 0
    (x, y) = (Float(u - Double(column)), Float(v - Double(row)))
  }

  func value(_ cells: UnsafeBufferPointer<Float>) -> Float {
    let above = cells[at] + x * (cells[at + right] - cells[at])
    let under = cells[at + below] + x * (cells[at + below + right] - cells[at + below])
    return above + y * (under - above)
  }

  func value(_ cells: [Float]) -> Float {
    let above = cells[at] + x * (cells[at + right] - cells[at])
    let under = cells[at + below] + x * (cells[at + below + right] - cells[at + below])
    return above + y * (under - above)
  }
}
