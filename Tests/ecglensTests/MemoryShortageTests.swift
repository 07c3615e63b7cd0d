// The end of the program where the system refuses memory.

import Testing

@Suite("Refused memory")
struct MemoryShortageTests {
  @Test("ends with one line that names the bytes and the flags")
  func refused() throws {
    let arguments = ["bench", "--task", "training", "--batch", "4096", "--threads", "1", "--quiet"]
    let ended = try Running(arguments, script: "ulimit -v 3000000; exec \"$@\"").ended()
    #expect(ended.status == 74)
    #expect(ended.errorLines.count == 1)
    #expect(ended.errors.hasPrefix("ecglens: no memory for "))
    #expect(ended.errors.contains("bytes; use a smaller --batch or fewer --threads"))
  }
}
