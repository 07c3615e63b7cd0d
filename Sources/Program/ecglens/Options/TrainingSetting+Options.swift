// Flags of a training's settings, as the settings declare them.

import ArgumentParser
import ECGTraining

extension NameSpecification {
  /// A setting's long flag.
  static func setting(_ setting: TrainingSetting) -> NameSpecification {
    .customLong(setting.rawValue)
  }
}

extension ArgumentHelp {
  /// A setting's help with its default.
  ///
  /// - Parameters:
  ///   - setting: The setting.
  ///   - standard: Its default in place of the declared one.
  ///   - isShown: Whether the help lists the flag.
  static func setting(
    _ setting: TrainingSetting, default standard: String? = nil, isShown: Bool = true
  ) -> ArgumentHelp {
    let declaration = setting.declaration
    let standard = (standard ?? declaration.defaultText).map { " (default: \($0))" } ?? ""
    return ArgumentHelp(
      declaration.help + standard, valueName: declaration.valueName,
      visibility: isShown ? .default : .hidden)
  }
}

extension [TrainingSetting] {
  /// The settings that have a value, in their order.
  static func given(_ values: KeyValuePairs<TrainingSetting, Any?>) -> [TrainingSetting] {
    values.filter { $0.value != nil }.map(\.key)
  }
}
