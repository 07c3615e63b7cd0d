// Sixteen floats at once: loads, stores and the few operations that compile to one instruction.

import CProcessor

/// Sixteen channels of one pixel: one AVX-512 register, two AVX2 registers.
typealias Vector = SIMD16<Float>

/// Bytes of a ``Vector``.
let vectorBytes = 64
/// Bytes of a float.
let floatBytes = 4

@inline(__always)
func load(_ pointer: UnsafeRawPointer, _ byteOffset: Int) -> Vector {
  pointer.load(fromByteOffset: byteOffset, as: Vector.self)
}

@inline(__always)
func store(_ pointer: UnsafeMutableRawPointer, _ byteOffset: Int, _ value: Vector) {
  pointer.storeBytes(of: value, toByteOffset: byteOffset, as: Vector.self)
}

/// One float in all lanes.
@inline(__always)
func broadcast(_ pointer: UnsafeRawPointer, _ byteOffset: Int) -> Vector {
  Vector(repeating: pointer.load(fromByteOffset: byteOffset, as: Float.self))
}

/// a + x y, as the target does it best; the compiler never contracts `a + x * y` by itself.
@inline(__always)
func multiplyAdd(_ a: Vector, _ x: Vector, _ y: Vector) -> Vector {
  var (sum, x, y) = (a, x, y)
  ecg_add_product(&sum, &x, &y)
  return sum
}

@inline(__always)
func multiplyAdd(_ a: Vector, _ x: Vector, _ y: Float) -> Vector {
  multiplyAdd(a, x, Vector(repeating: y))
}

/// The larger of both by lane; `pointwiseMax` would go through the stack lane by lane.
@inline(__always)
func larger(_ a: Vector, _ b: Vector) -> Vector { a.replacing(with: b, where: b .> a) }

/// x where x > 0, slope x elsewhere: slope 0 is ReLU, 1 the identity.
@inline(__always)
func leaky(_ x: Vector, _ slope: Vector) -> Vector {
  x.replacing(with: x * slope, where: x .<= Vector(repeating: 0))
}

/// 1 / sqrt(x) to about 1e-7 relative, finite at 0: three Newton steps from the integer estimate.
///
/// `squareRoot()` would call the library lane by lane.
@inline(__always)
func inverseRoot(_ x: Vector) -> Vector {
  let estimate =
    SIMD16<Int32>(repeating: 0x5F37_59DF) &- (unsafeBitCast(x, to: SIMD16<Int32>.self) &>> 1)
  let half = x * -0.5
  let k = Vector(repeating: 1.5)
  var y = unsafeBitCast(estimate, to: Vector.self)
  y *= multiplyAdd(k, half * y, y)
  y *= multiplyAdd(k, half * y, y)
  y *= multiplyAdd(k, half * y, y)
  return y
}
