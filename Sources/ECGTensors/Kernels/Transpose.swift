// A 16 x 16 block of floats turned.

/// d[j][i] = s[i][j] for sixteen rows of sixteen; strides in bytes.
@inline(__always)
func transpose16(
  _ s: UnsafeRawPointer, _ from: Int, _ d: UnsafeMutableRawPointer, _ to: Int
) {
  for j in 0..<16 {
    var column = Vector()
    for i in 0..<16 {
      column[i] = s.load(fromByteOffset: i &* from &+ j &* 4, as: Float.self)
    }
    store(d, j &* to, column)
  }
}
