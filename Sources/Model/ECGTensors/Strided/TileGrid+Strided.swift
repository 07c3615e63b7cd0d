// How the outputs of a strided convolution are cut into tiles, and which products a tile needs.

extension TileGrid {
  /// All sizes of tiles that an output of `height` x `width` is cut into: all inner ones, those at
  /// the end of the rows, of the columns, the corner; none is empty.
  static func cut(height: Int, width: Int) -> [TileGrid] {
    func parts(_ size: Int) -> [(size: Int, first: Int, count: Int)] {
      let (whole, rest) = (size / side, size % side)
      let inner = whole == 0 ? [] : [(size: side, first: 0, count: whole)]
      return rest == 0 ? inner : inner + [(size: rest, first: whole * side, count: 1)]
    }
    return parts(height).flatMap { row in
      parts(width).map { column in
        TileGrid(
          rows: row.size, columns: column.size, firstRow: row.first, firstColumn: column.first,
          down: row.count, across: column.count)
      }
    }
  }
}

/// The four phases of a strided kernel, by the parity of the input's rows and columns.
///
/// Odd rows meet two taps and have five points, even rows one tap and four points.
enum StridedPhase: Int, CaseIterable, Sendable {
  case oddOdd, oddEven, evenOdd, evenEven

  @inline(__always) var hasOddRows: Bool { rawValue < 2 }
  @inline(__always) var hasOddColumns: Bool { rawValue % 2 == 0 }

  /// Rows of points.
  @inline(__always)
  var rows: Int { hasOddRows ? StridedTransform.size : StridedTransform.evenSize }
  /// Points of a row.
  @inline(__always)
  var columns: Int { hasOddColumns ? StridedTransform.size : StridedTransform.evenSize }
  /// The place of this phase's first point: 0, 25, 45, 65.
  @inline(__always)
  var base: Int {
    let (odd, even) = (StridedTransform.size, StridedTransform.evenSize)
    return switch self {
    case .oddOdd: 0
    case .oddEven: odd * odd
    case .evenOdd: odd * odd + odd * even
    case .evenEven: odd * odd + 2 * odd * even
    }
  }
  /// The place of the point in row i and column j.
  func slot(_ i: Int, _ j: Int) -> Int { base + i * columns + j }

  /// The places of all phases' points.
  @inline(__always)
  static var slots: Int { evenEven.base + evenEven.rows * evenEven.columns }
  /// Points of an output, which all phases share.
  @inline(__always)
  static var outputPoints: Int { StridedTransform.size * StridedTransform.size }

  /// The first of this phase's different matrices of weights: a one-tap phase has the same at every
  /// point.
  @inline(__always)
  var firstMatrix: Int {
    let odd = StridedTransform.size
    return switch self {
    case .oddOdd: 0
    case .oddEven: odd * odd
    case .evenOdd: odd * odd + odd
    case .evenEven: odd * odd + 2 * odd
    }
  }
  /// Different matrices of weights in all phases.
  @inline(__always)
  static var matrices: Int { evenEven.firstMatrix + 1 }
  /// The matrix of weights at positions i and j.
  func matrix(_ i: Int, _ j: Int) -> Int {
    switch self {
    case .oddOdd: firstMatrix + i * StridedTransform.size + j
    case .oddEven: firstMatrix + i
    case .evenOdd: firstMatrix + j
    case .evenEven: firstMatrix
    }
  }
  /// How many points share a matrix of weights.
  var pointsOfMatrix: Int {
    (hasOddRows ? 1 : StridedTransform.evenSize) * (hasOddColumns ? 1 : StridedTransform.evenSize)
  }
}

extension TilePoints {
  /// The points of a phase, by row and column.
  @inline(__always)
  func grid(of phase: StridedPhase) -> VectorGrid {
    grid(from: phase.base, columns: phase.columns)
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

extension TileGrid {
  /// The products of the forward pass: one a point, over all phases.
  func forwardProducts(input: Int, matrix: Int, result: Int) -> [StridedProduct] {
    StridedTransform.points(rows).flatMap { i in
      StridedTransform.points(columns).map { j in
        var product = StridedProduct(result: StridedPhase.oddOdd.slot(i, j) * result)
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
          product.add(
            inputs: StridedPhase.oddOdd.slot(i, j) * input, weights: phase.matrix(i, j) * matrix)
          products.append(product)
        }
      }
    }
    return products
  }
}
