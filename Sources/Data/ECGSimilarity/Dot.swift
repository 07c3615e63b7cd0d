// Sums over the values of two fingerprints, in an order that depends on the length alone.

/// The sum of products, in an order that depends on the length alone.
func dot(_ a: [Float], _ b: [Float]) -> Float { dot(a[...], b[...], min(a.count, b.count)) }

/// The same of the first `count` values of two slices.
func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>, _ count: Int) -> Float {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      dot(UnsafeBufferPointer(rebasing: a[..<count]), UnsafeBufferPointer(rebasing: b[..<count]))
    }
  }
}

/// The same of two buffers of one length.
func dot(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
  let count = min(a.count, b.count)
  let (from, to) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
  var sums = SIMD16<Float>(repeating: 0)
  var at = 0
  while at + 16 <= count {
    let offset = at * MemoryLayout<Float>.stride
    sums +=
      from.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
      * to.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
    at += 16
  }
  var sum = sums.sum()
  while at < count {
    sum += a[at] * b[at]
    at += 1
  }
  return sum
}

/// Whether the squared distance of two lists of one length is above a limit; most are told to be from
/// their first values.
func isFarther(_ a: [Float], _ b: [Float], than limit: Float) -> Bool {
  a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      let (part, width) = (256, 16)
      let stride = MemoryLayout<Float>.stride
      let count = min(a.count, b.count) / stride
      var distance: Float = 0
      // The last few values of a list that no part holds are left to who compares in full.
      for start in Swift.stride(from: 0, to: count - width + 1, by: part) {
        var sums = SIMD16<Float>(repeating: 0)
        for at in Swift.stride(
          from: start, to: min(start + part, count - width + 1), by: width)
        {
          let difference =
            a.loadUnaligned(fromByteOffset: at * stride, as: SIMD16<Float>.self)
            - b.loadUnaligned(fromByteOffset: at * stride, as: SIMD16<Float>.self)
          sums += difference * difference
        }
        distance += sums.sum()
        if distance > limit { return true }
      }
      return false
    }
  }
}
