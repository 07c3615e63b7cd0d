// Counter-based randomness: draw n is a pure function of (seed, stream, n).

/// A counter-based generator, Philox 4x32 with ten rounds.
///
/// Each image, epoch and layer takes its own stream, so that no order of work can change a result
/// and any draw can be made without the ones before it.
/// - Source: Salmon et al., SC '11; `PhiloxTests` holds the authors' known answers.
public struct Philox: RandomNumberGenerator, Sendable {
  /// The key: the user's `--seed`.
  public let seed: UInt64
  /// The high half of the counter: what is drawn for.
  public let stream: UInt64
  /// The low half of the counter, in draws of 64 bits.
  public private(set) var drawn: UInt64 = 0

  /// A generator at the beginning of a stream.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// A generator for the purpose named by `parts`, for example `(.augmentation, ecg, epoch, draw)`.
  public init(seed: UInt64, for purpose: Purpose, _ parts: UInt64...) {
    self.init(seed: seed, stream: Self.stream(purpose, parts))
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    defer { drawn &+= 1 }
    let block = Self.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: drawn / 2), UInt32(truncatingIfNeeded: drawn >> 33),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return drawn.isMultiple(of: 2)
      ? UInt64(block.y) << 32 | UInt64(block.x) : UInt64(block.w) << 32 | UInt64(block.z)
  }

  /// Sixteen bytes for a counter and a key.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(c.x) * 0xD251_1F53
      let b = UInt64(c.z) * 0xCD9E_8D57
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c.y ^ k.x, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c.w ^ k.y, UInt32(truncatingIfNeeded: a))
      k = SIMD2(k.x &+ 0x9E37_79B9, k.y &+ 0xBB67_AE85)
    }
    return c
  }
}

extension Philox {
  /// What randomness is drawn for; each purpose has streams of its own.
  public enum Purpose: UInt64, Sendable {
    /// Initial weights; part: the parameter's index.
    case initialWeights = 1
    /// Dropout masks; parts: step, layer.
    case dropout = 2
    /// Augmentation parameters; parts: ECG, epoch, draw.
    case augmentation = 3
    /// Orders of ECGs in an epoch; parts: class, pass.
    case drawOrder = 4
    /// Splits and folds; part: class.
    case split = 5
    /// Synthetic signals and pages; parts: page.
    case synthesis = 6
    /// Resampling for intervals; part: resample.
    case bootstrap = 7
    /// Numbers for tests and benchmarks.
    case trial = 8
    /// Noise on a draw's columns: ECG, epoch, draw.
    case columnNoise = 9
    /// Seeds of an experiment's repeats; part: repeat.
    case repeats = 10
  }

  /// A stream number that depends on every part and on their order (SplitMix64's finaliser).
  static func stream(_ purpose: Purpose, _ parts: [UInt64]) -> UInt64 {
    var state = mixed(purpose.rawValue &* 0x9E37_79B9_7F4A_7C15)
    for part in parts { state = mixed(state &+ 0x9E37_79B9_7F4A_7C15 ^ mixed(part)) }
    return state
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
