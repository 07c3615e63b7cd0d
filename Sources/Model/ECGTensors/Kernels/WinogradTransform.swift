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

  /// B^T d: six inputs, `from` bytes apart, to six, `to` bytes apart.
  @inline(__always)
  static func input(_ s: UnsafeRawPointer, _ from: Int, _ d: UnsafeMutableRawPointer, _ to: Int) {
    let d0 = load(s, 0)
    let d1 = load(s, from)
    let d2 = load(s, 2 &* from)
    let d3 = load(s, 3 &* from)
    let d4 = load(s, 4 &* from)
    let d5 = load(s, 5 &* from)
    let a = multiplyAdd(d4, d2, -2.25)
    let b = multiplyAdd(d3, d1, -2.25)
    let c = multiplyAdd(d4, d2, -0.5625)
    let e = multiplyAdd(d3, d1, -0.5625)
    store(d, 0, multiplyAdd(multiplyAdd(d4, d2, -2.8125), d0, 1.265625))
    store(d, to, multiplyAdd(a, b, 0.75))
    store(d, 2 &* to, multiplyAdd(a, b, -0.75))
    store(d, 3 &* to, multiplyAdd(c, e, 1.5))
    store(d, 4 &* to, multiplyAdd(c, e, -1.5))
    store(d, 5 &* to, multiplyAdd(multiplyAdd(d5, d3, -2.8125), d1, 1.265625))
  }

  /// A^T m: six products to four outputs.
  @inline(__always)
  static func output(_ s: UnsafeRawPointer, _ from: Int, _ d: UnsafeMutableRawPointer, _ to: Int) {
    let m1 = load(s, from)
    let m2 = load(s, 2 &* from)
    let m3 = load(s, 3 &* from)
    let m4 = load(s, 4 &* from)
    let p = m1 + m2
    let q = m1 - m2
    let r = m3 + m4
    let t = m3 - m4
    store(d, 0, load(s, 0) + p + r)
    store(d, to, multiplyAdd(q * 0.75, t, 1.5))
    store(d, 2 &* to, multiplyAdd(p * 0.5625, r, 2.25))
    store(d, 3 &* to, multiplyAdd(multiplyAdd(load(s, 5 &* from), q, 0.421875), t, 3.375))
  }

  /// A y: four output gradients to six.
  @inline(__always)
  static func gradient(
    _ s: UnsafeRawPointer, _ from: Int, _ d: UnsafeMutableRawPointer, _ to: Int
  ) {
    let y0 = load(s, 0)
    let y1 = load(s, from)
    let y2 = load(s, 2 &* from)
    let y3 = load(s, 3 &* from)
    let a = multiplyAdd(y0, y2, 0.5625)
    let b = multiplyAdd(y1 * 0.75, y3, 0.421875)
    let c = multiplyAdd(y0, y2, 2.25)
    let e = multiplyAdd(y1 * 1.5, y3, 3.375)
    store(d, 0, y0)
    store(d, to, a + b)
    store(d, 2 &* to, a - b)
    store(d, 3 &* to, c + e)
    store(d, 4 &* to, c - e)
    store(d, 5 &* to, y3)
  }

  private static let u: Float = Float(1 / (2 * 0.5625 * (0.5625 - 2.25)))
  private static let v: Float = Float(1 / (2 * 2.25 * (2.25 - 0.5625)))

  /// G g: three weights to six.
  @inline(__always)
  static func weights(_ s: UnsafeRawPointer, _ from: Int, _ d: UnsafeMutableRawPointer, _ to: Int) {
    let g0 = load(s, 0)
    let g1 = load(s, from)
    let g2 = load(s, 2 &* from)
    let a = multiplyAdd(g0, g2, 0.5625) * u
    let b = g1 * (0.75 * u)
    let c = multiplyAdd(g0, g2, 2.25) * v
    let e = g1 * (1.5 * v)
    store(d, 0, g0 * Float(1 / 1.265625))
    store(d, to, a + b)
    store(d, 2 &* to, a - b)
    store(d, 3 &* to, c + e)
    store(d, 4 &* to, c - e)
    store(d, 5 &* to, g2)
  }

  /// G^T u: six to three, the end of a weight gradient.
  @inline(__always)
  static func weightGradient(
    _ s: UnsafeRawPointer, _ from: Int, _ d: UnsafeMutableRawPointer, _ to: Int
  ) {
    let a = load(s, from)
    let b = load(s, 2 &* from)
    let c = load(s, 3 &* from)
    let e = load(s, 4 &* from)
    let p = (a + b) * u
    let q = (c + e) * v
    store(d, 0, multiplyAdd(p + q, load(s, 0), Float(1 / 1.265625)))
    store(d, to, multiplyAdd((a - b) * (0.75 * u), c - e, 1.5 * v))
    store(d, 2 &* to, multiplyAdd(multiplyAdd(load(s, 5 &* from), p, 0.5625), q, 2.25))
  }
}
