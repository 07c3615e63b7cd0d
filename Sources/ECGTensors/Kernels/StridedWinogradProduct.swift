// Register-blocked sums of several matrix products, for strided convolutions.

/// m[r][0..<32] = sum over terms, blocks and lanes of x[r] u, for 2H rows.
///
/// - Parameters:
///   - witness: Fixes H.
///   - product: The terms; its result is not looked at.
///   - x: A term's rows of 16 floats, one after the other; blocks lie 2H rows apart.
///   - u: A term's [blocks * 16][32] weights.
///   - m: Rows of 16 floats; outputs 16..<32 lie 2H rows after outputs 0..<16.
@inline(__always)
private func sum<let H: Int>(
  _ witness: InlineArray<H, Vector>, _ product: borrowing StridedProduct, _ x: UnsafeRawPointer,
  _ blocks: Int, _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer
) {
  var a = witness
  var b = witness
  var c = witness
  var d = witness
  for term in 0..<product.count {
    var xb = x + product.inputs[term]
    var ub = u + product.weights[term]
    for _ in 0..<blocks {
      var xc = xb
      for _ in 0..<16 {
        let u0 = load(ub, 0)
        let u1 = load(ub, 64)
        for r in 0..<H {
          let v = broadcast(xc, r &* 64)
          a[r] = multiplyAdd(a[r], v, u0)
          b[r] = multiplyAdd(b[r], v, u1)
        }
        for r in 0..<H {
          let v = broadcast(xc, (r &+ H) &* 64)
          c[r] = multiplyAdd(c[r], v, u0)
          d[r] = multiplyAdd(d[r], v, u1)
        }
        ub += 128
        xc += 4
      }
      xb += 2 &* H &* 64
    }
  }
  for r in 0..<H { store(m, r &* 64, a[r]) }
  for r in 0..<H { store(m, (2 &* H &+ r) &* 64, b[r]) }
  for r in 0..<H { store(m, (r &+ H) &* 64, c[r]) }
  for r in 0..<H { store(m, (3 &* H &+ r) &* 64, d[r]) }
}

/// The sum for 14 rows.
@inline(never)
func stridedProduct14(
  _ product: borrowing StridedProduct, _ x: UnsafeRawPointer, _ blocks: Int,
  _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer
) {
  sum(zeros() as InlineArray<7, Vector>, product, x, blocks, u, m)
}

/// The sum for 8 rows.
@inline(never)
func stridedProduct8(
  _ product: borrowing StridedProduct, _ x: UnsafeRawPointer, _ blocks: Int,
  _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer
) {
  sum(zeros() as InlineArray<4, Vector>, product, x, blocks, u, m)
}

/// g[0..<16][0..<32] += sum over tiles t of x[t][0..<16] y[t][0..<32].
///
/// - Parameters:
///   - x: Sixteen floats a tile.
///   - y: Sixteen floats a tile, and sixteen more `yHalf` bytes on.
@inline(never)
func stridedOuterProduct(
  _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, yHalf: Int, tiles: Int,
  _ g: UnsafeMutableRawPointer
) {
  for half in 0..<2 {
    outerProduct8(
      x + half &* 32, xStep: 64, xRow: 0, y, yStep: 64, yRow: 0, yHalf: yHalf, rows: 1,
      steps: tiles, g + half &* 1024)
  }
}
