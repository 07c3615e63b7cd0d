// Eight pixels anywhere by thirty-two outputs: the block of the direct convolutions.

/// Where eight pixels are read and written, in bytes.
struct PixelBlock {
  var from: InlineArray<8, Int> = InlineArray(repeating: 0)
  var to: InlineArray<8, Int> = InlineArray(repeating: 0)
  /// How many of the eight count; the others repeat a valid place and are not written.
  var valid = 0
}

/// tile[r][0..<32] = bias + sum over taps t and lanes c of x[from[r] + taps[t]][c] u[t * 16 + c].
///
/// The sums go to a small tile first: a loop with conditions over registers would put them on the
/// stack in every step.
@inline(never)
func pixelProduct(
  _ x: UnsafeRawPointer, _ block: borrowing PixelBlock, taps: UnsafePointer<Int>, count: Int,
  _ u: UnsafeRawPointer, bias: UnsafeRawPointer?, tile: UnsafeMutableRawPointer
) {
  let zero = Vector(repeating: 0)
  let bias0 = bias.map { load($0, 0) } ?? zero
  let bias1 = bias.map { load($0, vectorBytes) } ?? zero
  var a: InlineArray<8, Vector> = InlineArray(repeating: bias0)
  var b: InlineArray<8, Vector> = InlineArray(repeating: bias1)
  let from = block.from
  var ub = u
  for t in 0..<count {
    var xc = x + taps[t]
    for _ in 0..<16 {
      let u0 = load(ub, 0)
      let u1 = load(ub, vectorBytes)
      for r in 0..<8 {
        let v = broadcast(xc, from[r])
        a[r] = multiplyAdd(a[r], v, u0)
        b[r] = multiplyAdd(b[r], v, u1)
      }
      ub += 2 &* vectorBytes
      xc += floatBytes
    }
  }
  let results = VectorGrid(tile, columns: 2)
  for r in 0..<8 { results[r, 0] = a[r] }
  for r in 0..<8 { results[r, 1] = b[r] }
}

/// The tile's rows to their places, with the residual from the same place, behind the activation.
@inline(__always)
func scatter(
  _ tile: UnsafeMutableRawPointer, _ block: borrowing PixelBlock, into target: PanelTarget,
  _ epilogue: Epilogue
) {
  let s = Vector(repeating: epilogue.slope)
  let rows = VectorGrid(tile, columns: 2)
  for r in 0..<block.valid {
    for half in 0..<target.halves {
      let place = block.to[r] + half * target.view.planeBytes
      var value = rows[r, half]
      if let residual = epilogue.residual { value += load(residual, place) }
      store(target.view.start, place, leaky(value, s))
    }
  }
}
