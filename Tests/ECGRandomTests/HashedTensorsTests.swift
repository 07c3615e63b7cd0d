// The hash of fixtures gives the same bits here as in `Tests/Reference/hashed.py`.

import Foundation
import TestSupport
import Testing

/// What `hash.json` holds: bits of float32 numbers, labels and indices.
private struct HashFixture: Decodable {
  struct Tensor: Decodable {
    let tensor: HashedTensor
    let bits: [UInt32]
  }
  struct Parameter: Decodable {
    let name: String
    let shape: [Int]
    let bits: [UInt32]
  }
  struct Images: Decodable {
    let name: String
    let count: Int
    let side: Int
    let first: [UInt32]
    let sketch: TensorSketch
  }
  struct Labels: Decodable {
    let name: String
    let labels: [Int]
  }
  let tensors: [Tensor]
  let parameters: [Parameter]
  let images: Images
  let labels: Labels
  let sketch: TensorSketch
  let indices: [Int]
}

struct HashedTensorsTests {
  private let expected: HashFixture

  init() throws {
    expected = try JSONDecoder().decode(HashFixture.self, from: fixture("reference/hash.json"))
  }

  @Test func tensorsHaveTheBitsOfTheFixture() {
    #expect(!expected.tensors.isEmpty)
    for item in expected.tensors {
      #expect(item.tensor.values.map(\.bitPattern) == item.bits, "\(item.tensor.name)")
    }
  }

  @Test func parametersFollowTheirNames() {
    #expect(!expected.parameters.isEmpty)
    for item in expected.parameters {
      let values = hashedParameter(name: item.name, shape: item.shape)
      #expect(values.prefix(item.bits.count).map(\.bitPattern) == item.bits, "\(item.name)")
    }
  }

  @Test func imagesHaveTheBitsOfTheFixture() {
    let images = expected.images
    let values = hashedImages(name: images.name, count: images.count, side: images.side)
    #expect(values.prefix(images.first.count).map(\.bitPattern) == images.first)
    #expect(images.sketch.relativeDistance(to: values, name: images.name) < 1e-7)
  }

  @Test func labelsAreThoseOfTheFixture() {
    let labels = hashedLabels(name: expected.labels.name, count: expected.labels.labels.count)
    #expect(labels == expected.labels.labels)
    #expect(Set(labels) == [0, 1, 2, 3])
  }

  @Test func unitsFillTheirRangeAndAreExact() {
    let stream = HashStream("range")
    let units = (0..<100_000).map { stream.unit($0) }
    #expect(units.allSatisfy { $0 >= -1 && $0 < 1 && ($0 * 0x1p23).rounded() == $0 * 0x1p23 })
    #expect(units.min()! < -0.999 && units.max()! > 0.999)
    #expect(abs(units.reduce(0.0) { $0 + Double($1) }) / 100_000 < 0.01)
  }

  @Test func sketchFindsWhatWasChanged() {
    let name = "sketch"
    let sketch = expected.sketch
    var values = hashedValues(name: name, count: 5000)
    #expect(sketch.indices(name: name) == expected.indices)
    #expect(sketch.relativeDistance(to: values, name: name) < 1e-7)
    #expect(sketch.relativeDistance(to: values.dropLast(), name: name) == .infinity)
    values[17] += 1
    let distance = sketch.relativeDistance(to: values, name: name)
    #expect(abs(distance - 1 / sketch.norm) < 1e-3)
    values[17] = .nan
    #expect(sketch.relativeDistance(to: values, name: name) == .infinity)
    values = hashedValues(name: name, count: 5000).map { $0 * 1.01 }
    #expect(abs(sketch.relativeDistance(to: values, name: name) - 0.01) < 0.01)
  }
}
