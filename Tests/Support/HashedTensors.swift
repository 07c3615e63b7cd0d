// Numbers from one integer hash, the same bits here and in `Tests/Reference/hashed.py`.

/// The hash: element `index` of the numbers called `name`.
///
/// FNV-1a (64 bits) of the name's UTF-8 is the state of a SplitMix64 generator; the element is that
/// generator's output number `index`.
public struct HashStream: Sendable {
  private let key: UInt64

  /// The numbers called `name`.
  public init(_ name: String) {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { key = (key ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.key = key
  }

  /// The 64 bits of one element.
  public subscript(index: Int) -> UInt64 {
    var z = key &+ UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The element as a multiple of 2^-23 in [-1, 1), from its upper 24 bits.
  public func unit(_ index: Int) -> Float {
    Float(Int(self[index] >> 40) - (1 << 23)) * 0x1p-23
  }
}

/// `offset + scale * u` for `count` uniform numbers u in [-1, 1); two roundings to float32.
public func hashedValues(
  name: String, count: Int, scale: Float = 1, offset: Float = 0
) -> [Float] {
  let stream = HashStream(name)
  return (0..<count).map { index in
    let scaled = scale * stream.unit(index)
    return offset + scaled
  }
}

/// The numbers of a tensor, row-major.
public func hashedTensor(
  name: String, shape: [Int], scale: Float = 1, offset: Float = 0
) -> [Float] {
  hashedValues(name: name, count: shape.reduce(1, *), scale: scale, offset: offset)
}

/// A network's tensor by its PyTorch name, parameters and buffers alike.
///
/// Two and more dimensions: He's uniform bound sqrt(6 / fan-in). Else by the last part of the name:
/// `weight` and `running_var` about 1, `num_batches_tracked` 0, everything else within 0.1 of 0.
public func hashedParameter(name: String, shape: [Int]) -> [Float] {
  if shape.count > 1 {
    let fanIn = shape.dropFirst().reduce(1, *)
    return hashedTensor(
      name: name, shape: shape, scale: Float((6 / Double(fanIn)).squareRoot()))
  }
  if name.hasSuffix("num_batches_tracked") {
    return [Float](repeating: 0, count: shape.reduce(1, *))
  }
  let aboutOne = name.hasSuffix("weight") || name.hasSuffix("running_var")
  return hashedTensor(name: name, shape: shape, scale: 0.1, offset: aboutOne ? 1 : 0)
}

/// Images of [count][3][side][side]: 1.5 x a number for each 8 x 8 block + 0.5 x one for each pixel.
public func hashedImages(name: String, count: Int, side: Int) -> [Float] {
  let blocks = (side + 7) / 8
  let coarse = HashStream(name + ".coarse")
  let fine = HashStream(name + ".fine")
  var values = [Float]()
  values.reserveCapacity(count * 3 * side * side)
  for plane in 0..<count * 3 {
    for y in 0..<side {
      for x in 0..<side {
        let block = 1.5 * coarse.unit((plane * blocks + y / 8) * blocks + x / 8)
        let pixel = 0.5 * fine.unit((plane * side + y) * side + x)
        values.append(block + pixel)
      }
    }
  }
  return values
}

/// Labels 0..<4, from the upper two bits.
public func hashedLabels(name: String, count: Int) -> [Int] {
  let stream = HashStream(name)
  return (0..<count).map { Int(stream[$0] >> 62) }
}

/// A tensor as fixtures describe it: its numbers follow from name, shape, scale and offset.
public struct HashedTensor: Codable, Equatable, Sendable {
  /// What the hash is of.
  public let name: String
  /// The extents, slowest first.
  public let shape: [Int]
  /// The factor of the uniform numbers.
  public let scale: Float
  /// What is added to them.
  public let offset: Float

  /// The numbers, row-major.
  public var values: [Float] {
    hashedTensor(name: name, shape: shape, scale: scale, offset: offset)
  }
}
