// Settings as flags and as JSON.

import ECGDatasets
import ECGFiles
import ECGNetworks
import ECGRaster
import Foundation
import Testing

@testable import ECGTraining

@Suite("Training settings")
struct TrainingSettingsTests {
  @Test("have the long flags' names as keys")
  func keys() throws {
    let names = try TrainingSettings().listed().map(\.setting.rawValue)
    #expect(
      names == [
        "crop", "draws", "dropout", "folds", "global-skip", "inner", "input", "network", "protocol",
        "recipe", "resize", "seed", "test",
      ])
    let values = try Dictionary(
      uniqueKeysWithValues: TrainingSettings().listed().map { ($0.setting, $0.value) })
    #expect(values[.draws] == "3840" && values[.crop] == "paper" && values[.inner] == "0.1")
    #expect(values[.network] == "hybrid" && values[.resize] == "pillow-bicubic")
    #expect(values[.globalSkip] == "true" && values[.input] == "227")
  }

  @Test("come back from JSON")
  func roundTrip() throws {
    var settings = TrainingSettings()
    settings.recipe = .paperText
    settings.splitProtocol = .paper
    settings.network = NetworkSpecification(
      kind: .resnet18, inputSide: 224, globalSkip: false, dropout: 0.1)
    settings.preprocessing = Preprocessing(crop: .frame, resize: .area, side: 224)
    (settings.epochs, settings.batch, settings.fold) = (7, 16, 2)
    (settings.weights, settings.groups, settings.cache) = ("w", "g", "c")
    settings.seed = .max
    let data = try encodeJSON(settings)
    #expect(try JSONDecoder().decode(TrainingSettings.self, from: data) == settings)
  }

  @Test("differ by what changes a result, not by where files lie")
  func difference() throws {
    let settings = TrainingSettings()
    var other = settings
    (other.cache, other.weights, other.groups) = ("c", "w", "g")
    #expect(try other.difference(from: settings) == nil)
    other.epochs = 3
    let found = try #require(try other.difference(from: settings))
    #expect(found == (setting: .epochs, before: "unset", now: "3"))
  }

  @Test("resolve to the recipe with its overrides")
  func resolved() throws {
    var settings = TrainingSettings()
    settings.recipe = .paperText
    (settings.epochs, settings.batch) = (10, 16)
    settings.network.dropout = 0.5
    let recipe = try settings.resolvedRecipe()
    #expect(recipe.phases.map(\.epochs) == [2, 8] && recipe.batch == 16 && recipe.dropout == 0.5)
  }

  @Test(
    "that cannot be trained with are refused by flag",
    arguments: [(TrainingSetting.epochs, 0), (.batch, 1), (.draws, 1)])
  func refused(setting: TrainingSetting, value: Int) {
    var settings = TrainingSettings()
    switch setting {
    case .epochs: settings.epochs = value
    case .batch: settings.batch = value
    default: settings.draws = value
    }
    let allowed = setting == .epochs ? "1 or more" : "2 or more"
    #expect(
      throws: TrainingError.setting(setting, value: "\(value)", allowed: allowed)
    ) { _ = try settings.resolvedRecipe() }
  }

  @Test("are declared with a sentence each; those with a plain default state it")
  func declared() {
    for setting in TrainingSetting.allCases {
      let declaration = setting.declaration
      #expect(declaration.help.hasSuffix("."), "\(setting.rawValue)")
      #expect(setting.isSwitch == (setting == .globalSkip), "\(setting.rawValue)")
    }
    #expect(TrainingSetting.draws.declaration.defaultText == "3840")
    #expect(TrainingSetting.inner.declaration.defaultText == "0.1")
    #expect(TrainingSetting.epochs.declaration.defaultText == "the recipe's, 25")
    #expect(TrainingSetting.batch.declaration.range == .whole(2...4096))
    #expect(TrainingSetting.splitProtocol.flag == "--protocol")
  }
}
