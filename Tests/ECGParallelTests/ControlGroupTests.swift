// The tightest limit counts, of the group itself or of one above it, in both versions.

import Testing

@testable import ECGParallel

struct ControlGroupTests {
  private func group(_ membership: String, _ files: [String: String]) -> ControlGroup {
    ControlGroup(membership: membership, file: { files[$0] })
  }

  @Test func secondVersion() {
    let found = group(
      "0::/a/b\n",
      [
        "a/b/cpu.max": "max 100000\n", "a/b/memory.max": "4000000000\n",
        "a/cpu.max": "150000 100000\n", "a/memory.max": "max\n",
      ])
    #expect(found == group("0::/", ["cpu.max": "150000 100000", "memory.max": "4000000000"]))
    #expect(found.cores == 1.5)
    #expect(found.memory == 4_000_000_000)
  }

  @Test func firstVersion() {
    let found = group(
      "4:memory:/m/x\n2:cpu,cpuacct:/c\n0::/\n",
      [
        "cpu/c/cpu.cfs_quota_us": "50000\n", "cpu/c/cpu.cfs_period_us": "100000\n",
        "memory/m/x/memory.limit_in_bytes": "9223372036854771712\n",
        "memory/m/memory.limit_in_bytes": "2000000000\n",
      ])
    #expect(found.cores == 0.5)
    #expect(found.memory == 2_000_000_000)
  }

  @Test func aContainerSeesItsOwnGroupAsTheRoot() {
    let found = group("0::/docker/1234", ["memory.max": "1000\n", "cpu.max": "200000 100000\n"])
    #expect(found.memory == 1000)
    #expect(found.cores == 2)
  }

  @Test(arguments: [
    "", "0::/\n", "3:cpu:/\n4:memory:/\n", "not a line\n", "0::/a\n",
  ])
  func noLimits(membership: String) {
    let files = [
      "cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n",
      "cpu.max": "max 100000\n",
      "memory/memory.limit_in_bytes": "9223372036854771712\n", "a/memory.max": "max\n",
    ]
    let found = group(membership, files)
    #expect(found.cores == nil)
    #expect(found.memory == nil)
  }
}
