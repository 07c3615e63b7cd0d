// Files of the reference writer, from Tests/Reference/weights.py.

import ECGFiles
import ECGNetworks
import TestSupport
import Testing

@testable import ECGWeights

@Suite struct ReferenceWriterTests {
  @Test func readsEveryType() throws {
    let read = try Safetensors.read(fixturePath("weights/types.safetensors"))
    #expect(read.metadata == ["format": "pt", "a\nb": "\\"])
    #expect(read.tensors.count == 10)
    let byName = Dictionary(uniqueKeysWithValues: read.tensors.map { ($0.name, $0) })
    for name in ["f64", "f32", "f16", "bf16"] {
      #expect(byName[name]?.shape == [2, 3])
      #expect(byName[name]?.values == [-1, -0.75, -0.5, -0.25, 0, 0.25], "\(name)")
    }
    for name in ["i64", "i32", "u8"] { #expect(byName[name]?.values == [0, 1, 2, 3, 4, 5]) }
    #expect(byName["scalar"] == NamedTensor(name: "scalar", shape: [], values: [7]))
    #expect(byName["empty"] == NamedTensor(name: "empty", shape: [0, 4], values: []))
    #expect(byName["ünïcode \"quoted\""]?.values == [0.1, 65504, Float(bitPattern: 71362)])
  }

  @Test func writesTheSameBytes() throws {
    let path = fixturePath("weights/single.safetensors")
    let read = try Safetensors.read(path)
    #expect(read.tensors.map(\.name) == ["conv.weight", "conv.zero"])
    try withTemporaryFolder { folder in
      let copy = folder + "/w.safetensors"
      try Safetensors.write(read.tensors, metadata: read.metadata, to: copy)
      #expect(try readFile(copy) == readFile(path))
    }
  }

  @Test func namesATypeItDoesNotRead() {
    let path = fixturePath("weights/boolean.safetensors")
    #expect(
      throws: WeightsError.damaged(path, .unreadableType(tensor: "conv.flag", type: "BOOL"))
    ) { try Safetensors.read(path) }
  }
}
