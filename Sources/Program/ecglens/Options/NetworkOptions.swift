// Which network.

import ArgumentParser
import ECGNetworks
import ECGTraining

/// The flags that choose a network.
struct NetworkOptions: ParsableArguments {
  @Option(help: "The network (default: hybrid).")
  var network: NetworkKind?
  @Option(
    help: "Rows and columns of its input (default: \(NetworkSpecification().inputSide)).",
    transform: Number.whole(32...1024))
  var input: Int?
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Whether conv04's output joins the neck beside conv05's (default: --global-skip).")
  var globalSkip: Bool?
  @Option(
    help:
      "The share of fc02's outputs set to zero in training (default: \(NetworkSpecification().dropout)).",
    transform: Number.real(from: 0, to: 1, includingHigh: false))
  var dropout: Double?

  /// The network as a value.
  var specification: NetworkSpecification {
    var specification = NetworkSpecification()
    if let network { specification.kind = network }
    if let input { specification.inputSide = input }
    if let globalSkip { specification.globalSkip = globalSkip }
    if let dropout { specification.dropout = dropout }
    return specification
  }

  /// What is given on the command line or in a configuration.
  var given: [TrainingSetting] {
    var given: [TrainingSetting] = []
    if network != nil { given.append(.network) }
    if input != nil { given.append(.input) }
    if globalSkip != nil { given.append(.globalSkip) }
    if dropout != nil { given.append(.dropout) }
    return given
  }

  /// Refuses what the network does not have.
  ///
  /// - Throws: ``UnusedFlag``.
  func checkFlags() throws {
    var settings = TrainingSettings()
    settings.network = specification
    for setting in given {
      if let reason = settings.reasonUnused(setting) { throw UnusedFlag(setting, reason) }
    }
  }
}
