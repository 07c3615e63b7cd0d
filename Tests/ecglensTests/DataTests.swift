// `synth` and `split`.

import Foundation
import TestSupport
import Testing

@Suite("Data")
struct DataTests {
  @Test("synth writes each class, and the same bytes with other threads")
  func synth() throws {
    try withTemporaryFolder { folder in
      for threads in ["1", "3"] {
        let ended = try ecglens(
          "synth", "\(folder)/\(threads)", "--pages", "5", "--size", "400x284", "--seed", "7",
          "--threads", threads, "--json")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.json["pages"] as? Int == 5)
      }
      for page in [
        "normal/synthetic-0001.jpg", "mi/synthetic-0004.jpg", "normal/synthetic-0005.jpg",
      ] {
        let bytes = try ["1", "3"].map {
          try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/\(page)"))
        }
        #expect(bytes[0] == bytes[1])
      }
    }
  }

  @Test("a leaking protocol is warned of, and its split says so")
  func leaks() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/split.json"
      let leaking = try ecglens(
        "split", TinyPages.data, "--protocol", "files", "--out", out, "--json", "--quiet")
      #expect(leaking.status == 0)
      #expect(leaking.json["leaks"] as? Bool == true)
      #expect(leaking.errors.hasPrefix("warning: protocol files leaks: "))
      #expect(try fileText(out).contains("\"protocol\" : \"files\""))
      let kept = try ecglens("split", TinyPages.data, "--out", out, "--force", "--json", "--quiet")
      #expect(kept.json["leaks"] as? Bool == false)
      #expect(kept.errors.isEmpty)
    }
  }

  @Test("train takes a split file; one of other data is refused")
  func splitFile() throws {
    try withTemporaryFolder { folder in
      let split = folder + "/split.json"
      #expect(
        try ecglens("split", TinyPages.data, "--test", "0.4", "--out", split).status == 0)
      let run = folder + "/run"
      let train = ["train", TinyPages.data, "--split", split, "--out", run] + TinyPages.flags
      let ended = try ecglens(train)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try fileText(run + "/split.json") == fileText(split))
      try TinyPages.copy(to: folder + "/other")
      try FileManager.default.removeItem(atPath: folder + "/other/mi/synthetic-0004.jpg")
      let refused = try ecglens(
        "train", folder + "/other", "--split", split, "--out", folder + "/none", "--quiet")
      #expect(refused.status == 65)
      #expect(refused.errorLines.last?.hasPrefix("ecglens: \(split): ") == true)
    }
  }

  /// Moves a fifth of each class's pages to `test`, the rest to `train`.
  private static func declare(_ folder: String, copyOfTest: Bool = false) throws {
    let manager = FileManager.default
    for key in ["normal", "abnormal", "hmi", "mi"] {
      let names = try manager.contentsOfDirectory(atPath: "\(TinyPages.data)/\(key)")
        .filter { $0.hasSuffix(".jpg") }.sorted()
      for (number, name) in names.enumerated() {
        let place = "\(folder)/\(number < 2 ? "test" : "train")/\(key)"
        try manager.createDirectory(atPath: place, withIntermediateDirectories: true)
        try manager.copyItem(
          atPath: "\(TinyPages.data)/\(key)/\(name)", toPath: "\(place)/\(name)")
      }
      if copyOfTest, key == "mi" {
        try manager.copyItem(
          atPath: "\(folder)/test/mi/\(names[0])", toPath: "\(folder)/train/mi/again.jpg")
      }
    }
  }

  @Test("sets that folders declare are used as they stand", arguments: [false, true])
  func declaredSets(_ leaks: Bool) throws {
    try withTemporaryFolder { folder in
      let (data, out) = (folder + "/data", folder + "/split.json")
      try Self.declare(data, copyOfTest: leaks)
      let ended = try ecglens("split", data, "--out", out, "--json", "--quiet")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.json["protocol"] as? String == (leaks ? "declared-leaking" : "declared"))
      #expect(ended.json["leaks"] as? Bool == leaks)
      #expect(ended.errors.contains("leaks: ") == leaks)
      let counts = try #require(ended.json["counts"] as? [[String: Any]])
      let tested = counts.filter { $0["part"] as? String == "test" }
      #expect(tested.allSatisfy { $0["items"] as? Int == 2 })
      #expect(
        try ecglens("audit", data, "--split", out, "--quiet").status == (leaks ? 1 : 0))
      let run = folder + "/run"
      let trained = try ecglens(
        ["train", data, "--out", run, "--json", "--quiet"] + TinyPages.flags)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.json["leaks"] as? Bool == leaks && trained.json["n"] as? Int == 8)
      #expect(try fileText(run + "/split.json").contains("\"protocol\" : \"declared"))
      // The run's own record makes the same run again.
      let again = try ecglens(
        "train", data, "--out", folder + "/again", "--config", run + "/run.json", "--quiet")
      #expect(again.status == 0, "\(again.errors)")
      #expect(try fileText(folder + "/again/split.json") == fileText(run + "/split.json"))
    }
  }

  @Test(
    "what would split declared sets again is refused, and leaves nothing",
    arguments: [
      (["split", "--test", "0.3"], 64, "--test"),
      (["split", "--folds", "3"], 64, "--folds"),
      (["split", "--protocol", "grouped"], 64, "--protocol grouped"),
      (["train", "--protocol", "files"], 64, "--protocol files"),
      (["train", "--fold", "1"], 65, "train"), (["crossval"], 65, "train"),
      (["compare-protocols"], 65, "train"), (["paper", "--test", "0.1"], 64, "--test"),
    ])
  func declaredSetsAreKept(_ words: [String], _ status: Int, _ named: String) throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Self.declare(data)
      let out = folder + "/out"
      let ended = try ecglens([words[0], data, "--out", out, "--quiet"] + words.dropFirst())
      #expect(ended.status == status)
      #expect(ended.errors.hasPrefix("ecglens: ") && ended.errors.contains(named))
      #expect(!FileManager.default.fileExists(atPath: out))
    }
    let none = try ecglens("split", TinyPages.data, "--protocol", "declared", "--quiet")
    #expect(none.status == 64 && none.errors.contains("--protocol declared"))
  }

  @Test("what is found and not used is counted and named")
  func unused() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try TinyPages.copy(to: data)
      let manager = FileManager.default
      let page = try manager.contentsOfDirectory(atPath: data + "/mi").filter {
        $0.hasSuffix(".jpg")
      }.sorted()[0]
      try manager.createDirectory(atPath: data + "/STEMI", withIntermediateDirectories: true)
      for place in ["STEMI/1.gif", "stray.jpg", "mi/scan.bmp", "mi/other.jfif"] {
        try manager.copyItem(atPath: "\(data)/mi/\(page)", toPath: "\(data)/\(place)")
      }
      let audit = try ecglens("audit", data, "--json", "--quiet")
      #expect(audit.json["files"] as? Int == 25)
      let unused = try #require(audit.json["unused"] as? [[String: Any]])
      #expect(unused.map { $0["path"] as? String } == ["STEMI", "mi/scan.bmp", "stray.jpg"])
      #expect(
        unused.map { $0["reason"] as? String } == [
          "unknown_folder", "unsupported_image", "outside_class_folders",
        ])
      let out = folder + "/split.json"
      let split = try ecglens("split", data, "--out", out, "--quiet")
      #expect(split.status == 0)
      for name in ["STEMI", "stray.jpg", "scan.bmp"] {
        #expect(split.errors.contains(name) && split.output.contains(name))
        #expect(try fileText(out).contains(name))
      }
    }
  }

  @Test("linked folders are read alike by audit, split and digitize")
  func links() throws {
    try withTemporaryFolder { folder in
      let (data, elsewhere) = (folder + "/data", folder + "/elsewhere")
      try TinyPages.copy(to: data)
      try FileManager.default.moveItem(atPath: data + "/mi", toPath: elsewhere)
      try FileManager.default.createSymbolicLink(
        atPath: data + "/mi", withDestinationPath: elsewhere)
      try FileManager.default.createSymbolicLink(
        atPath: elsewhere + "/loop", withDestinationPath: data)
      // Through the link pages of other classes would count as MI.
      let audit = try ecglens("audit", data, "--json", "--quiet")
      #expect(audit.status == 65 && audit.errors.contains("mi/loop/abnormal: named as class"))
      let lines = try ecglens(
        "digitize", data, "--out", folder + "/out", "--overlay", "none", "--json", "--quiet"
      ).output.split(separator: "\n")
      // The link leads to a folder above, which a walk from there enters once.
      #expect(lines.count == 24)
    }
  }

  @Test("a table of groups says how it fits; one that fits few pages is refused")
  func groupTable() throws {
    try withTemporaryFolder { folder in
      let table = folder + "/groups.csv"
      var rows: [String] = []
      for key in ["normal", "abnormal", "hmi", "mi"] {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(TinyPages.data)/\(key)")
          .filter { $0.hasSuffix(".jpg") }.sorted()
        rows += names.enumerated().map { "./\(key)/\($1), \(key)\($0) " }
      }
      rows[0] = rows[0].replacing(" normal0 ", with: "NA")
      rows[1] = rows[1].replacing(" normal1 ", with: "NA")
      rows[2] = rows[2].replacing("normal2", with: "NORMAL3")
      rows[23] = "mi/typo.jpg,mi5"
      func write(_ rows: [String]) throws {
        try ("path,group\n" + rows.joined(separator: "\n") + "\n").write(
          toFile: table, atomically: true, encoding: .utf8)
      }
      try write(rows)
      let out = folder + "/split.json"
      let ended = try ecglens(
        "split", TinyPages.data, "--groups", table, "--out", out, "--json", "--quiet")
      #expect(ended.status == 0, "\(ended.errors)")
      let fit = try #require(ended.json["group_table"] as? [String: Any])
      #expect(fit["rows"] as? Int == 24 && fit["fitting_rows"] as? Int == 23)
      #expect(fit["without_row"] as? Int == 1 && fit["missing_ids"] as? Int == 2)
      #expect(fit["ambiguous_ids"] as? [[String]] == [["NORMAL3", "normal3"]])
      #expect(ended.errors.contains("1 of 24 rows fit no page: \"mi/typo.jpg\""))
      #expect(ended.errors.contains("\"NORMAL3\" and \"normal3\""))
      #expect(try fileText(out).contains("\"group_table\""))
      let read = try ecglens("audit", TinyPages.data, "--groups", table, "--quiet")
      #expect(read.output.contains("table of groups: 23 of 24 rows fit a page"))
      try write(Array(rows.prefix(5)))
      let refused = try ecglens(
        "split", TinyPages.data, "--groups", table, "--out", folder + "/none.json", "--quiet")
      #expect(refused.status == 65)
      #expect(refused.errors.contains("it fits 5 of 24 pages, less than half"))
    }
  }

  @Test("progress is silent when asked, and plain lines where no terminal is")
  func progress() throws {
    try withTemporaryFolder { folder in
      let train = ["train", TinyPages.data] + TinyPages.flags
      let quiet = try ecglens(train + ["--out", folder + "/quiet", "--quiet"])
      #expect(quiet.errors.isEmpty)
      let plain = try ecglens(train + ["--out", folder + "/plain"])
      #expect(plain.errorLines.count == 2)
      #expect(plain.errorLines[0].hasPrefix("epoch 1/2: loss "))
      #expect(!plain.errors.contains("\u{1B}") && !plain.errors.contains("\r"))
    }
  }
}
