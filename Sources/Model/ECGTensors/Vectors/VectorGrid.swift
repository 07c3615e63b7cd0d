// Views of vectors in memory: a line with equal distances, a grid of rows.

/// Vectors in memory at equal distances: a row or a column of pixels or of points.
///
/// A view owns nothing and checks nothing; inlined, it is a pointer and a distance in registers.
/// Kernels only read what they were given to read, whatever the view allows.
struct VectorLine {
  let start: UnsafeMutableRawPointer
  /// Bytes from one vector to the next.
  let step: Int

  /// Vectors that lie `step` bytes apart; one after the other by default.
  @inline(__always)
  init(_ start: UnsafeMutableRawPointer, step: Int = vectorBytes) {
    (self.start, self.step) = (start, step)
  }

  /// Vectors to be read.
  @inline(__always)
  init(reading start: UnsafeRawPointer, step: Int = vectorBytes) {
    self.init(UnsafeMutableRawPointer(mutating: start), step: step)
  }

  @inline(__always)
  subscript(_ index: Int) -> Vector {
    get { load(start, index &* step) }
    nonmutating set { store(start, index &* step, newValue) }
  }

  /// The line without its first vectors.
  @inline(__always)
  func dropping(_ count: Int) -> VectorLine { VectorLine(start + count &* step, step: step) }

  /// Every `count`-th vector, from the first on.
  @inline(__always)
  func every(_ count: Int) -> VectorLine { VectorLine(start, step: count &* step) }

  /// Stores the first four vectors.
  @inline(__always)
  func put(_ four: FourVectors) {
    self[0] = four.0
    self[1] = four.1
    self[2] = four.2
    self[3] = four.3
  }
}

/// Four outputs, or four taps.
typealias FourVectors = (Vector, Vector, Vector, Vector)

/// Vectors in memory by row and column: the pixels of a tile, or its points.
struct VectorGrid {
  let start: UnsafeMutableRawPointer
  /// Bytes from one row to the next, and from one column to the next.
  let rowStep, columnStep: Int

  /// Rows that lie `rowStep` bytes apart; columns follow one another by default.
  @inline(__always)
  init(_ start: UnsafeMutableRawPointer, rowStep: Int, columnStep: Int = vectorBytes) {
    (self.start, self.rowStep, self.columnStep) = (start, rowStep, columnStep)
  }

  /// Rows to be read.
  @inline(__always)
  init(reading start: UnsafeRawPointer, rowStep: Int, columnStep: Int = vectorBytes) {
    self.init(
      UnsafeMutableRawPointer(mutating: start), rowStep: rowStep, columnStep: columnStep)
  }

  /// A dense grid of `columns` columns.
  @inline(__always)
  init(_ start: UnsafeMutableRawPointer, columns: Int) {
    self.init(start, rowStep: columns &* vectorBytes)
  }

  @inline(__always)
  subscript(_ row: Int, _ column: Int) -> Vector {
    get { load(start, row &* rowStep &+ column &* columnStep) }
    nonmutating set { store(start, row &* rowStep &+ column &* columnStep, newValue) }
  }

  @inline(__always)
  func row(_ index: Int) -> VectorLine {
    VectorLine(start + index &* rowStep, step: columnStep)
  }

  @inline(__always)
  func column(_ index: Int) -> VectorLine {
    VectorLine(start + index &* columnStep, step: rowStep)
  }

  /// The grid without its first columns.
  @inline(__always)
  func droppingColumns(_ count: Int) -> VectorGrid {
    VectorGrid(start + count &* columnStep, rowStep: rowStep, columnStep: columnStep)
  }

  /// The grid without its first rows.
  @inline(__always)
  func droppingRows(_ count: Int) -> VectorGrid {
    VectorGrid(start + count &* rowStep, rowStep: rowStep, columnStep: columnStep)
  }

  /// Every `count`-th row, from the first on.
  @inline(__always)
  func everyRow(_ count: Int) -> VectorGrid {
    VectorGrid(start, rowStep: count &* rowStep, columnStep: columnStep)
  }
}
