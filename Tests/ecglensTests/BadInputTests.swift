// Damaged, missing and refused inputs: one line, the right status, nothing half-written.

import ECGFiles
import ECGWeights
import Foundation
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
  private func expectRefused(
    _ arguments: [String], status: Int32, names: String, leaving absent: String? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let ended = try ecglens(arguments)
    #expect(ended.status == status, "\(ended.errors)", sourceLocation: location)
    #expect(ended.errorLines.count == 1, "\(ended.errors)", sourceLocation: location)
    #expect(
      ended.errors.hasPrefix("ecglens: \(names)"), "\(ended.errors)", sourceLocation: location)
    #expect(ended.errors.contains("; "), "\(ended.errors)", sourceLocation: location)
    if let absent {
      #expect(!FileManager.default.fileExists(atPath: absent), sourceLocation: location)
    }
  }

  private func expectDataRefused(
    status: Int32 = 65, names: String, location: SourceLocation = #_sourceLocation,
    _ damage: (_ data: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let data = folder + "/pages"
      try TinyPages.copy(to: data)
      try damage(data)
      for verb in ["train", "split"] {
        try expectRefused(
          [verb, data, "--out", folder + "/out", "--cache", folder + "/cache", "--quiet"],
          status: status, names: "\(data)\(names)", leaving: folder + "/out", location: location)
      }
    }
  }

  @Test("a truncated JPEG")
  func truncated() throws {
    try expectDataRefused(names: "/hmi/synthetic-0003.jpg: ") { data in
      let path = data + "/hmi/synthetic-0003.jpg"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
    }
  }

  @Test("a text named .jpg")
  func textFile() throws {
    try expectDataRefused(names: "/mi/notes.jpg: ") { data in
      try Data("not a page\n".utf8).write(to: URL(fileURLWithPath: data + "/mi/notes.jpg"))
    }
  }

  @Test(
    "--on-error skip leaves out what cannot be read, and the split, the run and the report say so")
  func skipping() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/pages"
      try TinyPages.copy(to: data)
      try Data("not a page\n".utf8).write(to: URL(fileURLWithPath: data + "/mi/notes.jpg"))
      try FileManager.default.createSymbolicLink(
        atPath: data + "/hmi/gone.jpg", withDestinationPath: data + "/nowhere.jpg")
      let flags = ["--cache", folder + "/cache", "--on-error", "skip", "--json"]
      let ended = try ecglens(["split", data, "--out", folder + "/split.json"] + flags)
      #expect(ended.status == 0, "\(ended.errors)")
      let skipped = try #require(ended.json["skipped"] as? [[String: String]])
      #expect(skipped.map { $0["path"] } == ["hmi/gone.jpg", "mi/notes.jpg"])
      #expect(ended.errors.contains("mi/notes.jpg: skipped: not a JPEG or PNG image"))
      let split = try fileText(folder + "/split.json")
      #expect(split.contains("\"skipped\"") && split.contains("mi/notes.jpg"))
      #expect(!split.contains(folder))
    }
  }

  @Test("a disk that fills up: one line, status 74, nothing half-written", arguments: [1, 2000])
  func fullDisk(_ blocks: Int) throws {
    try withTemporaryFolder { folder in
      // A limit on the size of files stands for the disk's: the write that passes it fails.
      let script = "trap '' XFSZ; ulimit -f \(blocks); exec \"$@\""
      for verb in ["split", "train"] {
        let cache = "\(folder)/cache-\(verb)"
        let ended = try Running(
          [verb, TinyPages.data, "--out", "\(folder)/\(verb)", "--cache", cache, "--quiet"]
            + (verb == "train" ? TinyPages.flags : []), script: script
        ).ended()
        // A split of 24 pages fits into 2000 blocks, what training keeps does not.
        guard verb == "train" || blocks == 1 else {
          #expect(ended.status == 0, "\(ended.errors)")
          continue
        }
        #expect(ended.status == 74, "\(ended.errors)")
        #expect(ended.errorLines.count == 1 && ended.errors.contains("; "), "\(ended.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(verb)"))
        let kept = try FileManager.default.contentsOfDirectory(atPath: cache)
        #expect(!kept.contains { $0.hasSuffix(".partial") || $0.contains(".tmp-") }, "\(kept)")
      }
    }
  }

  @Test("an empty class folder")
  func emptyClass() throws {
    try expectDataRefused(names: "/mi: ") { data in
      try FileManager.default.removeItem(atPath: data + "/mi")
      try FileManager.default.createDirectory(
        atPath: data + "/mi", withIntermediateDirectories: false)
    }
  }

  @Test("a folder with one class")
  func oneClass() throws {
    try expectDataRefused(names: ": ") { data in
      for key in ["abnormal", "hmi", "mi"] {
        try FileManager.default.removeItem(atPath: "\(data)/\(key)")
      }
    }
  }

  @Test("no data folder, no run, no page, no configuration")
  func missing() throws {
    try withTemporaryFolder { folder in
      let none = folder + "/none"
      try expectRefused(
        ["train", none, "--out", folder + "/run"], status: 66, names: none, leaving: folder + "/run"
      )
      try expectRefused(["evaluate", none], status: 66, names: none)
      try expectRefused(["predict", TinyPages.run, none], status: 66, names: none)
      try expectRefused(["model", "--config", none], status: 66, names: none)
      try expectRefused(
        ["train", TinyPages.data, "--out", folder + "/run", "--weights", none, "--quiet"],
        status: 66, names: none)
    }
  }

  @Test("a checkpoint of another network")
  func otherNetwork() throws {
    try withTemporaryFolder { folder in
      let other = folder + "/other"
      try FileManager.default.copyItem(atPath: TinyPages.run, toPath: other)
      let record = try fileText(other + "/run.json")
      try Data(record.replacing("\"global-skip\" : true", with: "\"global-skip\" : false").utf8)
        .write(to: URL(fileURLWithPath: other + "/run.json"))
      try expectRefused(
        ["evaluate", other], status: 65, names: other + "/last.safetensors: ")
      try expectRefused(
        ["predict", other, try TinyPages.page("hmi")], status: 65,
        names: other + "/last.safetensors: ")
    }
  }

  @Test("a damaged page among good ones stops none of them")
  func predictGoesOn() throws {
    try withTemporaryFolder { folder in
      let bad = folder + "/bad.jpg"
      try Data("not a page\n".utf8).write(to: URL(fileURLWithPath: bad))
      let good = [try TinyPages.page("hmi"), try TinyPages.page("mi")]
      let ended = try ecglens("predict", TinyPages.run, good[0], bad, good[1], "--json")
      #expect(ended.status == 65)
      let lines = ended.output.split(separator: "\n").map {
        (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any] ?? [:]
      }
      #expect(lines.map { $0["path"] as? String } == [good[0], bad, good[1]])
      #expect(lines.map { $0["error"] != nil } == [false, true, false])
    }
  }

  @Test("places that cannot be written")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/file"
      try Data().write(to: URL(fileURLWithPath: file))
      for place in [file + "/run", "/proc/run"] {
        try expectRefused(
          ["train", TinyPages.data, "--out", place, "--quiet"], status: 73, names: "")
        try expectRefused(["synth", place, "--pages", "4", "--quiet"], status: 73, names: "")
      }
      try expectRefused(
        ["train", TinyPages.data, "--out", TinyPages.run], status: 73, names: TinyPages.run)
    }
  }

  @Test("a full device under standard output")
  func full() throws {
    let ended = try Running(["model", "--json"], output: "/dev/full").ended()
    #expect(ended.status == 74)
    #expect(ended.errorLines.count == 1)
  }

  @Test("a run folder that another process holds")
  func held() throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      try FileManager.default.copyItem(atPath: TinyPages.run, toPath: run)
      let lock = try RunLock(folder: run)
      try withExtendedLifetime(lock) {
        for flag in ["--resume", "--force"] {
          try expectRefused(
            ["train", TinyPages.data, "--out", run, flag, "--quiet"], status: 75, names: run)
        }
      }
    }
  }

  @Test("--force moves an earlier run aside and deletes nothing")
  func force() throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      try FileManager.default.copyItem(atPath: TinyPages.run, toPath: run)
      let flags = ["train", TinyPages.data, "--out", run, "--force"] + TinyPages.flags
      #expect(try ecglens(flags).status == 0)
      #expect(try digest(run + ".bak-1") == digest(TinyPages.run))
      #expect(try digest(run) == digest(TinyPages.run))
    }
  }
}
