// What happens where the system has no memory for a buffer.

import Synchronization

/// The end of the process where memory for tensors is refused.
///
/// Buffers are allocated deep below calls that cannot throw, before an engine's first step.
public enum MemoryShortage {
  private static let ending = Mutex<(@Sendable (_ bytes: Int) -> Never)?>(nil)

  /// Sets what ends the process; without it, a line on standard error and a trap.
  ///
  /// - Parameter end: Called with the bytes that were asked for.
  public static func whenRefused(_ end: @escaping @Sendable (_ bytes: Int) -> Never) {
    ending.withLock { $0 = end }
  }

  /// Ends the process.
  static func end(bytes: Int) -> Never {
    if let end = ending.withLock({ $0 }) { end(bytes) }
    fatalError("no memory for a buffer of \(bytes) bytes")
  }
}
