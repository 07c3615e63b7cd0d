// How the outputs of a strided convolution are cut into tiles, and which products a tile needs.

/// The tiles of one size: all inner ones, those at the end of the rows, of the columns, the corner.
struct StridedTiles: Sendable {
  /// Rows and columns of outputs in a tile, one to four.
  var rows, columns: Int
  /// The first tile's first output.
  var firstRow, firstColumn: Int
  /// Tiles of one image.
  var down, across: Int

  /// Tiles of one image.
  var count: Int { down * across }

  /// All sizes that an output of `height` x `width` is cut into; none is empty.
  static func cut(height: Int, width: Int) -> [StridedTiles] {
    func parts(_ size: Int) -> [(size: Int, first: Int, count: Int)] {
      let inner = size < 4 ? [] : [(size: 4, first: 0, count: size / 4)]
      return size % 4 == 0 ? inner : inner + [(size: size % 4, first: size / 4 * 4, count: 1)]
    }
    return parts(height).flatMap { row in
      parts(width).map { column in
        StridedTiles(
          rows: row.size, columns: column.size, firstRow: row.first, firstColumn: column.first,
          down: row.count, across: column.count)
      }
    }
  }

  /// Where a tile's outputs begin.
  struct Place {
    var image, row, column: Int
  }

  /// The place of a tile numbered over the batch.
  @inline(__always)
  func place(_ tile: Int) -> Place {
    let rest = tile % count
    return Place(
      image: tile / count, row: firstRow &+ rest / across &* 4,
      column: firstColumn &+ rest % across &* 4)
  }

  /// Moves to the next tile.
  @inline(__always)
  func advance(_ place: inout Place) {
    place.column &+= 4
    if place.column < firstColumn &+ across &* 4 { return }
    place.column = firstColumn
    place.row &+= 4
    if place.row < firstRow &+ down &* 4 { return }
    place.row = firstRow
    place.image &+= 1
  }
}

/// The four phases of a strided kernel, by the parity of the input's rows and columns.
///
/// Odd rows meet two taps and have five points, even rows one tap and four points.
enum StridedPhase: Int, CaseIterable, Sendable {
  case oddOdd, oddEven, evenOdd, evenEven

  var hasOddRows: Bool { rawValue < 2 }
  var hasOddColumns: Bool { rawValue % 2 == 0 }

  /// The places of all phases' points.
  static let slots = 81
  /// Places of this phase's points before the next row of points.
  var stride: Int { hasOddColumns ? StridedTransform.size : StridedTransform.evenSize }
  /// The place of this phase's first point.
  var base: Int { [0, 25, 45, 65][rawValue] }
  /// The place of the point in row i and column j.
  func slot(_ i: Int, _ j: Int) -> Int { base + i * stride + j }

  /// Different matrices of weights in all phases: a one-tap phase has the same at every point.
  static let matrices = 36
  /// The matrix of weights at positions i and j.
  func matrix(_ i: Int, _ j: Int) -> Int {
    switch self {
    case .oddOdd: i * 5 + j
    case .oddEven: 25 + i
    case .evenOdd: 30 + j
    case .evenEven: 35
    }
  }
}

/// A sum of up to four matrix products at one point.
struct StridedProduct: Sendable {
  /// Where the inputs, the weights' matrix and the result lie, in bytes.
  var inputs: InlineArray<4, Int> = InlineArray(repeating: 0)
  var weights: InlineArray<4, Int> = InlineArray(repeating: 0)
  var count = 0
  var result = 0

  /// Adds a term.
  mutating func add(inputs input: Int, weights weight: Int) {
    inputs[count] = input
    weights[count] = weight
    count += 1
  }
}

extension StridedTiles {
  /// The products of the forward pass: one a point, over all phases.
  func forwardProducts(input: Int, matrix: Int, result: Int) -> [StridedProduct] {
    StridedTransform.points(rows).flatMap { i in
      StridedTransform.points(columns).map { j in
        var product = StridedProduct(result: (i * 5 + j) * result)
        for phase in phases(i, j) {
          product.add(inputs: phase.slot(i, j) * input, weights: phase.matrix(i, j) * matrix)
        }
        return product
      }
    }
  }

  /// The phases that have the point at positions i and j.
  func phases(_ i: Int, _ j: Int) -> [StridedPhase] {
    StridedPhase.allCases.filter { phase in
      (phase.hasOddRows || StridedTransform.evenPoints(rows).contains(i))
        && (phase.hasOddColumns || StridedTransform.evenPoints(columns).contains(j))
    }
  }

  /// The products of the input gradient: one a point and phase, from the same inputs.
  ///
  /// - Parameters:
  ///   - oddRows: Whether these tiles have odd rows of the input at all.
  ///   - oddColumns: The same for columns.
  func backwardProducts(
    input: Int, matrix: Int, result: Int, oddRows: Bool, oddColumns: Bool
  ) -> [StridedProduct] {
    func places(_ n: Int, odd: Bool, _ position: Int) -> Int? {
      odd ? position : StridedTransform.evenGradientPoints(n).firstIndex(of: position)
    }
    var products: [StridedProduct] = []
    for i in StridedTransform.points(rows) {
      for j in StridedTransform.points(columns) {
        for phase in StridedPhase.allCases {
          if phase.hasOddRows && !oddRows || phase.hasOddColumns && !oddColumns { continue }
          guard let row = places(rows, odd: phase.hasOddRows, i),
            let column = places(columns, odd: phase.hasOddColumns, j)
          else { continue }
          var product = StridedProduct(result: phase.slot(row, column) * result)
          product.add(inputs: (i * 5 + j) * input, weights: phase.matrix(i, j) * matrix)
          products.append(product)
        }
      }
    }
    return products
  }
}
