// The one-dimensional transforms of the stem's two phases, F(4, 4) and F(4, 3).

/// Four outputs of y[i] = sum over k of w[k] x[2i + k - 3], k in 0..<7, with 13 instead of 28 products.
///
/// The pixels d[s] = x[2i - 3 + 2s] meet the taps 0, 2, 4, 6, the pixels x[2i - 2 + 2s] the taps 1, 3
/// and 5: two filters with stride 1, of four taps and of three. Toom and Cook's products for both use
/// the points +-1/4, +-1, +-2, and the longer one infinity too, so that both phases are added before
/// one inverse transform. All constants are exact in binary; these points have the smallest error
/// among those of few bits, 0.9e-6 in two dimensions (`scripts/kernel-errors 2`).
enum StemTransform {
  /// Points of the four-tap phase; the last is infinity, which the three-tap phase lacks.
  @inline(__always) static var points: Int { 7 }
  /// Points of the three-tap phase.
  @inline(__always) static var shortPoints: Int { 6 }
  /// Pixels a side of a tile of 4 x 4 outputs.
  @inline(__always) static var pixels: Int { 13 }
  /// Taps of the first phase.
  @inline(__always) static var taps: Int { 4 }

  /// What seven points hold of sixteen tiles or channels.
  typealias Seven = InlineArray<7, Vector>
  /// B^T d at the six finite points, for either phase.
  ///
  /// ```
  ///          1    4 -5/4     -5  1/4  1
  ///         -1    4  5/4     -5 -1/4  1
  /// B^T =  1/4  1/4 -65/16 -65/16  1  1
  ///       -1/4  1/4  65/16 -65/16 -1  1
  ///        1/8 1/16 -17/8  -17/16  2  1
  ///       -1/8 1/16  17/8  -17/16 -2  1
  /// ```
  @inline(__always)
  static func finite(
    _ d0: Vector, _ d1: Vector, _ d2: Vector, _ d3: Vector, _ d4: Vector, _ d5: Vector,
    to t: VectorLine
  ) {
    let a = multiplyAdd(multiplyAdd(d4, d2, -5), d0, 4)
    let b = multiplyAdd(multiplyAdd(d5, d3, -5), d1, 4)
    t[0] = multiplyAdd(b, a, 0.25)
    t[1] = multiplyAdd(b, a, -0.25)
    let c = multiplyAdd(multiplyAdd(d4, d2, -4.0625), d0, 0.25)
    let e = multiplyAdd(multiplyAdd(d5, d3, -4.0625), d1, 0.25)
    t[2] = e + c
    t[3] = e - c
    let f = multiplyAdd(multiplyAdd(d4, d2, -1.0625), d0, 0.0625)
    let g = multiplyAdd(multiplyAdd(d5, d3, -1.0625), d1, 0.0625)
    t[4] = multiplyAdd(g, f, 2)
    t[5] = multiplyAdd(g, f, -2)
  }

  /// B^T d at infinity: (-1/4, 0, 69/16, 0, -81/16, 0, 1).
  @inline(__always)
  static func infinite(_ d0: Vector, _ d2: Vector, _ d4: Vector, _ d6: Vector) -> Vector {
    multiplyAdd(multiplyAdd(multiplyAdd(d6, d4, -5.0625), d2, 4.3125), d0, -0.25)
  }

  /// A^T m: seven products to four outputs.
  ///
  /// ```
  ///         1     1    1  1  1  1  0
  /// A^T =  1/4  -1/4   1 -1  2 -2  0
  ///        1/16  1/16  1  1  4  4  0
  ///        1/64 -1/64  1 -1  8 -8  1
  /// ```
  @inline(__always)
  static func output(
    _ m0: Vector, _ m1: Vector, _ m2: Vector, _ m3: Vector, _ m4: Vector, _ m5: Vector,
    _ m6: Vector
  ) -> FourVectors {
    let (p, r, t) = (m0 + m1, m2 + m3, m4 + m5)
    let (q, s, u) = (m0 - m1, m2 - m3, m4 - m5)
    return (
      p + r + t,
      multiplyAdd(multiplyAdd(s, q, 0.25), u, 2),
      multiplyAdd(multiplyAdd(r, p, 0.0625), t, 4),
      multiplyAdd(multiplyAdd(s + m6, q, 0.015625), u, 8)
    )
  }

  /// A y: four output gradients to seven points, by the transpose of
  /// ``output(_:_:_:_:_:_:_:)``'s matrix.
  @inline(__always)
  static func gradient(
    _ y0: Vector, _ y1: Vector, _ y2: Vector, _ y3: Vector, to t: VectorLine
  ) {
    let a = multiplyAdd(y0, y2, 0.0625)
    let b = multiplyAdd(y1, y3, 0.0625)
    t[0] = multiplyAdd(a, b, 0.25)
    t[1] = multiplyAdd(a, b, -0.25)
    let c = y0 + y2
    let e = y1 + y3
    t[2] = c + e
    t[3] = c - e
    let f = multiplyAdd(y0, y2, 4)
    let g = multiplyAdd(y1, y3, 4)
    t[4] = multiplyAdd(f, g, 2)
    t[5] = multiplyAdd(f, g, -2)
    t[6] = y3
  }

  /// One of the seven points, as a row of A.
  struct RowPoint {
    private let isFinite: Bool
    private let value: Vector
    private let square: Vector

    /// Point `i`, in the order of the other transforms.
    init(_ i: Int) {
      let size: Float = i < 2 ? 0.25 : i < 4 ? 1 : 2
      isFinite = i < 6
      value = Vector(repeating: i.isMultiple(of: 2) ? size : -size)
      square = Vector(repeating: size * size)
    }

    /// Four output gradients of a column to this point.
    @inline(__always)
    func gradient(_ y: VectorLine) -> Vector {
      let y3 = y[3]
      if !isFinite { return y3 }
      let even = multiplyAdd(y[0], y[2], square)
      return multiplyAdd(even, multiplyAdd(y[1], y3, square), value)
    }
  }

  // 1 / (2 p (p^2 - q^2) (p^2 - r^2)) for a point p beside q and r.
  @inline(__always) private static var quarter: Float { 1 / 1.845703125 }
  @inline(__always) private static var one: Float { -1 / 5.625 }
  @inline(__always) private static var two: Float { 1 / 47.25 }

  /// G g: four taps to seven points; three taps have a zero for a fourth.
  ///
  /// The row of a finite point p beside q and r is s (1, p, p^2, p^3) with
  /// s = 1 / (2 p (p^2 - q^2) (p^2 - r^2)), that of infinity (0, 0, 0, 1).
  @inline(__always)
  static func weights(
    _ g0: Vector, _ g1: Vector, _ g2: Vector, _ g3: Vector, to t: VectorLine
  ) {
    let a = multiplyAdd(g0, g2, 0.0625) * quarter
    let b = multiplyAdd(g1, g3, 0.0625) * (quarter * 0.25)
    t[0] = b + a
    t[1] = b - a
    let c = (g0 + g2) * one
    let e = (g1 + g3) * one
    t[2] = e + c
    t[3] = e - c
    let f = multiplyAdd(g0, g2, 4) * two
    let g = multiplyAdd(g1, g3, 4) * (two * 2)
    t[4] = g + f
    t[5] = g - f
    t[6] = g3
  }

  /// G^T u: points to four taps if there are seven of them (`isLong`), else to three.
  @inline(__always)
  static func weightGradient(_ u: VectorLine, isLong: Bool) -> FourVectors {
    let (u0, u1, u2, u3, u4, u5) = (u[0], u[1], u[2], u[3], u[4], u[5])
    let (a, c, f) = ((u0 - u1) * quarter, (u2 - u3) * one, (u4 - u5) * two)
    let (b, e, g) = ((u0 + u1) * quarter, (u2 + u3) * one, (u4 + u5) * two)
    return (
      a + c + f,
      multiplyAdd(multiplyAdd(e, b, 0.25), g, 2),
      multiplyAdd(multiplyAdd(c, a, 0.0625), f, 4),
      isLong
        ? multiplyAdd(multiplyAdd(e + u[6], b, 0.015625), g, 8) : Vector()
    )
  }
}
