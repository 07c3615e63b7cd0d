// What a run's record says is honored: its split, its epochs, its data, its initial trunk.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Records of runs")
struct RunRecordTests {
  private static let hybrid = [
    "--input", "64", "--draws", "8", "--batch", "4", "--recipe", "paper-table3", "--quiet",
  ]

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// A copy of the tiny run that a test may change.
  private func copiedRun(in folder: String) throws -> String {
    try FileManager.default.copyItem(atPath: TinyPages.run, toPath: folder + "/run")
    return folder + "/run"
  }

  @Test("an edited split is refused by whatever reads it")
  func editedSplit() throws {
    try withTemporaryFolder { folder in
      let run = try copiedRun(in: folder)
      let edited = try fileText(run + "/split.json")
        .replacing("\"part\" : \"inner\"", with: "\"part\" : \"train\"")
      try Data(edited.utf8).write(to: URL(fileURLWithPath: run + "/split.json"))
      for arguments in [
        ["evaluate", run], ["report", run],
        ["train", TinyPages.data, "--out", run, "--resume"] + TinyPages.flags,
      ] {
        let ended = try ecglens(arguments + ["--quiet"])
        let errors = ended.errorLines.filter { !$0.hasPrefix("warning: ") }
        #expect(ended.status == 65 && errors.count == 1, "\(arguments) \(ended.errors)")
        #expect(ended.errors.contains("\(run)/split.json: not the split that the run was trained"))
      }
    }
  }

  @Test("weights of another run and changed settings are refused by whatever reads them")
  func otherWeights() throws {
    try withTemporaryFolder { folder in
      let other = folder + "/other"
      let made = try ecglens(
        ["train", TinyPages.data, "--out", other, "--seed", "3", "--quiet"] + TinyPages.flags)
      #expect(made.status == 0)
      let run = try copiedRun(in: folder)
      func check(_ what: String) throws {
        for arguments in [
          ["evaluate", run], ["predict", run, try TinyPages.page("mi")], ["report", run],
        ] {
          let ended = try ecglens(arguments + ["--quiet"])
          #expect(ended.status == 65, "\(what): \(arguments) \(ended.errors)")
          #expect(ended.errors.contains("last.safetensors: not the weights of this run"))
        }
      }
      let weights = run + "/last.safetensors"
      try FileManager.default.removeItem(atPath: weights)
      try FileManager.default.copyItem(atPath: other + "/last.safetensors", toPath: weights)
      try check("weights of another seed")
      let metrics = try fileText(run + "/metrics.json")
      let resumed = try ecglens(
        ["train", TinyPages.data, "--out", run, "--resume", "--quiet"] + TinyPages.flags)
      let after = try fileText(run + "/metrics.json")
      #expect(resumed.status == 65 && after == metrics)
      try FileManager.default.removeItem(atPath: weights)
      try FileManager.default.copyItem(
        atPath: TinyPages.run + "/last.safetensors", toPath: weights)
      let record = try fileText(run + "/run.json")
        .replacing("\"crop\" : \"paper\"", with: "\"crop\" : \"none\"")
      try Data(record.utf8).write(to: URL(fileURLWithPath: run + "/run.json"))
      try check("another crop")
    }
  }

  @Test("a file beside the pages does not keep a run from being resumed")
  func noteBesidePages() throws {
    try withTemporaryFolder { folder in
      let (data, run) = (folder + "/pages", folder + "/run")
      try TinyPages.copy(to: data)
      let first = try ecglens(["train", data, "--out", run, "--quiet"] + TinyPages.flags)
      #expect(first.status == 0)
      try Data("hi".utf8).write(to: URL(fileURLWithPath: data + "/notes.txt"))
      let resumed = try ecglens(
        ["train", data, "--out", run, "--resume", "--quiet"] + TinyPages.flags)
      #expect(resumed.status == 0, "\(resumed.errors)")
    }
  }

  @Test("an unfinished run is marked by every verb that uses its weights")
  func unfinished() throws {
    try withTemporaryFolder { folder in
      let run = try copiedRun(in: folder)
      // As if interrupted after the second of nine epochs.
      let record = try fileText(run + "/run.json").replacing(
        "\"epochs\" : 2", with: "\"epochs\" : 9")
      try Data(record.utf8).write(to: URL(fileURLWithPath: run + "/run.json"))
      for name in ["metrics.json", "predictions.csv"] {
        try FileManager.default.removeItem(atPath: "\(run)/\(name)")
      }
      let warning = "warning: \(run): unfinished, 2 of 9 epochs"
      let evaluated = try ecglens("evaluate", run, "--json")
      #expect(evaluated.status == 0 && evaluated.errors.contains(warning))
      #expect(evaluated.json["epochs"] as? [String: Int] == ["finished": 2, "planned": 9])
      #expect(try ecglens("evaluate", run).output.hasPrefix("UNFINISHED: 2 of 9 epochs"))
      let predicted = try ecglens("predict", run, try TinyPages.page("mi"), "--json")
      #expect(predicted.errors.contains(warning))
      let mark = predicted.json["unfinished_training"] as? [String: Int]
      #expect(mark == ["finished": 2, "planned": 9])
      let reported = try ecglens("report", run, "--quiet")
      #expect(reported.status == 0 && reported.errors.contains(warning), "\(reported.errors)")
      let whole = try ecglens("predict", TinyPages.run, try TinyPages.page("mi"), "--json")
      #expect(whole.errors.isEmpty && whole.json["unfinished_training"] == nil)
    }
  }

  @Test("a cross-validation of other data or another network stands beside no run")
  func otherCrossval() throws {
    try withTemporaryFolder { folder in
      let run = try copiedRun(in: folder)
      let others = folder + "/others"
      _ = try ecglens("synth", others, "--pages", "24", "--seed", "9", "--size", "400x284")
      let cells = ["--folds", "2", "--quiet"] + TinyPages.flags
      for (name, data, flags, words) in [
        ("data", others, [], "its data are \(others) (24 ECGs), not \(TinyPages.data) (24 ECGs)"),
        ("network", TinyPages.data, ["--input", "64"], "it has --input 64, not 227"),
      ] {
        let out = "\(folder)/\(name)"
        let made = try ecglens(["crossval", data, "--out", out] + cells + flags)
        #expect(made.status == 0, "\(made.errors)")
        let ended = try ecglens("report", run, "--crossval", out, "--quiet")
        #expect(ended.status == 65 && ended.errorLines.count == 1)
        #expect(ended.errors.contains("\(out): not a cross-validation of \(run): \(words)"))
        #expect(!exists(run + "/figures"))
      }
    }
  }

  @Test("a report's figures are its own: two reports share no folder, none keeps another's figures")
  func figures() throws {
    try withTemporaryFolder { folder in
      let run = try copiedRun(in: folder)
      let made = try ecglens(
        ["crossval", TinyPages.data, "--out", folder + "/cv", "--folds", "2", "--quiet"]
          + TinyPages.flags)
      #expect(made.status == 0, "\(made.errors)")
      func report(_ flags: String...) throws {
        let ended = try ecglens(["report", run, "--quiet"] + flags)
        #expect(ended.status == 0, "\(ended.errors)")
      }
      try report("--crossval", folder + "/cv")
      #expect(exists(run + "/figures/folds.csv"))
      try report("--out", folder + "/other.pdf")
      #expect(exists(run + "/figures/folds.csv"))
      #expect(exists(folder + "/other-figures/confusion.csv"))
      #expect(!exists(folder + "/other-figures/folds.csv"))
      try Data().write(to: URL(fileURLWithPath: run + "/figures/notes.pdf"))
      try report()
      #expect(!exists(run + "/figures/folds.csv") && exists(run + "/figures/confusion.csv"))
      #expect(exists(run + "/figures/notes.pdf"))
    }
  }

  @Test("a trunk that was trained on test pages is refused, one without a record is reported")
  func trunk() throws {
    try withTemporaryFolder { folder in
      let first = folder + "/first"
      let flags = Self.hybrid + ["--epochs", "1"]
      let made = try ecglens(["train", TinyPages.data, "--out", first, "--seed", "1"] + flags)
      #expect(made.status == 0, "\(made.errors)")
      let weights = ["--weights", first + "/last.safetensors"]
      let train = ["train", TinyPages.data, "--out", folder + "/second"] + flags
      let refused = try ecglens(train + weights + ["--seed", "2"])
      #expect(refused.status == 65 && refused.errorLines.count == 1)
      #expect(refused.errors.contains("was trained on") && refused.errors.contains(first))
      #expect(!exists(folder + "/second"))
      let folds = try ecglens(
        ["crossval", TinyPages.data, "--out", folder + "/cv", "--folds", "2"] + flags + weights)
      #expect(folds.status == 65 && !exists(folder + "/cv"))
      let same = try ecglens(train + weights + ["--split", first + "/split.json"])
      #expect(same.status == 0, "\(same.errors)")
      #expect(same.errors.isEmpty)
      try FileManager.default.copyItem(
        atPath: first + "/last.safetensors", toPath: folder + "/moved.safetensors")
      let unknown = try ecglens(
        ["train", TinyPages.data, "--out", folder + "/third", "--weights"]
          + [folder + "/moved.safetensors"] + flags)
      #expect(unknown.status == 0 && unknown.errors.contains("cannot be excluded"))
    }
  }

  @Test("what is refused leaves nothing behind, and brings back what was moved aside")
  func nothingBehind() throws {
    try withTemporaryFolder { folder in
      let crossval = ["crossval", TinyPages.data, "--out", folder + "/a/cv"] + Self.hybrid
      #expect(try ecglens(crossval + ["--folds", "20"]).status == 65)
      let missing = ["--weights", folder + "/none.safetensors"]
      #expect(try ecglens(crossval + missing).status == 66)
      #expect(
        try ecglens(
          ["compare-protocols", TinyPages.data, "--out", folder + "/a/cp"] + Self.hybrid + missing
        ).status == 66)
      let train = ["train", TinyPages.data] + Self.hybrid + missing
      #expect(try ecglens(train + ["--out", folder + "/a/run"]).status == 66)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      let run = try copiedRun(in: folder)
      #expect(try ecglens(train + ["--out", run, "--force"]).status == 66)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["run"])
      #expect(exists(run + "/last.safetensors"))
    }
  }

  @Test("repeats of a cross-validation count each page once, in text, JSON, table and report")
  func repeats() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/cv"
      let flags =
        ["crossval", TinyPages.data, "--out", out, "--folds", "2", "--repeats", "3", "--quiet"]
        + TinyPages.flags
      let ended = try ecglens(flags + ["--json"])
      #expect(ended.status == 0, "\(ended.errors)")
      let result = try #require(ended.json["result"] as? [String: Any])
      #expect(result["n"] as? Int == 24 && result["repeats"] as? Int == 3)
      let pooled = try #require(ended.json["pooled"] as? [[String: Any]])
      let accuracies = pooled.compactMap { $0["accuracy"] as? Double }
      let accuracy = try #require(result["accuracy"] as? Double)
      #expect(accuracies.count == 3 && abs(accuracy - accuracies.reduce(0, +) / 3) < 1e-12)
      let printed = try ecglens(flags + ["--resume"])
      #expect(printed.output.contains("(n = 24 ECGs, mean of 3 repeats)"))
      #expect(printed.output.contains("accuracy by repeat: "))
      let row = try #require(try CSVTable(contentsOf: out + "/result.csv").rows.first)
      #expect(Array(row.prefix(3)) == ["accuracy", "24", "3"] && Double(row[3]) == accuracy)
      let reported = try ecglens("report", out, "--quiet")
      #expect(reported.status == 0, "\(reported.errors)")
      #expect(try fileText(out + "/figures/folds.svg").contains("n = 24 ECGs"))
      #expect(try fileText(out + "/figures/confusion.svg").contains("n = 24 ECGs (3 repeats)"))
      let rows = try CSVTable(contentsOf: out + "/figures/folds.csv").rows
      #expect(rows.first { $0[0] == "mean" }?[1] == "24")
      #expect(rows.count { $0[0].hasPrefix("repeat ") } == 3)
    }
  }
}
