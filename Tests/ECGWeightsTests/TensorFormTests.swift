// A checkpoint fits the network that asks for it, or names what does not.

import ECGNetworks
import ECGWeights
import TestSupport
import Testing

@Suite struct TensorFormTests {
  let tensors = [
    NamedTensor(name: "fc.bias", shape: [2], values: [1, 2]),
    NamedTensor(name: "fc.weight", shape: [2, 1], values: [3, 4]),
  ]
  let forms = [
    TensorForm(name: "fc.weight", shape: [2, 1]), TensorForm(name: "fc.bias", shape: [2]),
  ]

  @Test func answersInTheNetworksOrder() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.safetensors"
      try Safetensors.write(tensors, metadata: ["network": "tiny"], to: path)
      let read = try Safetensors.read(path, fitting: forms)
      #expect(read.tensors == [tensors[1], tensors[0]] && read.metadata == ["network": "tiny"])
    }
  }

  @Test func namesWhatIsMissing() {
    let more = forms + (0..<5).map { TensorForm(name: "more.\($0)", shape: []) }
    let error = #expect(throws: WeightsError.self) { try fit(tensors, to: more, path: "W") }
    #expect(
      error?.description
        == "W: checkpoint of another network (it lacks 'more.0', 'more.1', 'more.2' and 2 more); "
        + "give weights of this network")
    #expect(error?.exitStatus == .badData)
  }

  @Test func namesWhatIsTooMuch() {
    #expect(throws: WeightsError.unexpectedTensors("W", ["fc.bias"])) {
      try fit(tensors, to: [forms[0]], path: "W")
    }
  }

  @Test func namesBothShapes() {
    let wide = [forms[1], TensorForm(name: "fc.weight", shape: [4, 512])]
    let error = #expect(throws: WeightsError.self) { try fit(tensors, to: wide, path: "W") }
    #expect(
      error == .wrongShape("W", tensor: "fc.weight", found: [2, 1], expected: [4, 512]))
    #expect(error?.description.contains("'fc.weight' is 2x1, here it is 4x512") == true)
  }
}
