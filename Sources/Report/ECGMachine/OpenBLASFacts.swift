// OpenBLAS as this process has it, and whether it computes correctly here.

import ECGLinearAlgebra

/// The loaded OpenBLAS.
package struct OpenBLASFacts: Equatable {
  /// Version and build options, as the library gives them.
  package let configuration: String
  /// Name of the kernels in use.
  package let core: String
  /// Whether the library was built with OpenMP.
  package let usesOpenMP: Bool
  /// Comparison with plain loops.
  package let check: OpenBLASCheck

  /// This process's.
  package static var here: OpenBLASFacts {
    OpenBLASFacts(
      configuration: OpenBLAS.configuration, core: OpenBLAS.core, usesOpenMP: OpenBLAS.usesOpenMP,
      check: .run())
  }

  /// The version, the configuration's second word.
  package var version: String {
    configuration.split(separator: " ").dropFirst().first.map(String.init) ?? "unknown"
  }
}

extension OpenBLASFacts: Encodable {
  private enum CodingKeys: String, CodingKey {
    case version, configuration, core
    case usesOpenMP = "openmp"
    case differences = "relative_differences"
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(version, forKey: .version)
    try values.encode(configuration, forKey: .configuration)
    try values.encode(core, forKey: .core)
    try values.encode(usesOpenMP, forKey: .usesOpenMP)
    // JSON has no number for what is not finite: null.
    let differences = check.comparisons.map { comparison in
      (comparison.routine, comparison.difference.isFinite ? comparison.difference : nil)
    }
    try values.encode(
      Dictionary(differences) { first, _ in first }, forKey: .differences)
  }
}
