// A fixed set of threads that share out numbered tasks.

import CProcessor
import Foundation
import Synchronization

/// Persistent threads that run numbered tasks.
///
/// Which thread runs a task is free; what a task computes must not depend on it. Tasks have fixed
/// bounds and write to places of their own; a sum across tasks goes to numbered slots and is added
/// in the order of the numbers. So the bits never depend on the number of threads.
///
/// Denormal numbers are zero inside tasks, and only there.
///
/// One `run` at a time: a pool is used by one thread, and a task must not call `run` of its own pool.
///
/// The threads end before the pool does.
public final class WorkerPool: Sendable {
  /// How many threads take part, the caller's included; fewer than requested where the system starts
  /// no more.
  public let threads: Int

  private let crew = Crew()
  private let isRunning = Atomic<Bool>(false)

  /// Starts `threads - 1` threads.
  public init(threads: Int = Cores.here.threads) {
    precondition(threads > 0, "a pool of \(threads) threads")
    self.threads = 1 + crew.start(threads - 1)
  }

  deinit { crew.stop() }

  /// Ends the threads before the pool ends; the pool cannot be used afterwards.
  public func stop() { crew.stop() }

  /// Runs tasks 0..<count and returns when all are done.
  ///
  /// - Precondition: No other `run` of this pool is in progress.
  /// - Parameters:
  ///   - count: How many tasks there are.
  ///   - task: Receives the task's number and the worker's, 0..<threads, for scratch memory.
  public func run(_ count: Int, _ task: (_ task: Int, _ worker: Int) -> Void) {
    let isNested = isRunning.exchange(true, ordering: .acquiringAndReleasing)
    precondition(!isNested, "a pool ran inside of its own run, or from two threads at once")
    defer { isRunning.store(false, ordering: .releasing) }
    // The caller's thread gets its own mode back: elsewhere the smallest numbers keep their bits.
    let mode = ecg_flush_denormals()
    defer { ecg_restore_denormals(mode) }
    if threads == 1 || count <= 1 {
      for index in 0..<max(0, count) { task(index, 0) }
      return
    }
    withoutActuallyEscaping(task) { crew.run(count, $0) }
  }
}

/// What the threads of a pool share.
///
/// A thread holds the crew and not the pool, which can therefore end.
private final class Crew: @unchecked Sendable {
  /// The threads beside the caller's; only the pool's own thread reads them.
  private var helpers: [PoolThread] = []
  private let generation = Atomic<Int>(0)
  private let next = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  private let condition = NSCondition()
  private var body: ((Int, Int) -> Void)?
  private var count = 0
  private var stopped = false

  /// Starts up to `count` threads and returns how many there are.
  func start(_ count: Int) -> Int {
    while helpers.count < count {
      let worker = helpers.count + 1
      guard let thread = PoolThread({ [self] in loop(worker) }) else { break }
      helpers.append(thread)
    }
    return helpers.count
  }

  /// Returns when the threads have ended: none runs while the process ends.
  func stop() {
    condition.lock()
    stopped = true
    generation.add(1, ordering: .releasing)
    condition.broadcast()
    condition.unlock()
    for thread in helpers { thread.join() }
    helpers = []
  }

  func run(_ count: Int, _ task: @escaping (Int, Int) -> Void) {
    precondition(!stopped, "a pool ran after its end")
    body = task
    self.count = count
    next.store(0, ordering: .relaxed)
    busy.store(helpers.count, ordering: .relaxed)
    condition.lock()
    generation.add(1, ordering: .releasing)
    condition.broadcast()
    condition.unlock()
    work(0)
    var spins = 0
    while busy.load(ordering: .acquiring) != 0 {
      // Where there are more threads than cores, the one that is waited for needs this core.
      spins += 1
      if spins > 20_000 { sched_yield() }
    }
    body = nil
  }

  func loop(_ worker: Int) {
    _ = ecg_flush_denormals()
    var seen = 0
    while true {
      var spins = 0
      while generation.load(ordering: .acquiring) == seen {
        spins += 1
        if spins > 4000 {
          condition.lock()
          while generation.load(ordering: .acquiring) == seen { condition.wait() }
          condition.unlock()
        }
      }
      seen = generation.load(ordering: .acquiring)
      if stopped { return }
      work(worker)
      busy.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  private func work(_ worker: Int) {
    guard let body else { return }
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index, worker)
    }
  }
}

extension WorkerPool {
  /// The results of `transform` for 0..<count, computed in parallel, in order.
  public func map<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
    var results = [Result?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let slots = buffer
      run(count) { task, _ in slots[task] = transform(task) }
    }
    return results.map { result in
      guard let result else { preconditionFailure("a task without a result") }
      return result
    }
  }
}
