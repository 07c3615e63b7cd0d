// Progress on standard error: a line that rewrites itself, or plain lines now and then.

import ECGResults
import Foundation
import Synchronization

/// A line of progress.
///
/// On a terminal it is rewritten at most ten times a second; elsewhere it is printed at most once a
/// minute. Any thread may call.
final class ProgressLine: Sendable {
  private struct State {
    var shown: ContinuousClock.Instant
    var visible = false
  }

  private let quiet: Bool
  private let colors: Bool
  private let rewrites: Bool
  private let state: Mutex<State>

  /// A line; nothing has been shown yet.
  init(quiet: Bool, noColor: Bool) {
    let environment = ProcessInfo.processInfo.environment
    let terminal = StandardError.isTerminal && environment["TERM"] != "dumb"
    self.quiet = quiet
    rewrites = terminal
    colors = terminal && !noColor && (environment["NO_COLOR"] ?? "").isEmpty
    state = Mutex(State(shown: .now))
  }

  /// Shows where the work stands, unless it was shown a moment ago.
  func show(_ text: @autoclosure () -> String) {
    if quiet { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.shown >= (rewrites ? .milliseconds(100) : .seconds(60)) else { return }
      state.shown = now
      state.visible = rewrites
      StandardError.write(rewrites ? "\r\u{1B}[K\(text())" : "\(text())\n")
    }
  }

  /// Prints a line that stays.
  func line(_ text: String) {
    if quiet { return }
    put(text)
  }

  /// Prints a warning that stays; `--quiet` does not silence it.
  func warn(_ text: String) {
    put("\(colors ? "\u{1B}[33mwarning:\u{1B}[0m" : "warning:") \(text)")
  }

  /// Takes a rewritten line away.
  func clear() {
    state.withLock { state in
      if state.visible { StandardError.write("\r\u{1B}[K") }
      state.visible = false
    }
  }

  private func put(_ text: String) {
    clear()
    StandardError.write(text + "\n")
  }

  /// A counter of finished things with rate and time left, for calls from any thread.
  func counter(_ verb: String, _ things: String) -> @Sendable (_ done: Int, _ total: Int) -> Void {
    let start = ContinuousClock.now
    return { [self] done, total in
      let seconds = max((ContinuousClock.now - start) / .seconds(1), 1e-3)
      let rate = Double(done) / seconds
      show(
        "\(verb) \(done)/\(total) \(things), \(rate.formatted(digits: 1))/s, "
          + duration(Double(total - done) / max(rate, 1e-9)) + " left")
    }
  }
}
