// SIGINT and SIGTERM: end at once, or ask a training to stop between two steps.

import ECGFiles
import ECGTraining
import Foundation
import Synchronization

/// A thread that waits for the two signals from the program's first moment on.
///
/// Until ``handOver()`` a signal ends the program at once; then the first one is passed on and only
/// a second one ends it at once.
final class SignalWatch: Sendable {
  private let request = Mutex<StopRequest?>(nil)

  /// Begins to watch.
  ///
  /// The calling thread and those that it starts later no longer see the signals.
  @discardableResult
  init() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Thread { [self, signals] in
      while true { receive(signals) }
    }.start()
  }

  /// A flag that from now on the first signal raises.
  func handOver() -> StopRequest {
    let stop = StopRequest()
    request.withLock { $0 = stop }
    return stop
  }

  private func receive(_ signals: sigset_t) {
    var signals = signals
    var number: Int32 = 0
    guard sigwait(&signals, &number) == 0, let signal = StopSignal(rawValue: Int(number)) else {
      return
    }
    if let stop = request.withLock({ $0 }), stop.signal == nil {
      stop.raise(signal)
      return
    }
    StandardError.write("ecglens: interrupted; nothing is half-written, run the command again\n")
    _exit(signal.exitStatus.rawValue)
  }
}
