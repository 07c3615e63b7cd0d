// A transposed block of 16 x 16 floats, in registers.

/// target[c][r] = source[r][c] for sixteen rows of sixteen floats.
///
/// Four rounds, each of which splits pairs of neighboring rows into their even and odd places: a
/// round turns the eight bits (row, lane) of an element's place right by one, four exchange them.
@inline(__always)
func transpose16(
  _ source: UnsafeRawPointer, _ sourceStride: Int, _ target: UnsafeMutableRawPointer,
  _ targetStride: Int
) {
  var low: InlineArray<8, Vector> = zeros()
  var high: InlineArray<8, Vector> = zeros()
  for i in 0..<8 { low[i] = load(source, i &* sourceStride) }
  for i in 0..<8 { high[i] = load(source, (i &+ 8) &* sourceStride) }
  for _ in 0..<4 {
    let (a, b) = (low, high)
    for i in 0..<4 {
      let first = SIMD32(lowHalf: a[2 &* i], highHalf: a[2 &* i &+ 1])
      let second = SIMD32(lowHalf: b[2 &* i], highHalf: b[2 &* i &+ 1])
      low[i] = first.evenHalf
      low[i &+ 4] = second.evenHalf
      high[i] = first.oddHalf
      high[i &+ 4] = second.oddHalf
    }
  }
  for i in 0..<8 { store(target, i &* targetStride, low[i]) }
  for i in 0..<8 { store(target, (i &+ 8) &* targetStride, high[i]) }
}
