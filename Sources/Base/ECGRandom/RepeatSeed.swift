// The random seeds of an experiment's repeats.

/// The random seed of a repeat.
///
/// Repeat 0 has the experiment's own seed, so it is what the experiment without repeats is. The others
/// are drawn, so that no repeat of one seed is a repeat of the next. They are below 2^53, which every
/// reader of JSON keeps.
/// - Parameters:
///   - seed: The experiment's.
///   - number: Of the repeat, from 0.
public func repeatSeed(_ seed: UInt64, _ number: Int) -> UInt64 {
  precondition(number >= 0, "repeat \(number)")
  guard number > 0 else { return seed }
  var random = Philox(seed: seed, for: .repeats, UInt64(number))
  return random.next() >> 11
}
