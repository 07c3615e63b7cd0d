// Network flags.

import ArgumentParser
import ECGNetworks
import ECGTraining

/// The flags that decide a network's layers.
struct NetworkShapeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Network. (default: hybrid)", valueName: "name"))
  var network: NetworkKind?
  @Option(
    help: ArgumentHelp(
      "Side of the square input, in pixels. (default: \(NetworkSpecification().inputSide))",
      valueName: "n"),
    transform: Number.whole(32...1024))
  var input: Int?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Concatenate conv04's and conv05's outputs in the global branch. (default: --global-skip)"
  )
  var globalSkip: Bool?

  /// The network as a value.
  var specification: NetworkSpecification {
    var specification = NetworkSpecification()
    if let network { specification.kind = network }
    if let input { specification.inputSide = input }
    if let globalSkip { specification.globalSkip = globalSkip }
    return specification
  }

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] {
    var given: [TrainingSetting] = []
    if network != nil { given.append(.network) }
    if input != nil { given.append(.input) }
    if globalSkip != nil { given.append(.globalSkip) }
    return given
  }

  /// Refuses what the network does not have.
  ///
  /// - Throws: ``UnusedFlag``.
  func checkFlags() throws { try checkNetworkFlags(given, of: specification) }
}

/// The dropout rate.
struct DropoutOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Dropout rate before the last layer in training, 0 to 1. (default: \(NetworkSpecification().dropout))",
      valueName: "rate"),
    transform: Number.real(from: 0, to: 1, includingHigh: false))
  var dropout: Double?
}

/// The flags that choose a network.
struct NetworkOptions: ParsableArguments {
  @OptionGroup var shape: NetworkShapeOptions
  @OptionGroup var dropoutOptions: DropoutOptions

  /// The dropout rate, where it is given.
  var dropout: Double? { dropoutOptions.dropout }

  /// The network as a value.
  var specification: NetworkSpecification {
    var specification = shape.specification
    if let dropout { specification.dropout = dropout }
    return specification
  }

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] { shape.given + (dropout == nil ? [] : [.dropout]) }

  /// Refuses what the network does not have.
  ///
  /// - Throws: ``UnusedFlag``.
  func checkFlags() throws { try checkNetworkFlags(given, of: specification) }
}

/// Refuses settings that a network does not have.
///
/// - Throws: ``UnusedFlag``.
private func checkNetworkFlags(
  _ given: [TrainingSetting], of specification: NetworkSpecification
) throws {
  var settings = TrainingSettings()
  settings.network = specification
  for setting in given {
    if let reason = settings.reasonUnused(setting) { throw UnusedFlag(setting, reason) }
  }
}
