// The one-dimensional transforms of Winograd's F(4, 3) and F(3, 4); two dimensions nest them.

/// Winograd's minimal filtering with tiles of 4 x 4 outputs from 6 x 6 inputs.
///
/// y = A^T [(G g) . (B^T d)] makes four outputs of a three-tap filter from six inputs with six
/// products instead of twelve. The points are 0, +-3/4, +-3/2 and infinity: the operation count of
/// the usual 0, +-1, +-2 with half their error, and every constant is exact in binary.
/// - Source: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.
enum WinogradTransform {
  /// Outputs a side.
  static let tile = 4
  /// Inputs a side.
  static let size = 6
  /// Products a tile.
  static let points = 36

  /// B^T d: six inputs to six points.
  ///
  /// ```
  ///        81/64     0  -45/16      0  1  0
  ///            0 -27/16   -9/4    3/4  1  0
  /// B^T =      0  27/16   -9/4   -3/4  1  0
  ///            0 -27/32  -9/16    3/2  1  0
  ///            0  27/32  -9/16   -3/2  1  0
  ///            0  81/64      0 -45/16  0  1
  /// ```
  @inline(__always)
  static func input(_ d: VectorLine, to t: VectorLine) {
    let (d0, d1, d2, d3, d4, d5) = (d[0], d[1], d[2], d[3], d[4], d[5])
    let a = multiplyAdd(d4, d2, -2.25)
    let b = multiplyAdd(d3, d1, -2.25)
    let c = multiplyAdd(d4, d2, -0.5625)
    let e = multiplyAdd(d3, d1, -0.5625)
    t[0] = multiplyAdd(multiplyAdd(d4, d2, -2.8125), d0, 1.265625)
    t[1] = multiplyAdd(a, b, 0.75)
    t[2] = multiplyAdd(a, b, -0.75)
    t[3] = multiplyAdd(c, e, 1.5)
    t[4] = multiplyAdd(c, e, -1.5)
    t[5] = multiplyAdd(multiplyAdd(d5, d3, -2.8125), d1, 1.265625)
  }

  /// A^T m: six products to four outputs.
  ///
  /// ```
  ///        1      1      1     1      1  0
  /// A^T =  0    3/4   -3/4   3/2   -3/2  0
  ///        0   9/16   9/16   9/4    9/4  0
  ///        0  27/64 -27/64  27/8  -27/8  1
  /// ```
  @inline(__always)
  static func output(_ m: VectorLine) -> FourVectors {
    let (m1, m2, m3, m4) = (m[1], m[2], m[3], m[4])
    let p = m1 + m2
    let q = m1 - m2
    let r = m3 + m4
    let t = m3 - m4
    return (
      m[0] + p + r,
      multiplyAdd(q * 0.75, t, 1.5),
      multiplyAdd(p * 0.5625, r, 2.25),
      multiplyAdd(multiplyAdd(m[5], q, 0.421875), t, 3.375)
    )
  }

  /// A y: four output gradients to six points, by the transpose of ``output(_:)``'s matrix.
  @inline(__always)
  static func gradient(_ y: VectorLine, to t: VectorLine) {
    let (y0, y1, y2, y3) = (y[0], y[1], y[2], y[3])
    let a = multiplyAdd(y0, y2, 0.5625)
    let b = multiplyAdd(y1 * 0.75, y3, 0.421875)
    let c = multiplyAdd(y0, y2, 2.25)
    let e = multiplyAdd(y1 * 1.5, y3, 3.375)
    t[0] = y0
    t[1] = a + b
    t[2] = a - b
    t[3] = c + e
    t[4] = c - e
    t[5] = y3
  }

  private static let u: Float = Float(1 / (2 * 0.5625 * (0.5625 - 2.25)))
  private static let v: Float = Float(1 / (2 * 2.25 * (2.25 - 0.5625)))

  /// G g: three weights to six points.
  ///
  /// ```
  ///      64/81    0         0
  ///          u    u 3/4     u 9/16      u = -128/243
  /// G =      u   -u 3/4     u 9/16
  ///          v    v 3/2     v 9/4       v =   32/243
  ///          v   -v 3/2     v 9/4
  ///          0    0         1
  /// ```
  @inline(__always)
  static func weights(_ g: VectorLine, to t: VectorLine) {
    let (g0, g1, g2) = (g[0], g[1], g[2])
    let a = multiplyAdd(g0, g2, 0.5625) * u
    let b = g1 * (0.75 * u)
    let c = multiplyAdd(g0, g2, 2.25) * v
    let e = g1 * (1.5 * v)
    t[0] = g0 * Float(1 / 1.265625)
    t[1] = a + b
    t[2] = a - b
    t[3] = c + e
    t[4] = c - e
    t[5] = g2
  }

  /// G^T s: six points to three weights, the end of a weight gradient, by the transpose of
  /// ``weights(_:to:)``'s matrix.
  @inline(__always)
  static func weightGradient(_ s: VectorLine, to t: VectorLine) {
    let (a, b, c, e) = (s[1], s[2], s[3], s[4])
    let p = (a + b) * u
    let q = (c + e) * v
    t[0] = multiplyAdd(p + q, s[0], Float(1 / 1.265625))
    t[1] = multiplyAdd((a - b) * (0.75 * u), c - e, 1.5 * v)
    t[2] = multiplyAdd(multiplyAdd(s[5], p, 0.5625), q, 2.25)
  }
}
