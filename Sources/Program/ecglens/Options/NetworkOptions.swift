// Network flags.

import ArgumentParser
import ECGNetworks
import ECGTraining

/// The flags that decide a network's layers.
struct NetworkShapeOptions: ParsableArguments {
  @Option(help: .setting(.network))
  var network: NetworkKind?
  @Option(help: .setting(.input), transform: Number.whole(.input))
  var input: Int?
  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: .setting(.globalSkip))
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
    .given([.network: network, .input: input, .globalSkip: globalSkip])
  }

  /// Refuses what the network does not have.
  ///
  /// - Throws: ``UnusedFlag``.
  func checkFlags() throws { try checkNetworkFlags(given, of: specification) }
}

/// The dropout rate.
struct DropoutOptions: ParsableArguments {
  @Option(help: .setting(.dropout), transform: Number.proportion(.dropout))
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
  var given: [TrainingSetting] { shape.given + .given([.dropout: dropout]) }

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
