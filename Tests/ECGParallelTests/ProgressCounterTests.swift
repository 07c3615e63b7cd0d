// Finished tasks are counted once each, in order, from any thread.

import ECGParallel
import Synchronization
import Testing

@Suite struct ProgressCounterTests {
  @Test func reportsEveryTaskInOrder() {
    let reports = Mutex<[[Int]]>([])
    let counter = ProgressCounter(total: 500) { done, total in
      reports.withLock { $0.append([done, total]) }
    }
    let pool = WorkerPool(threads: 4)
    defer { pool.stop() }
    pool.run(500) { _, _ in counter.advance() }
    #expect(reports.withLock { $0 } == (1...500).map { [$0, 500] })
  }
}
