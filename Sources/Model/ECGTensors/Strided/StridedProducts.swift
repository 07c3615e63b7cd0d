// Register-blocked sums of several matrix products, for strided convolutions.

/// m[r][0..<32] = sum over terms, blocks and lanes of x[r] u, for H rows.
///
/// - Parameters:
///   - witness: Fixes H.
///   - product: The terms; its result is not looked at.
///   - x: A term's rows of 16 floats, one after the other, a block after the other.
///   - u: A term's [blocks * 16][32] weights.
///   - m: Rows of 16 floats; outputs 16..<32 lie H rows after outputs 0..<16.
@inline(__always)
private func stridedProduct<let H: Int>(
  _ witness: InlineArray<H, Vector>, _ product: borrowing StridedProduct, _ x: UnsafeRawPointer,
  _ blocks: Int, _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer
) {
  var a = witness
  var b = witness
  for term in 0..<product.count {
    var xc = x + product.inputs[term]
    var uc = u + product.weights[term]
    for _ in 0..<blocks {
      for _ in 0..<16 {
        let u0 = load(uc, 0)
        let u1 = load(uc, vectorBytes)
        for r in 0..<H {
          let v = broadcast(xc, r &* vectorBytes)
          a[r] = multiplyAdd(a[r], v, u0)
          b[r] = multiplyAdd(b[r], v, u1)
        }
        uc += 2 &* vectorBytes
        xc += floatBytes
      }
      xc += (H &- 1) &* vectorBytes
    }
  }
  let results = VectorLine(m)
  for r in 0..<H { results[r] = a[r] }
  for r in 0..<H { results[H &+ r] = b[r] }
}

/// The product for eight rows.
@inline(never)
func stridedProduct8(
  _ product: borrowing StridedProduct, _ x: UnsafeRawPointer, _ blocks: Int,
  _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer
) {
  stridedProduct(zeros() as InlineArray<8, Vector>, product, x, blocks, u, m)
}

/// The product for four rows; a row's sums are the same.
@inline(never)
func stridedProduct4(
  _ product: borrowing StridedProduct, _ x: UnsafeRawPointer, _ blocks: Int,
  _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer
) {
  stridedProduct(zeros() as InlineArray<4, Vector>, product, x, blocks, u, m)
}

/// g[0..<16][0..<32] += sum over tiles t of x[t][0..<16] y[t][0..<32].
///
/// The tiles are summed before they are added to g, which rounds less than one long sum.
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
    var a: InlineArray<8, Vector> = zeros()
    var b: InlineArray<8, Vector> = zeros()
    var xp = x + half &* vectorBytes / 2
    var yp = y
    for _ in 0..<tiles {
      let v0 = load(yp, 0)
      let v1 = load(yp, yHalf)
      for r in 0..<8 {
        let v = broadcast(xp, r &* floatBytes)
        a[r] = multiplyAdd(a[r], v, v0)
        b[r] = multiplyAdd(b[r], v, v1)
      }
      xp += vectorBytes
      yp += vectorBytes
    }
    let to = VectorGrid(g + half &* 16 &* vectorBytes, columns: 2)
    for r in 0..<8 { to[r, 0] += a[r] }
    for r in 0..<8 { to[r, 1] += b[r] }
  }
}
