// How many tasks are done, counted from any thread.

import Synchronization

/// Counts finished tasks and reports each, one call at a time.
public final class ProgressCounter: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let report: (@Sendable (_ done: Int, _ total: Int) -> Void)?

  /// A counter at zero.
  ///
  /// - Parameters:
  ///   - total: The number of tasks.
  ///   - report: Called after each task, from its thread; `nil` reports nothing.
  public init(total: Int, _ report: (@Sendable (_ done: Int, _ total: Int) -> Void)?) {
    (self.total, self.report) = (total, report)
  }

  /// Counts one more finished task.
  public func advance() {
    done.withLock {
      $0 += 1
      report?($0, total)
    }
  }
}
