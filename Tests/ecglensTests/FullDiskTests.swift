// Writing that fails half-way, as on a full disk: here files may not grow beyond a limit.

import Foundation
import TestSupport
import Testing

@Suite("Full disk")
struct FullDiskTests {
  /// Runs the program with files of at most so many blocks of 512 bytes.
  private func limited(_ blocks: Int, _ arguments: [String]) throws -> Ended {
    try Running(
      arguments, script: "trap '' XFSZ; ulimit -f \(blocks); exec \"$@\""
    ).ended()
  }

  private func files(below folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
  }

  private static let training = [
    "--network", "global-only", "--draws", "64", "--epochs", "2", "--quiet",
  ]

  @Test("one line names the file, and nothing is half-written")
  func verbs() throws {
    let run = TinyPages.run
    try withTemporaryFolder { folder in
      let copy = folder + "/run"
      try FileManager.default.copyItem(atPath: run, toPath: copy)
      let cases: [(blocks: Int, arguments: [String], kept: [String])] = [
        (8, ["split", TinyPages.data, "--out", folder + "/out/split.json", "--quiet"], []),
        (
          64, ["train", TinyPages.data, "--out", folder + "/out/run"] + Self.training,
          ["run", "run/.lock", "run/run.json", "run/split.json"]
        ),
        (8, ["synth", folder + "/out/pages", "--pages", "4", "--size", "400x284", "--quiet"], []),
        (8, ["report", copy, "--out", folder + "/out/report.pdf", "--quiet"], []),
      ]
      for (blocks, arguments, kept) in cases {
        let out = folder + "/out"
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let before = files(below: copy)
        let ended = try limited(blocks, arguments)
        #expect(ended.status == 74, "\(arguments[0]): \(ended.errors)")
        let lines = ended.errorLines.filter { !$0.hasPrefix("warning: ") }
        #expect(lines.count == 1, "\(ended.errors)")
        #expect(lines.first?.hasPrefix("ecglens: \(folder)/") == true, "\(ended.errors)")
        #expect(lines.first?.contains("; check the disk") == true, "\(ended.errors)")
        let left = files(below: out)
        #expect(!left.contains { $0.contains(".tmp-") }, "\(left)")
        if !kept.isEmpty { #expect(left == kept) }
        // A part of the pages would be taken for a data set.
        #expect(!left.contains { $0.hasPrefix("pages") }, "\(left)")
        let added = Set(files(below: copy)).subtracting(before)
        #expect(!added.contains { $0.contains(".tmp-") }, "\(added)")
        try FileManager.default.removeItem(atPath: out)
      }
    }
  }

  @Test("a training goes on to the same bits once there is room")
  func resume() throws {
    let run = TinyPages.run
    try withTemporaryFolder { folder in
      let out = folder + "/run"
      let arguments = ["train", TinyPages.data, "--out", out] + Self.training
      #expect(try limited(64, arguments).status == 74)
      let ended = try ecglens(arguments + ["--resume"])
      #expect(ended.status == 0, "\(ended.errors)")
      let isSame =
        try Data(contentsOf: URL(fileURLWithPath: out + "/last.safetensors"))
        == Data(contentsOf: URL(fileURLWithPath: run + "/last.safetensors"))
      #expect(isSame)
    }
  }
}
