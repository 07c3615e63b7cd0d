// A thread that can be waited for, which Foundation's cannot.

import Foundation

/// A running thread of the system; ``join()`` returns after its last instruction.
struct PoolThread {
  private let handle: pthread_t

  /// Starts a thread with a stack of 8 MiB.
  ///
  /// - Parameter body: What it runs; released when it returns.
  /// - Returns: `nil` where the system starts no more threads.
  init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let context = Unmanaged.passRetained(Body(run: body))
    var handle = pthread_t()
    let status = pthread_create(
      &handle, &attributes,
      { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits for the thread's end; once per thread.
  func join() { pthread_join(handle, nil) }

  private final class Body {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
