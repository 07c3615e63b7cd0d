// Register-blocked products: the innermost loops of every convolution.
//
// A block of rows by 32 outputs lives in registers; each step loads two vectors of weights and
// broadcasts one input a row. `InlineArray` loops of up to eight steps are unrolled into registers
// (longer ones go to the stack), hence the halves.

@inline(__always)
func zeros<let H: Int>() -> InlineArray<H, Vector> { InlineArray(repeating: Vector(repeating: 0)) }

/// m[r][0..<32] = sum over blocks b and lanes c of x[b][r][c] u[b * 16 + c][0..<32], for 2H rows.
///
/// - Parameters:
///   - witness: Fixes H.
///   - x: Rows of 16 floats, one after the other; `xBlock` bytes from one block to the next.
///   - u: [blocks * 16][32] weights.
///   - m: Rows of 16 floats; outputs 16..<32 lie `mHalf` bytes after outputs 0..<16.
@inline(__always)
private func product<let H: Int>(
  _ witness: InlineArray<H, Vector>, _ x: UnsafeRawPointer, xBlock: Int, blocks: Int,
  _ u: UnsafeRawPointer, _ m: UnsafeMutableRawPointer, mHalf: Int
) {
  var a = witness
  var b = witness
  var c = witness
  var d = witness
  var xb = x
  var ub = u
  for _ in 0..<blocks {
    var xc = xb
    for _ in 0..<16 {
      let u0 = load(ub, 0)
      let u1 = load(ub, vectorBytes)
      for r in 0..<H {
        let v = broadcast(xc, r &* vectorBytes)
        a[r] = multiplyAdd(a[r], v, u0)
        b[r] = multiplyAdd(b[r], v, u1)
      }
      for r in 0..<H {
        let v = broadcast(xc, (r &+ H) &* vectorBytes)
        c[r] = multiplyAdd(c[r], v, u0)
        d[r] = multiplyAdd(d[r], v, u1)
      }
      ub += 2 &* vectorBytes
      xc += floatBytes
    }
    xb += xBlock
  }
  let (low, high) = (VectorLine(m), VectorLine(m + mHalf))
  for r in 0..<H { low[r] = a[r] }
  for r in 0..<H { high[r] = b[r] }
  for r in 0..<H { low[r &+ H] = c[r] }
  for r in 0..<H { high[r &+ H] = d[r] }
}

/// The product for 14 rows.
@inline(never)
func product14(
  _ x: UnsafeRawPointer, _ xBlock: Int, _ blocks: Int, _ u: UnsafeRawPointer,
  _ m: UnsafeMutableRawPointer, _ mHalf: Int
) {
  product(
    zeros() as InlineArray<7, Vector>, x, xBlock: xBlock, blocks: blocks, u, m, mHalf: mHalf)
}

/// The product for 8 rows.
@inline(never)
func product8(
  _ x: UnsafeRawPointer, _ xBlock: Int, _ blocks: Int, _ u: UnsafeRawPointer,
  _ m: UnsafeMutableRawPointer, _ mHalf: Int
) {
  product(
    zeros() as InlineArray<4, Vector>, x, xBlock: xBlock, blocks: blocks, u, m, mHalf: mHalf)
}

/// The product for 4 rows.
@inline(never)
func product4(
  _ x: UnsafeRawPointer, _ xBlock: Int, _ blocks: Int, _ u: UnsafeRawPointer,
  _ m: UnsafeMutableRawPointer, _ mHalf: Int
) {
  product(
    zeros() as InlineArray<2, Vector>, x, xBlock: xBlock, blocks: blocks, u, m, mHalf: mHalf)
}

/// The product for 4, 8 or 14 rows that lie together: a row's sums do not depend on the choice.
@inline(__always)
func product(
  rows: Int, _ x: UnsafeRawPointer, _ blocks: Int, _ u: UnsafeRawPointer,
  _ m: UnsafeMutableRawPointer
) {
  let half = rows &* vectorBytes
  switch rows {
  case 14: product14(x, half, blocks, u, m, half)
  case 8: product8(x, half, blocks, u, m, half)
  default: product4(x, half, blocks, u, m, half)
  }
}

/// Outer products: g[0..<8][0..<32] += sum over t of x[t][0..<8] y[t][0..<32].
///
/// - Parameters:
///   - x: Where the eight floats of a step lie, by row and step.
///   - y: Where sixteen floats of a step lie, by row and step; sixteen more lie `yHalf` bytes on.
///   - rows: Rows of `steps` steps each.
///   - g: [8][32] sums, added to.
@inline(__always)
func outerProduct8(
  _ x: VectorGrid, _ y: VectorGrid, yHalf: Int, rows: Int, steps: Int,
  _ g: UnsafeMutableRawPointer
) {
  let low = VectorLine(g, step: 2 &* vectorBytes)
  let high = VectorLine(g + vectorBytes, step: 2 &* vectorBytes)
  var a: InlineArray<8, Vector> = zeros()
  var b: InlineArray<8, Vector> = zeros()
  for r in 0..<8 { a[r] = low[r] }
  for r in 0..<8 { b[r] = high[r] }
  var x0 = x.start
  var y0 = y.start
  for _ in 0..<rows {
    var xp = x0
    var yp = y0
    for _ in 0..<steps {
      let v0 = load(yp, 0)
      let v1 = load(yp, yHalf)
      for r in 0..<8 {
        let v = broadcast(xp, r &* floatBytes)
        a[r] = multiplyAdd(a[r], v, v0)
        b[r] = multiplyAdd(b[r], v, v1)
      }
      xp += x.columnStep
      yp += y.columnStep
    }
    x0 += x.rowStep
    y0 += y.rowStep
  }
  for r in 0..<8 { low[r] = a[r] }
  for r in 0..<8 { high[r] = b[r] }
}
