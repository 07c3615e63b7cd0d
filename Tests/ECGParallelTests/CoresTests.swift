// Threads follow the cores, what the process is bound to, and the quota.

import Testing

@testable import ECGParallel

struct CoresTests {
  @Test(arguments: [
    (8, 8, nil, 8, Cores.Limit.machine), (8, 2, nil, 2, .affinity), (8, 8, 2.0, 2, .quota),
    (8, 8, 1.5, 2, .quota), (8, 8, 0.1, 1, .quota), (8, 2, 4.0, 2, .affinity),
    (2, 2, 7.5, 2, .machine), (1, 1, 0.5, 1, .machine),
  ])
  func threads(machine: Int, allowed: Int, quota: Double?, threads: Int, limit: Cores.Limit) {
    let cores = Cores(machine: machine, allowed: allowed, quota: quota)
    #expect(cores.threads == threads)
    #expect(cores.limit == limit)
  }

  @Test(arguments: [
    ("Name:\tx\nCpus_allowed:\tff,ffffffff\nCpus_allowed_list:\t0-39\n", 40),
    ("Cpus_allowed:\t5\n", 2), ("Cpus_allowed:\t0\n", nil), ("Name:\tx\n", nil),
  ])
  func mask(text: String, count: Int?) {
    #expect(Cores.allowed(inStatus: text) == count)
  }

  @Test func thisMachineHasSome() {
    let cores = Cores.here
    #expect(cores.threads >= 1)
    #expect(cores.threads <= cores.machine)
    #expect(cores.allowed >= 1)
  }
}
