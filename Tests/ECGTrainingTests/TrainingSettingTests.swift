// Which settings a training reads follows from its network, its split and its fold.

import ECGNetworks
import Testing

@testable import ECGTraining

@Suite("Unused settings")
struct TrainingSettingTests {
  @Test("a network's parts are those of its graph", arguments: NetworkKind.allCases)
  func parts(kind: NetworkKind) {
    let graph = Network(unset: NetworkSpecification(kind: kind, inputSide: 64)).graph
    #expect(kind.hasTrunk == graph.layers.contains { $0.name == "spatial.conv1" })
    #expect(kind.hasGlobalBranch == graph.layers.contains { $0.name == "conv05" })
    #expect(kind.hasDropout == graph.layers.contains { $0.name == "dropout" })
  }

  @Test("what a network does not read is unused, all else counts", arguments: NetworkKind.allCases)
  func networks(kind: NetworkKind) {
    var settings = TrainingSettings()
    settings.network.kind = kind
    let unused = Set(TrainingSetting.allCases.filter { settings.reasonUnused($0) != nil })
    var expected: Set<TrainingSetting> = []
    if kind == .beats || kind == .beatsLinear { expected.formUnion([.input, .crop, .resize]) }
    if kind == .beatsLinear { expected.formUnion([.recipe, .draws, .epochs, .batch]) }
    if !kind.hasTrunk { expected.insert(.weights) }
    if !kind.hasGlobalBranch { expected.insert(.globalSkip) }
    if !kind.hasDropout { expected.insert(.dropout) }
    #expect(unused == expected)
  }

  @Test("a split file replaces what a split is made with, a fold the share of the test set")
  func splits() {
    var settings = TrainingSettings()
    settings.fold = 1
    #expect(settings.reasonUnused(.test) == "the fold is the test set")
    settings.splitFile = "S"
    for setting in [TrainingSetting.splitProtocol, .test, .inner, .folds] {
      #expect(settings.reasonUnused(setting) == "the split is that of S")
    }
    #expect(settings.reasonUnused(.seed) == nil && settings.reasonUnused(.groups) == nil)
    (settings.splitFile, settings.splitProtocol) = (nil, .paper)
    #expect(settings.reasonUnused(.inner) != nil && settings.reasonUnused(.folds) == nil)
  }
}
