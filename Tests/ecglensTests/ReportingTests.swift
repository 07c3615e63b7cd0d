// `explain`, `crossval`, `report` and `paper` on a tiny network with both branches.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Explaining and reporting")
struct ReportingTests {
  /// Flags of a network with all its branches that trains in a second.
  private static let flags = [
    "--input", "64", "--draws", "8", "--batch", "4", "--epochs", "1", "--recipe", "paper-table3",
    "--quiet",
  ]

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test("explain leaves raw numbers and a page, and scores every lead")
  func explain() throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      let trained = try ecglens(["train", TinyPages.data, "--out", run] + Self.flags)
      #expect(trained.status == 0, "\(trained.errors)")
      let page = try TinyPages.page("hmi")
      let ended = try ecglens(
        "explain", run, page, folder + "/none.jpg", "--json", "--stage", "layer3", "--target",
        "hmi-normal", "--out", folder + "/maps")
      #expect(ended.status == 66)
      let lines = try ended.output.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(lines.count == 2)
      #expect((lines[1]["error"] as? String)?.hasPrefix(folder + "/none.jpg: ") == true)
      #expect(lines[0]["target"] as? String == "hmi-normal")
      #expect(lines[0]["stage"] as? String == "layer3")
      #expect(lines[0]["method"] as? String == "grad-cam")
      let map = try NumPyArray.read(try #require(lines[0]["map"] as? String))
      #expect(map.shape == [4, 4])
      #expect(exists(try #require(lines[0]["page"] as? String)))
      if let leads = lines[0]["leads"] as? [String: [String: Double]] {
        let outside = try #require(lines[0]["outside"] as? Double)
        let sum = leads.values.reduce(outside) { $0 + ($1["share"] ?? .nan) }
        #expect(leads.count == 13 && abs(sum - 1) < 1e-9)
      } else {
        // Nothing in the map speaks for the target.
        #expect(map.values.allSatisfy { $0 <= 0 })
      }
    }
  }

  @Test("a network without stages cannot be explained, and its report has no maps")
  func withoutStages() throws {
    try withTemporaryFolder { folder in
      let refused = try ecglens("explain", TinyPages.run, try TinyPages.page("hmi"))
      #expect(refused.status == 65)
      #expect(refused.errorLines.count == 1)
      let run = folder + "/run"
      try FileManager.default.copyItem(atPath: TinyPages.run, toPath: run)
      let ended = try ecglens("report", run, "--quiet")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(exists(run + "/report.pdf") && exists(run + "/figures/confusion.svg"))
      #expect(!exists(run + "/maps"))
    }
  }

  @Test("crossval tests each page once, goes on, and is reported")
  func crossval() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/folds"
      let flags = ["crossval", TinyPages.data, "--out", out, "--folds", "2"] + Self.flags
      let ended = try ecglens(flags + ["--json"])
      #expect(ended.status == 0, "\(ended.errors)")
      let pooled = try #require(ended.json["pooled"] as? [[String: Any]])
      #expect(pooled[0]["n"] as? Int == 24)
      #expect(try ecglens(flags).status == 73)
      #expect(try ecglens(flags + ["--resume", "--json"]).output == ended.output)
      #expect(try CSVTable(contentsOf: out + "/table.csv").rows.count == 2)
      #expect(try ecglens("report", out, "--quiet").status == 0)
      #expect(exists(out + "/report.pdf"))
    }
  }

  @Test("a linear network on beats is trained, asked, cross-validated and reported like any other")
  func beatsLinear() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/pages"
      #expect(try ecglens("synth", data, "--pages", "24", "--seed", "2", "--quiet").status == 0)
      let flags = ["--network", "beats-linear", "--cache", folder + "/cache", "--quiet"]
      let (run, folds) = (folder + "/run", folder + "/folds")
      let trained = try ecglens(["train", data, "--out", run] + flags)
      #expect(trained.status == 0, "\(trained.errors)")
      let row = try #require(try CSVTable(contentsOf: run + "/predictions.csv").rows.first)
      let told = try ecglens("predict", run, "\(data)/\(row[0])", "--json")
      let logits = try #require(told.json["logits"] as? [Double]).map { Float($0) }
      #expect(logits == row.suffix(4).compactMap { Float($0) })
      #expect(try ecglens("explain", run, "\(data)/\(row[0])").status == 65)
      let crossval = try ecglens(["crossval", data, "--folds", "2", "--out", folds] + flags)
      #expect(crossval.status == 0, "\(crossval.errors)")
      for place in [run, folds] {
        let ended = try ecglens("report", place, "--cache", folder + "/cache", "--quiet")
        #expect(ended.status == 0, "\(ended.errors)")
        let rows = try CSVTable(contentsOf: place + "/figures/baselines.csv").rows.map { $0[0] }
        #expect(rows == ["beats-linear", "heart rate alone"])
      }
      #expect(exists(run + "/figures/beat-weights.svg"))
    }
  }

  @Test("paper leaves a report, goes on to the same one, and marks a leak")
  func paper() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/paper"
      let flags =
        ["paper", TinyPages.data, "--out", out, "--protocol", "files", "--quick", "--folds", "2"]
        + Self.flags
      let ended = try ecglens(flags)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.errors.contains("warning: protocol files leaks"))
      let report = try Data(contentsOf: URL(fileURLWithPath: out + "/report.pdf"))
      #expect(report.range(of: Data("Leaking protocol".utf8)) != nil)
      #expect(try fileText(out + "/figures/confusion.svg").contains("LEAKING PROTOCOL"))
      #expect(exists(out + "/run/tables/branches.csv"))
      let again = try ecglens(flags + ["--resume"])
      #expect(again.status == 0, "\(again.errors)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: out + "/report.pdf")) == report)
    }
  }
}
