// The same command leaves the same bits, whatever happens on the way.

import ECGFiles
import Foundation
import TestSupport
import Testing

/// The digest of a run's last weights.
func digest(_ run: String) throws -> String {
  try SHA256Digest.of(file: run + "/last.safetensors").description
}

/// A run's epochs without what depends on the clock.
func history(_ run: String) throws -> [String] {
  try fileText(run + "/metrics.jsonl").split(separator: "\n").map { line in
    String(line.prefix(upTo: try #require(line.range(of: ",\"seconds\"")).lowerBound))
  }
}

@Suite("The same bits")
struct SameBitsTests {
  @Test("twice, and with other threads", arguments: [["--threads", "1"], ["--threads", "3"]])
  func twice(_ threads: [String]) throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      let ended = try ecglens(
        ["train", TinyPages.data, "--out", run] + TinyPages.flags + threads)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try digest(run) == digest(TinyPages.run))
      #expect(try history(run) == history(TinyPages.run))
      for name in ["predictions.csv", "metrics.json", "split.json"] {
        #expect(try fileText("\(run)/\(name)") == fileText("\(TinyPages.run)/\(name)"))
      }
    }
  }

  @Test("the whole network, with one thread and with two")
  func hybrid() throws {
    try withTemporaryFolder { folder in
      for threads in ["1", "2"] {
        let ended = try ecglens(
          "train", TinyPages.data, "--out", folder + "/\(threads)", "--threads", threads,
          "--draws", "4", "--batch", "2", "--epochs", "1", "--recipe", "paper-table3", "--quiet",
          "--input", "64")
        #expect(ended.status == 0, "\(ended.errors)")
      }
      #expect(try digest(folder + "/1") == digest(folder + "/2"))
      #expect(try history(folder + "/1") == history(folder + "/2"))
    }
  }

  /// A training long enough to be met in the middle of an epoch.
  private static let long = [
    "--network", "global-only", "--draws", "640", "--epochs", "4", "--batch", "16", "--quiet",
  ]

  @Test(
    "interrupted in the middle of an epoch and resumed", arguments: [SIGKILL, SIGINT, SIGTERM])
  func interrupted(_ signal: Int32) throws {
    try withTemporaryFolder { folder in
      let (whole, broken) = (folder + "/whole", folder + "/broken")
      let uninterrupted = try ecglens(["train", TinyPages.data, "--out", whole] + Self.long)
      #expect(uninterrupted.status == 0, "\(uninterrupted.errors)")
      let flags = ["train", TinyPages.data, "--out", broken] + Self.long
      let running = try Running(flags)
      // The second epoch begins when the first one's line is there.
      running.wait { FileManager.default.fileExists(atPath: broken + "/metrics.jsonl") }
      let before = running.ticks
      running.wait { running.ticks >= before + 5 }
      #expect(running.isRunning, "the training ended before it was interrupted")
      running.send(signal)
      let ended = running.ended()
      #expect(ended.status == 128 + signal)
      #expect(!FileManager.default.fileExists(atPath: broken + "/metrics.json"))
      if signal != SIGKILL {
        #expect(ended.errorLines.count == 1)
        #expect(ended.errors.hasPrefix("ecglens: \(broken): interrupted after "))
      }
      let again = try ecglens(flags + ["--resume"])
      #expect(again.status == 0, "\(again.errors)")
      #expect(try digest(broken) == digest(whole))
      #expect(try history(broken) == history(whole))
    }
  }
}
