// Data sets whose classes are not the public archive's, through all verbs.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Own classes")
struct OwnClassesTests {
  /// Twelve pages in folders of these names, in turn from the classes of the tiny pages.
  private static func make(_ folder: String, _ names: [String], pages: Int = 6) throws {
    let sources = try ["normal", "abnormal", "hmi", "mi"].flatMap { key in
      try FileManager.default.contentsOfDirectory(atPath: "\(TinyPages.data)/\(key)")
        .filter { $0.hasSuffix(".jpg") }.sorted().map { "\(TinyPages.data)/\(key)/\($0)" }
    }
    for (index, source) in sources.prefix(pages * names.count).enumerated() {
      let place = "\(folder)/\(names[index % names.count])"
      try createFolder(place)
      try FileManager.default.copyItem(atPath: source, toPath: "\(place)/\(index).jpg")
    }
  }

  private static let spatial = [
    "--network", "spatial-only", "--input", "64", "--draws", "8", "--batch", "4", "--epochs", "1",
    "--quiet",
  ]

  @Test("two classes: split, train, evaluate, predict, explain, report")
  func two() throws {
    try withTemporaryFolder { folder in
      let (data, run) = (folder + "/data", folder + "/run")
      try Self.make(data, ["SR", "AF"])
      let trained = try ecglens(["train", data, "--out", run, "--json"] + Self.spatial)
      #expect(trained.status == 0, "\(trained.errors)")
      let classes = try #require(trained.json["classes"] as? [[String: Any]])
      #expect(classes.map { $0["key"] as? String } == ["af", "sr"])
      let header = try fileText(run + "/predictions.csv").split(separator: "\n")[0]
      #expect(header == "item,ecg,true,predicted,p_af,p_sr,z_af,z_sr")
      let evaluated = try ecglens("evaluate", run, "--json", "--quiet")
      #expect(evaluated.json["accuracy"] as? Double == trained.json["accuracy"] as? Double)
      let page = data + "/AF/1.jpg"
      let predicted = try ecglens("predict", run, page, "--json", "--quiet")
      let shares = try #require(predicted.json["probabilities"] as? [String: Double])
      #expect(shares.keys.sorted() == ["af", "sr"])
      #expect(abs(shares.values.reduce(0, +) - 1) < 1e-6)
      let explained = try ecglens(
        "explain", run, page, "--target", "af-sr", "--out", folder + "/maps", "--json", "--quiet")
      #expect(explained.status == 0 && explained.json["target"] as? String == "af-sr")
      let wrong = try ecglens("explain", run, page, "--target", "hmi-normal")
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("--target hmi-normal: neither a class of this run"))
      let report = try ecglens("report", run, "--quiet")
      #expect(report.status == 0, "\(report.errors)")
      // Nothing is published of these classes.
      #expect(!(try fileText(run + "/figures/classes.csv")).contains("Table IV"))
    }
  }

  @Test("twelve classes are split, trained and cross-validated")
  func twelve() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Self.make(data, (0..<12).map { "class \($0)" }, pages: 2)
      let validated = try ecglens(
        "crossval", data, "--folds", "2", "--network", "global-only", "--input", "64", "--draws",
        "24", "--epochs", "1", "--out", folder + "/cv", "--json", "--quiet")
      #expect(validated.status == 0, "\(validated.errors)")
      let row = try fileText(folder + "/cv/cells/fold-1/predictions.csv").split(separator: "\n")[1]
      #expect(row.split(separator: ",", omittingEmptySubsequences: false).count == 4 + 24)
      #expect(try ecglens("report", folder + "/cv", "--quiet").status == 0)
    }
  }

  @Test("a list merges, names and ignores folders, and the split keeps it")
  func list() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Self.make(data, ["SR", "NSR", "AF", "unsure"])
      let list = folder + "/classes.yaml"
      try Data(
        """
        classes:
          - key: sr
            name: Sinus rhythm
            folders: [SR, NSR]
          - key: af
            name: Atrial fibrillation
            short: AF
            folders: [AF]
        ignore: [unsure]
        """.utf8
      ).write(to: URL(fileURLWithPath: list))
      let split = folder + "/split.json"
      let made = try ecglens("split", data, "--classes", list, "--out", split)
      #expect(made.status == 0 && made.errors.contains("1 folder ignored by --classes, with 6"))
      let object = try #require(
        JSONSerialization.jsonObject(with: readFile(split)) as? [String: Any])
      let classes = try #require(object["classes"] as? [[String: Any]])
      #expect(classes.map { $0["key"] as? String } == ["sr", "af"])
      let trained = try ecglens(
        ["train", data, "--split", split, "--out", folder + "/run", "--json"] + Self.spatial)
      #expect(trained.status == 0, "\(trained.errors)")
      let found = try #require(trained.json["classes"] as? [[String: Any]])
      #expect(found.map { $0["key"] as? String } == ["sr", "af"])
      try Data("classes: nonsense".utf8).write(to: URL(fileURLWithPath: list))
      let refused = try ecglens("split", data, "--classes", list, "--out", split)
      #expect(refused.status == 65 && refused.errorLines.count == 1)
    }
  }

  @Test("classes beside the archive's are used and named")
  func mixed() throws {
    try withTemporaryFolder { folder in
      try Self.make(folder + "/data", ["NORM", "MI", "STTC"])
      let made = try ecglens("split", folder + "/data", "--out", folder + "/s.json")
      #expect(made.status == 0)
      #expect(made.errors.contains("a class besides the public archive's: STTC"))
      #expect(try fileText(folder + "/s.json").contains("\"sttc\""))
    }
  }
}
