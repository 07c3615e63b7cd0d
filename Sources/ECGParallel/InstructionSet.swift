// Which instructions the program was compiled for, and which the processor has.

import CProcessor

/// A level of the x86-64 instruction sets, as compilers name them.
public enum InstructionSet: String, CaseIterable, Sendable, Codable {
  /// Another architecture.
  case generic
  /// SSE2.
  case level1 = "x86-64"
  /// SSE4.2.
  case level2 = "x86-64-v2"
  /// AVX2 and FMA.
  case level3 = "x86-64-v3"
  /// AVX-512.
  case level4 = "x86-64-v4"

  /// What this program was compiled for; sums may round differently under another one.
  public static var compiled: InstructionSet { allCases[Int(ecg_compiled_level())] }

  /// What this processor has.
  public static var processor: InstructionSet { allCases[Int(ecg_processor_level())] }

  /// Whether the processor lacks instructions that the program was compiled for.
  public static var exceedsProcessor: Bool { ecg_compiled_level() > ecg_processor_level() }
}
