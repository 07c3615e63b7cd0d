// PyTorch's results for single layers, and the blocked copies of their inputs.

import ECGParallel
import Foundation
import TestSupport
import Testing

@testable import ECGTensors

/// `layers.json`: each layer alone, forward and backward in float64.
struct LayerFixtures: Decodable {
  struct Settings: Decodable {
    let stride: Int?
    let padding: Int?
    let relu: Bool?
    let residual: Bool?
    let training: Bool?
    let momentum: Double?
    let output: Int?
    let slope: Float?
    let smoothing: Double?
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let kind: String
    let settings: Settings
    let labels: [Int]?
    let inputs: [String: HashedTensor]
    let float32Distance: Double
    let expected: [String: TensorSketch]
    var testDescription: String { name }

    /// An input's shape as images, channels, rows, columns.
    func shape(_ role: String) throws -> BlockedShape {
      let shape = try #require(inputs[role]).shape
      return BlockedShape(
        n: shape[0], c: shape[1], h: shape.count > 2 ? shape[2] : 1,
        w: shape.count > 3 ? shape[3] : 1)
    }

    func values(_ role: String) throws -> [Float] { try #require(inputs[role]).values }

    /// An input in the blocked layout.
    func blocked(_ role: String) throws -> FloatBuffer {
      packed(try values(role), try shape(role))
    }

    /// Holds a result to its sketch within `tolerance`.
    func check(_ role: String, _ found: [Float], within tolerance: Double = 1e-4) throws {
      let sketch = try #require(expected[role])
      let distance = sketch.relativeDistance(to: found, name: "\(name).\(role)")
      #expect(distance < tolerance, "\(name) \(role): \(distance), PyTorch's \(float32Distance)")
    }
  }

  let cases: [Case]

  static let all: [Case] = {
    let fixtures: LayerFixtures = decodedFixture("reference/layers.json")
    return fixtures.cases
  }()

  static func of(_ kind: String) -> [Case] { all.filter { $0.kind == kind } }
}

/// Zeroed memory that lives until the process ends.
///
/// An optimized build frees a buffer after its last mention, even while a kernel reads its memory.
private func kept(_ count: Int) -> FloatBuffer {
  let buffer = FloatBuffer(count: count)
  _ = Unmanaged.passRetained(buffer)
  return buffer
}

/// Planes in the blocked layout.
func packed(_ planes: [Float], _ shape: BlockedShape) -> FloatBuffer {
  let buffer = kept(shape.count)
  shape.pack(planes, into: buffer.pointer)
  return buffer
}

/// A blocked buffer as planes.
func planes(_ buffer: FloatBuffer, _ shape: BlockedShape) -> [Float] {
  var result = [Float](repeating: 0, count: shape.n * shape.c * shape.area)
  shape.unpack(buffer.pointer, into: &result)
  return result
}

/// A buffer of not-a-numbers, so that a place that is not written shows.
func unwritten(_ count: Int) -> FloatBuffer {
  let buffer = kept(count)
  buffer.pointer.update(repeating: .nan, count: count)
  return buffer
}

/// A buffer with these numbers.
func buffer(_ values: [Float], capacity: Int? = nil) -> FloatBuffer {
  let buffer = kept(capacity ?? values.count)
  buffer.pointer.update(from: values, count: values.count)
  return buffer
}

/// OIHW weights as [K/32][C/16][tap][16][32].
func arranged(_ weights: [Float], _ g: ConvolutionGeometry) -> FloatBuffer {
  let buffer = kept(g.weightCount)
  for (index, value) in weights.enumerated() {
    let (o, rest) = (index / (g.c * g.taps), index % (g.c * g.taps))
    buffer.pointer[g.weightIndex(o, rest / g.taps, rest % g.taps)] = value
  }
  return buffer
}

/// [K/32][C/16][tap][16][32] as OIHW.
func disarranged(_ buffer: FloatBuffer, _ g: ConvolutionGeometry) -> [Float] {
  (0..<g.k * g.c * g.taps).map { index in
    let (o, rest) = (index / (g.c * g.taps), index % (g.c * g.taps))
    return buffer.pointer[g.weightIndex(o, rest / g.taps, rest % g.taps)]
  }
}
