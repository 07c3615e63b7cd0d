// A checkpoint goes into its network bit for bit; into another one it does not.

import ECGNetworks
import ECGWeights
import TestSupport
import Testing

@Suite struct LoadingTests {
  static func network(seed: UInt64, input: Int = 32) -> Network {
    Network(NetworkSpecification(kind: .globalOnly, inputSide: input), seed: seed)
  }

  @Test func aCheckpointComesBackBitForBit() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/last.safetensors"
      let trained = Self.network(seed: 1)
      try Safetensors.write(trained.tensors(), metadata: ["epoch": "3"], to: path)
      let fresh = Self.network(seed: 2)
      #expect(fresh.tensors() != trained.tensors())
      #expect(try Safetensors.load(path, into: fresh.load) == ["epoch": "3"])
      #expect(fresh.tensors() == trained.tensors())
    }
  }

  @Test func aCheckpointOfAnotherNetworkNamesTheTensorAndBothShapes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/last.safetensors"
      try Safetensors.write(Self.network(seed: 1, input: 48).tensors(), to: path)
      let network = Self.network(seed: 2)
      let before = network.tensors()
      let error = #expect(throws: WeightsError.self) {
        try Safetensors.load(path, into: network.load)
      }
      #expect(
        error
          == .otherNetwork(
            path, .wrongShape(name: "fc01.weight", expected: [16, 3072], found: [16, 6912])))
      #expect(error?.exitStatus == .badData)
      #expect(error?.description.hasPrefix("\(path): checkpoint of another network (") == true)
      #expect(network.tensors() == before)
    }
  }

  @Test func aCheckpointOfAnotherKindNamesWhatItLacks() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/last.safetensors"
      try Safetensors.write([NamedTensor(name: "conv1.weight", shape: [], values: [1])], to: path)
      let error = #expect(throws: WeightsError.self) {
        try Safetensors.load(path, into: Self.network(seed: 2).load)
      }
      guard case .otherNetwork(path, .missingTensor) = error else {
        Issue.record("\(error as Any)")
        return
      }
    }
  }
}
