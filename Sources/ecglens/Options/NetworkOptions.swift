// Which network.

import ArgumentParser
import ECGNetworks

/// The flags that choose a network.
struct NetworkOptions: ParsableArguments {
  @Option(help: "The network.")
  var network = NetworkKind.hybrid
  @Option(help: "Rows and columns of its input.", transform: Number.whole(32...1024))
  var input = NetworkSpecification().inputSide
  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Whether conv04's output joins the neck beside conv05's.")
  var globalSkip = true
  @Option(
    help: "The share of fc02's outputs set to zero in training.",
    transform: Number.real(from: 0, to: 1, includingHigh: false))
  var dropout = NetworkSpecification().dropout

  /// The network as a value.
  var specification: NetworkSpecification {
    NetworkSpecification(
      kind: network, inputSide: input, globalSkip: globalSkip, dropout: dropout)
  }
}
