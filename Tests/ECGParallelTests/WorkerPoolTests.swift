// A pool runs every task once, for any number of threads and any number of runs.

import ECGParallel
import Foundation
import Synchronization
import Testing

/// Counters that tasks may raise from any thread.
private final class Counters: Sendable {
  private let values: Mutex<[Int]>

  init(_ count: Int) { values = Mutex([Int](repeating: 0, count: count)) }

  func raise(_ index: Int) { values.withLock { $0[index] += 1 } }
  var all: [Int] { values.withLock { $0 } }
}

struct WorkerPoolTests {
  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1000])
  func everyTaskRunsOnce(threads: Int, count: Int) {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    let tasks = Counters(count)
    let outside = Counters(1)
    pool.run(count) { task, worker in
      tasks.raise(task)
      if !(0..<threads).contains(worker) { outside.raise(0) }
    }
    #expect(tasks.all == [Int](repeating: 1, count: count))
    #expect(outside.all == [0], "a worker's number is below the number of threads")
  }

  @Test func manyRunsFollowOneAnother() {
    let pool = WorkerPool(threads: 3)
    defer { pool.stop() }
    let tasks = Counters(5)
    for run in 0..<2000 { pool.run(run % 6) { task, _ in tasks.raise(task) } }
    // Runs of 0, 1, ... 5 tasks: task t takes part in those of more than t.
    let expected = (0..<5).map { task in (0..<2000).filter { $0 % 6 > task }.count }
    #expect(tasks.all == expected)
  }

  @Test func aRunEndsAfterItsSlowestTask() {
    let pool = WorkerPool(threads: 2)
    defer { pool.stop() }
    var sums = [Double](repeating: 0, count: 64)
    sums.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let slots = buffer
      pool.run(64) { task, _ in
        let terms = task == 63 ? 300_000 : 1
        for term in 1...terms { slots[task] += 1 / Double(term) }
      }
    }
    #expect(sums.allSatisfy { $0 >= 1 })
    #expect(sums[63] > 13)
  }

  @Test(arguments: [1, 2, 4])
  func mapKeepsTheOrder(threads: Int) {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    #expect(pool.map(300) { $0 * $0 } == (0..<300).map { $0 * $0 })
    #expect(pool.map(0) { $0 }.isEmpty)
  }

  @Test func threadsEndWithThePool() throws {
    let before = try threadsOfProcess()
    for _ in 0..<20 { _ = WorkerPool(threads: 4).map(8) { $0 } }
    // An ended thread leaves the list a moment later; other suites start few meanwhile.
    let deadline = ContinuousClock.now + .seconds(10)
    while try threadsOfProcess() >= before + 40, ContinuousClock.now < deadline { sched_yield() }
    #expect(try threadsOfProcess() < before + 40, "60 threads were started")
  }

  private func threadsOfProcess() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
  }

  @Test func aRunInsideOfARunIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let pool = WorkerPool(threads: 2)
      pool.run(2) { _, _ in pool.run(1) { _, _ in } }
    }
  }

  @Test(arguments: [1, 2])
  func denormalNumbersAreZeroInsideTasksOnly(threads: Int) {
    let pool = WorkerPool(threads: threads)
    defer { pool.stop() }
    func half(_ value: Float) -> Float { value * Float("0.5")! }
    let inside = pool.map(8) { _ in half(.leastNormalMagnitude) }
    #if arch(x86_64)
      #expect(inside.allSatisfy { $0 == 0 })
    #endif
    #expect(half(.leastNormalMagnitude) > 0)
  }
}
