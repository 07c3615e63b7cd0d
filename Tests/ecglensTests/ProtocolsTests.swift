// `compare-protocols` and `probe` on a few small pages.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Protocols and probes")
struct ProtocolsTests {
  private static let flags = [
    "--network", "global-only", "--input", "64", "--draws", "16", "--batch", "8", "--epochs", "2",
    "--quiet",
  ]

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test("each protocol is trained once, then taken as it is; another plan is refused")
  func compare() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/compare"
      let run = try ecglens(
        [
          "train", TinyPages.data, "--out", out + "/cells/files", "--protocol", "files", "--inner",
          "0",
        ]
          + Self.flags)
      #expect(run.status == 0, "\(run.errors)")
      let weights = try SHA256Digest.of(file: out + "/cells/files/last.safetensors")
      let flags = ["compare-protocols", TinyPages.data, "--out", out] + Self.flags
      #expect(try ecglens(flags).status == 73)
      let some = flags + ["--resume", "--protocols", "files,grouped"]
      let first = try ecglens(some + ["--json"])
      #expect(first.status == 0, "\(first.errors)")
      let cells = try #require(first.json["cells"] as? [[String: Any]])
      #expect(cells.map { $0["protocol"] as? String } == ["files", "grouped"])
      #expect(cells.map { $0["leaks"] as? Bool } == [true, false])
      #expect(try SHA256Digest.of(file: out + "/cells/files/last.safetensors") == weights)
      #expect(exists(out + "/report.pdf") && exists(out + "/figures/protocols.svg"))
      let all = try ecglens(flags + ["--resume"])
      #expect(all.status == 0, "\(all.errors)")
      #expect(try CSVTable(contentsOf: out + "/table.csv").rows.count == 4 * 7)
      // Fewer protocols would drop the rows of the others.
      let fewer = try ecglens(some)
      #expect(fewer.status == 73 && fewer.errors.contains("--protocols"), "\(fewer.errors)")
      #expect(try CSVTable(contentsOf: out + "/table.csv").rows.count == 4 * 7)
      let refused = try ecglens(flags + ["--resume", "--seed", "1"])
      #expect(refused.status == 73 && refused.errorLines.count == 1)
      try FileManager.default.removeItem(atPath: out + "/report.pdf")
      #expect(try ecglens("report", out, "--quiet").status == 0)
      #expect(exists(out + "/report.pdf"))
    }
  }

  @Test("what is no protocol, or chosen twice over, is refused in one line")
  func wrongUse() throws {
    for flags in [["--protocols", "paper,none"], ["--protocol", "files"]] {
      let ended = try ecglens(["compare-protocols", TinyPages.data, "--out", "/none"] + flags)
      #expect(ended.status == 64 && ended.errorLines.count == 1)
      #expect(ended.errors.contains("--protocols"))
    }
  }

  @Test("probe leaves table and figure, and says the same twice")
  func probe() throws {
    try withTemporaryFolder { folder in
      let flags = ["probe", TinyPages.data, "--folds", "3", "--quiet"]
      let ended = try ecglens(flags + ["--out", folder + "/probe", "--json"])
      #expect(ended.status == 0, "\(ended.errors)")
      #expect((ended.json["rows"] as? [Any])?.count == 20)
      #expect(ended.json["ecgs"] as? Int == 24)
      for name in ["table.csv", "table.json", "probe.pdf", "probe.svg"] {
        #expect(exists(folder + "/probe/" + name))
      }
      let text = try ecglens(flags + ["--threads", "1"])
      #expect(text.output.contains("header"))
      #expect(try ecglens(flags + ["--threads", "2"]).output == text.output)
    }
  }
}
