// How a training is asked to end before its time.

import ECGFiles
import Synchronization

/// A signal that asks to end.
public enum StopSignal: Int, Sendable {
  /// SIGINT: from the keyboard.
  case interrupt = 2
  /// SIGTERM: from the system.
  case terminate = 15

  /// Exit status.
  public var exitStatus: ExitStatus {
    switch self {
    case .interrupt: .interrupted
    case .terminate: .terminated
    }
  }
}

/// A flag that another thread raises and that a training looks at between two steps.
public final class StopRequest: Sendable {
  private let raised = Atomic<Int>(0)

  /// A flag that is down.
  public init() {}

  /// Asks to end; the first signal counts.
  public func raise(_ signal: StopSignal) {
    _ = raised.compareExchange(
      expected: 0, desired: signal.rawValue, ordering: .acquiringAndReleasing)
  }

  /// The signal that was raised, or `nil`.
  public var signal: StopSignal? { StopSignal(rawValue: raised.load(ordering: .acquiring)) }
}
