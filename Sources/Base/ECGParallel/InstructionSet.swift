// Which instructions the program was compiled for, and which the processor has.

import CProcessor

/// A level of the x86-64 instruction sets, as compilers name them.
///
/// One source serves all levels: `-Xcc -march=` chooses, and only multiply-add is written twice
/// (`ecg_add_product`). On arm64 it takes NEON's fused multiply-add, by design; that has
/// not been tested.
public enum InstructionSet: String, CaseIterable, Comparable, Sendable, Codable {
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
  public static var compiled: InstructionSet {
    allCases[Int(ecg_level(ecg_compiled_features()))]
  }

  /// What this processor has and the system lets programs use.
  public static var processor: InstructionSet {
    allCases[Int(ecg_level(ecg_processor_features()))]
  }

  /// Whether this program multiplies and adds in one rounding; sums are a little less exact where
  /// it does not.
  public static var fusesMultiplyAdd: Bool { ecg_fuses_multiply_add() != 0 }

  /// The processor's own name; `nil` where it has none.
  public static var processorName: String? {
    var bytes = [CChar](repeating: 0, count: 49)
    bytes.withUnsafeMutableBufferPointer { ecg_processor_name($0.baseAddress) }
    let name = String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let words = name.split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// Whether the first level is the older one.
  public static func < (first: InstructionSet, second: InstructionSet) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
