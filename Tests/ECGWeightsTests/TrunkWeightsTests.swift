// Initial weights from files with torchvision's names, wrapped in every way.

import ECGNetworks
import Foundation
import TestSupport
import Testing

@testable import ECGWeights

@Suite struct TrunkWeightsTests {
  /// torchvision's state dictionary, each tensor filled with its place in it.
  static let torchvision: [NamedTensor] = {
    struct Form: Decodable {
      let name: String
      let shape: [Int]
    }
    let forms: [Form] = decodedFixture("weights/resnet18.json")
    return forms.enumerated().map { place, form in
      NamedTensor(
        name: form.name, shape: form.shape,
        values: Array(repeating: Float(place), count: form.shape.reduce(1, *)))
    }
  }()

  static func isClassifier(_ tensor: NamedTensor) -> Bool { tensor.name.hasPrefix("fc.") }

  static let expected = torchvision.filter { !isClassifier($0) }.map { renamed($0, "spatial.") }

  static func renamed(_ tensor: NamedTensor, _ prefix: String) -> NamedTensor {
    NamedTensor(name: prefix + tensor.name, shape: tensor.shape, values: tensor.values)
  }

  static func load(_ tensors: [NamedTensor]) throws -> [NamedTensor] {
    try TrunkWeights.trunk(in: tensors, path: "W")
  }

  @Test func readsAFile() throws {
    try withTemporaryFolder { folder in
      try Safetensors.write(Self.torchvision, to: folder + "/w.safetensors")
      #expect(try TrunkWeights.load(folder + "/w.safetensors") == Self.expected)
    }
  }

  @Test func namesAndShapesAreTorchvisions() {
    let forms = Self.torchvision.filter { !Self.isClassifier($0) }.map {
      TensorForm(name: $0.name, shape: $0.shape)
    }
    #expect(forms.count == 120 && forms == ResNet18Forms.all)
    let learned = forms.filter { form in
      !["running_mean", "running_var", "num_batches_tracked"].contains {
        form.name.hasSuffix($0)
      }
    }
    #expect(learned.reduce(0) { $0 + $1.shape.reduce(1, *) } == 11_176_512)
  }

  @Test(arguments: [
    "", "module.", "model.", "backbone.", "spatial.", "resnet.", "encoder.", "module.model.",
  ]) func takesTheTrunkFromAnyWrapper(prefix: String) throws {
    #expect(try Self.load(Self.torchvision.map { Self.renamed($0, prefix) }) == Self.expected)
  }

  @Test func leavesWhatStandsOutsideOfTheWrapper() throws {
    let head = NamedTensor(name: "adapter.weight", shape: [1], values: [1])
    #expect(try Self.load([head] + Self.expected) == Self.expected)
  }

  @Test func anyOrderAndNoCounters() throws {
    let bare = Self.torchvision.filter { !$0.name.hasSuffix("num_batches_tracked") }
    let loaded = try Self.load(bare.reversed())
    #expect(loaded.map(\.name) == Self.expected.map(\.name))
    #expect(
      loaded[5] == NamedTensor(name: "spatial.bn1.num_batches_tracked", shape: [], values: [0]))
  }

  @Test func aDeeperNetworkIsAnother() {
    let deeper =
      Self.torchvision + [
        NamedTensor(name: "layer1.2.conv1.weight", shape: [1], values: [0])
      ]
    #expect(throws: WeightsError.unexpectedTensors("W", ["layer1.2.conv1.weight"])) {
      try Self.load(deeper)
    }
  }

  @Test func missingTensorsAreNamed() {
    let lost = Self.torchvision.filter { !$0.name.hasPrefix("layer4.1.bn") }
    let error = #expect(throws: WeightsError.self) { try Self.load(lost) }
    #expect(
      error
        == .missingTensors(
          "W",
          ["bn1", "bn2"].flatMap { name in
            ["weight", "bias", "running_mean", "running_var"].map { "layer4.1.\(name).\($0)" }
          }))
    let none = #expect(throws: WeightsError.self) {
      try Self.load([NamedTensor(name: "embedding", shape: [1], values: [1])])
    }
    #expect(
      none?.description
        == "W: checkpoint of another network (it lacks 'conv1.weight', 'bn1.weight', 'bn1.bias' "
        + "and 97 more); give weights of a ResNet-18")
  }

  @Test func anotherKernelIsNamedWithBothShapes() {
    var small = Self.torchvision
    small[0] = NamedTensor(
      name: "conv1.weight", shape: [64, 3, 3, 3], values: Array(repeating: 0, count: 1728))
    #expect(
      throws: WeightsError.wrongShape(
        "W", tensor: "conv1.weight", found: [64, 3, 3, 3], expected: [64, 3, 7, 7])
    ) { try Self.load(small) }
  }

  @Test func twoTrunksAreNotGuessedBetween() {
    let both = ["model.", "encoder."].map {
      Self.renamed(Self.torchvision[0], $0)
    }
    #expect(throws: WeightsError.severalTrunks("W", prefixes: ["model.", "encoder."])) {
      try Self.load(both)
    }
  }
}
