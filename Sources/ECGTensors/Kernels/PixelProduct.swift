// Eight pixels anywhere by thirty-two outputs: the block of the direct convolutions.

/// Where eight pixels are read and written, in bytes.
struct PixelBlock {
  var from: InlineArray<8, Int> = InlineArray(repeating: 0)
  var to: InlineArray<8, Int> = InlineArray(repeating: 0)
  /// How many of the eight count; the others repeat a valid place and are not written.
  var valid = 0
}

/// y[to[r]][0..<32] = epilogue(sum over taps t and lanes c of x[from[r] + taps[t]][c] u[t * 16 + c]).
///
/// - Parameters:
///   - yHalf: Bytes from outputs 0..<16 to outputs 16..<32.
///   - halves: 1 where only outputs 0..<16 exist.
@inline(never)
func pixelProduct(
  _ x: UnsafeRawPointer, _ block: borrowing PixelBlock, taps: UnsafePointer<Int>, count: Int,
  _ u: UnsafeRawPointer, _ y: UnsafeMutableRawPointer, yHalf: Int, halves: Int,
  bias: UnsafeRawPointer?, slope: Float, accumulates: Bool
) {
  let zero = Vector(repeating: 0)
  let bias0 = bias.map { load($0, 0) } ?? zero
  let bias1 = bias.map { load($0, 64) } ?? zero
  var a: InlineArray<8, Vector> = InlineArray(repeating: bias0)
  var b: InlineArray<8, Vector> = InlineArray(repeating: bias1)
  let from = block.from
  var ub = u
  for t in 0..<count {
    var xc = x + taps[t]
    for _ in 0..<16 {
      let u0 = load(ub, 0)
      let u1 = load(ub, 64)
      for r in 0..<8 {
        let v = broadcast(xc, from[r])
        a[r] = multiplyAdd(a[r], v, u0)
        b[r] = multiplyAdd(b[r], v, u1)
      }
      ub += 128
      xc += 4
    }
  }
  let s = Vector(repeating: slope)
  let valid = block.valid
  for r in 0..<8 {
    guard r < valid else { continue }
    let out = y + block.to[r]
    var v0 = leaky(a[r], s)
    if accumulates { v0 += load(out, 0) }
    store(out, 0, v0)
    guard halves == 2 else { continue }
    var v1 = leaky(b[r], s)
    if accumulates { v1 += load(out, yHalf) }
    store(out, yHalf, v1)
  }
}
