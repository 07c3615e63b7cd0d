// What a fixture keeps of a tensor: enough to judge a relative distance without all its elements.

/// The norm, eight projections on vectors of signs, and all or some elements of a tensor.
///
/// A projection of an error on independent signs has the error's norm as its standard deviation, so
/// the projections see every element; the kept elements catch errors in few places.
public struct TensorSketch: Codable, Sendable {
  /// The Euclidean norm.
  public let norm: Double
  /// Sums of the elements times signs; sign k of element i is bit 63 - k of hash `NAME.signs`[i].
  public let projections: [Double]
  /// How many elements the tensor has.
  public let count: Int
  /// All elements if there are `count` of them, else those at `indices(name:)`; may be empty.
  public let values: [Double]

  /// Where the kept elements of the tensor called `name` lie.
  public func indices(name: String) -> [Int] {
    if values.count == count { return Array(0..<count) }
    let stream = HashStream(name + ".sample")
    return (0..<values.count).map { Int(((stream[$0] >> 32) * UInt64(count)) >> 32) }
  }

  /// How far `tensor` is from the one sketched, relative to its norm.
  ///
  /// The largest of three figures: of the norms, of the projections (root mean square), and of the
  /// kept elements, whose share of the norm is taken as at least that of their number.
  /// Infinite if a number is not finite or the numbers of elements differ.
  public func relativeDistance(to tensor: some RandomAccessCollection<Float>, name: String)
    -> Double
  {
    guard tensor.count == count, norm > 0 else { return .infinity }
    let tensor = ContiguousArray(tensor)
    let signs = HashStream(name + ".signs")
    var square = 0.0
    var sums = [Double](repeating: 0, count: projections.count)
    for (index, element) in tensor.enumerated() {
      let value = Double(element)
      let bits = signs[index]
      square += value * value
      for k in sums.indices { sums[k] += bits >> UInt64(63 - k) & 1 == 0 ? value : -value }
    }
    var ofProjections = 0.0
    for (sum, expected) in zip(sums, projections) {
      ofProjections += (sum - expected) * (sum - expected)
    }
    var ofElements = 0.0
    var kept = 0.0
    for (index, expected) in zip(indices(name: name), values) {
      let difference = Double(tensor[index]) - expected
      ofElements += difference * difference
      kept += expected * expected
    }
    let share = norm * norm * Double(values.count) / Double(count)
    let distance = max(
      abs(square.squareRoot() - norm) / norm,
      (ofProjections / Double(max(1, projections.count))).squareRoot() / norm,
      values.isEmpty ? 0 : (ofElements / max(kept, share)).squareRoot())
    return square.isFinite ? distance : .infinity
  }
}
