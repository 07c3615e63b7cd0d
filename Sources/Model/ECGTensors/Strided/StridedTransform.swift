// The one-dimensional transforms of a 3-tap filter with stride 2; two dimensions nest them.

/// Four outputs of y[i] = w0 x[2i - 1] + w1 x[2i] + w2 x[2i + 1] with nine products instead of twelve.
///
/// The odd pixels d[i] = x[2i - 1] meet the two taps (w0, w2): Toom and Cook's F(4, 2) at the points
/// 0, 1, -1, infinity and `b`, five products. The even pixels e[i] = x[2i] meet the tap w1 alone;
/// their inputs are chosen so that the same A^T brings them back, with four products at the points
/// other than `b`. So both phases are added before one inverse transform.
///
/// All scale lies in the inputs: weights at a point p are w0 + p w2 (w2 at infinity) and w1, so that
/// w1 is the same for every point. Three, two and one outputs, at the end of a row, use the points
/// (0, 1, -1, infinity), (0, 1, infinity), (0, infinity) and thereby the same weights.
///
/// A position is a point's place in the order 0, 1, -1, infinity, b.
enum StridedTransform {
  /// The fifth point; 2 and -2 have the smallest errors, 1/2 half as much again in an input gradient,
  /// 3/2 as much again everywhere.
  @inline(__always) static var b: Float { 2 }
  /// Points of the two-tap phase.
  @inline(__always) static var size: Int { 5 }
  /// Points of the one-tap phase.
  @inline(__always) static var evenSize: Int { 4 }

  /// Positions that `n` outputs of the two-tap phase use.
  static func points(_ n: Int) -> [Int] {
    [[0, 3], [0, 1, 3], [0, 1, 2, 3], [0, 1, 2, 3, 4]][n - 1]
  }
  /// Positions that `n` outputs of the one-tap phase use.
  static func evenPoints(_ n: Int) -> [Int] { [[0], [0, 3], [0, 1, 2], [0, 1, 2, 3]][n - 1] }
  /// Positions that `n` even pixels of an input gradient use; the n-th is stored in place n.
  static func evenGradientPoints(_ n: Int) -> [Int] {
    [[0], [0, 1], [0, 1, 2], [0, 1, 2, 4]][n - 1]
  }

  /// Whether `n` outputs use a position of the two-tap phase.
  @inline(__always)
  static func uses(_ n: Int, _ position: Int) -> Bool {
    (n == 4 ? 0b11111 : n == 3 ? 0b01111 : n == 2 ? 0b01011 : 0b01001) >> position & 1 == 1
  }
  /// The same in the one-tap phase.
  @inline(__always)
  static func usesEven(_ n: Int, _ position: Int) -> Bool {
    (n == 4 ? 0b1111 : n == 3 ? 0b0111 : n == 2 ? 0b1001 : 0b0001) >> position & 1 == 1
  }

  // The numerators and denominators of Lagrange's polynomials for 0, 1, -1, b.
  @inline(__always) private static var v0: Float { 1 / b }
  @inline(__always) private static var v1: Float { 1 / (2 * (1 - b)) }
  @inline(__always) private static var v1b: Float { -b / (2 * (1 - b)) }
  @inline(__always) private static var v2: Float { -1 / (2 * (1 + b)) }
  @inline(__always) private static var v2b: Float { -b / (2 * (1 + b)) }
  @inline(__always) private static var vb: Float { 1 / (b * (b * b - 1)) }

  /// B^T d of the two-tap phase: n + 1 inputs to its points.
  ///
  /// ```
  ///              1 -1/2   -1  1/2  0
  ///              0    1  1/2 -1/2  0
  /// B^T (n=4) =  0 -1/3  1/2 -1/6  0
  ///              0    2   -1   -2  1
  ///              0 -1/6    0  1/6  0
  /// ```
  @inline(__always)
  static func odd(_ n: Int, _ d: VectorLine, to t: VectorLine) {
    let (d0, d1) = (d[0], d[1])
    switch n {
    case 4:
      let (d2, d3) = (d[2], d[3])
      let step = d3 - d1
      let half = d2 * 0.5
      t[0] = multiplyAdd(d0 - d2, step, v0)
      t[1] = multiplyAdd(multiplyAdd(half, d3, v1), d1, v1b)
      t[2] = multiplyAdd(multiplyAdd(half, d3, v2), d1, v2b)
      t[3] = multiplyAdd(d[4] - d2, step, -b)
      t[4] = step * vb
    case 3:
      let d2 = d[2]
      t[0] = d0 - d2
      t[1] = (d2 + d1) * 0.5
      t[2] = (d2 - d1) * 0.5
      t[3] = d[3] - d1
    case 2:
      t[0] = d0 - d1
      t[1] = d1
      t[3] = d[2] - d1
    default:
      t[0] = d0
      t[3] = d1
    }
  }

  /// The inputs of the one-tap phase: n pixels to its points.
  ///
  /// ```
  ///          1    0   -1  0
  /// (n=4) =  0  1/2  1/2  0
  ///          0 -1/2  1/2  0
  ///          0   -1    0  1
  /// ```
  @inline(__always)
  static func even(_ n: Int, _ e: VectorLine, to t: VectorLine) {
    let e0 = e[0]
    switch n {
    case 3, 4:
      let (e1, e2) = (e[1], e[2])
      t[0] = e0 - e2
      t[1] = (e2 + e1) * 0.5
      t[2] = (e2 - e1) * 0.5
      if n == 4 { t[3] = e[3] - e1 }
    case 2:
      t[0] = e0
      t[3] = e[1]
    default:
      t[0] = e0
    }
  }

  /// A y: n output gradients to the points, by the transpose of ``outputs(_:_:)``'s matrix.
  @inline(__always)
  static func gradient(_ n: Int, _ y: VectorLine, to t: VectorLine) {
    let y0 = y[0]
    t[0] = y0
    switch n {
    case 4:
      let y1 = y[1]
      let y2 = y[2]
      let y3 = y[3]
      let p = y0 + y2
      let q = y1 + y3
      t[1] = p + q
      t[2] = p - q
      t[3] = y3
      t[4] = multiplyAdd(multiplyAdd(multiplyAdd(y0, y1, b), y2, b * b), y3, b * b * b)
    case 3:
      let y1 = y[1]
      let y2 = y[2]
      let p = y0 + y2
      t[1] = p + y1
      t[2] = p - y1
      t[3] = y2
    case 2:
      let y1 = y[1]
      t[1] = y0 + y1
      t[3] = y1
    default:
      t[3] = y0
    }
  }

  /// A^T m: the points of the two-tap phase to n outputs.
  ///
  /// ```
  ///              1  1  1  0  1
  /// A^T (n=4) =  0  1 -1  0  2
  ///              0  1  1  0  4
  ///              0  1 -1  1  8
  /// ```
  @inline(__always)
  static func outputs(_ n: Int, _ m: VectorLine) -> FourVectors {
    let zero = Vector(repeating: 0)
    let m0 = m[0]
    let last = m[3]
    if n == 1 { return (m0 + last, zero, zero, zero) }
    let m1 = m[1]
    if n == 2 { return (m0 + m1, m1 + last, zero, zero) }
    let m2 = m[2]
    let p = m1 + m2
    let q = m1 - m2
    if n == 3 { return (m0 + p, q, p + last, zero) }
    let m4 = m[4]
    return (
      (m0 + m4) + p, multiplyAdd(q, m4, b), multiplyAdd(p, m4, b * b),
      multiplyAdd(q + last, m4, b * b * b)
    )
  }

  /// The same for even pixels of an input gradient, which nothing reaches from infinity: places
  /// 0, 1, 2, 3 hold the points 0, 1, -1, b.
  @inline(__always)
  static func evenOutputs(_ n: Int, _ m: VectorLine) -> FourVectors {
    let zero = Vector(repeating: 0)
    let m0 = m[0]
    if n == 1 { return (m0, zero, zero, zero) }
    let m1 = m[1]
    if n == 2 { return (m0 + m1, m1, zero, zero) }
    let m2 = m[2]
    let p = m1 + m2
    let q = m1 - m2
    if n == 3 { return (m0 + p, q, p, zero) }
    let m4 = m[3]
    return (
      (m0 + m4) + p, multiplyAdd(q, m4, b), multiplyAdd(p, m4, b * b),
      multiplyAdd(q, m4, b * b * b)
    )
  }
}
