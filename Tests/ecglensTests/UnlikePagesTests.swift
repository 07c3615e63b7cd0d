// Pages unlike the training pages, classes that training did not have, and where leads lie.

import ECGFiles
import ECGRaster
import Foundation
import TestSupport
import Testing

@Suite("Pages unlike the training pages")
struct UnlikePagesTests {
  /// A small network with stages that trains in a second.
  private static let flags = [
    "--network", "resnet18", "--input", "64", "--draws", "8", "--batch", "4", "--epochs", "1",
    "--recipe", "paper-table3", "--quiet",
  ]

  @Test("a black and a white page are marked by predict and explain, a training page is not")
  func marked() throws {
    try withTemporaryFolder { folder in
      let split = try fileText(TinyPages.run + "/split.json")
      let items = try #require(
        try JSONSerialization.jsonObject(with: Data(split.utf8)) as? [String: Any])["items"]
      let trained = try #require(
        (items as? [[String: Any]])?.first { $0["part"] as? String == "train" }?["path"] as? String)
      for (name, level) in [("black", UInt8(0)), ("white", 255)] {
        let image = Image(width: 400, height: 284, filledWith: (level, level, level))
        try writeAtomically(image.jpegData(quality: 90), to: "\(folder)/\(name).jpg")
        let json = try ecglens("predict", TinyPages.run, "\(folder)/\(name).jpg", "--json").json
        #expect(json["unlike_training"] as? Bool == true, "\(name)")
        #expect((json["why"] as? String)?.isEmpty == false)
        let line = try ecglens("predict", TinyPages.run, "\(folder)/\(name).jpg").output
        #expect(line.contains("UNLIKE the training pages: "))
      }
      let json = try ecglens(
        "predict", TinyPages.run, "\(TinyPages.data)/\(trained)", "--json"
      ).json
      #expect(json["unlike_training"] as? Bool == false && json["why"] is NSNull)
    }
  }

  @Test("a run without a record of its training pages says so")
  func withoutRecord() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.copyItem(atPath: TinyPages.run, toPath: folder + "/run")
      try FileManager.default.removeItem(atPath: folder + "/run/training-pages.json")
      let page = try TinyPages.page("hmi")
      let json = try ecglens("predict", folder + "/run", page, "--json").json
      #expect(json["unlike_training"] is NSNull)
      #expect((json["why"] as? String)?.contains("no record of its training pages") == true)
      let evaluated = try ecglens("evaluate", folder + "/run", "--json").json
      #expect(evaluated["unlike_training"] is NSNull)
      // The same training resumed, though it has ended, leaves the record.
      let again = try ecglens(
        ["train", TinyPages.data, "--out", folder + "/run", "--resume"] + TinyPages.flags)
      #expect(again.status == 0, "\(again.errors)")
      let after = try ecglens("predict", folder + "/run", page, "--json").json
      #expect(after["unlike_training"] is Bool)
    }
  }

  @Test("a training on two classes gives two probabilities, and no target of the others")
  func twoClasses() throws {
    try withTemporaryFolder { folder in
      try TinyPages.copy(to: folder + "/data")
      for key in ["hmi", "mi"] {
        try FileManager.default.removeItem(atPath: "\(folder)/data/\(key)")
      }
      let run = folder + "/run"
      let trained = try ecglens(["train", folder + "/data", "--out", run] + Self.flags)
      #expect(trained.status == 0, "\(trained.errors)")
      for key in ["normal", "mi"] {
        let json = try ecglens("predict", run, try TinyPages.page(key), "--json").json
        let shares = try #require(json["probabilities"] as? [String: Double])
        #expect(Set(shares.keys) == ["normal", "abnormal"])
        #expect(abs(shares.values.reduce(0, +) - 1) < 1e-8)
        let logits = try #require(json["logits"] as? [Any])
        #expect(logits.count == 4 && logits[2] is NSNull && logits[3] is NSNull)
      }
      for row in try CSVTable(contentsOf: run + "/predictions.csv").rows {
        #expect(row[6] == "" && row[7] == "" && row[4] != "")
      }
      let refused = try ecglens("explain", run, try TinyPages.page("normal"), "--target", "mi")
      #expect(refused.status == 64 && refused.errorLines.count == 1, "\(refused.errors)")
    }
  }

  @Test("lead boxes go with the page: upright, and pasted on a larger sheet")
  func boxes() throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      let trained = try ecglens(["train", TinyPages.data, "--out", run] + Self.flags)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(try ecglens("synth", folder + "/pages", "--pages", "4", "--quiet").status == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/pages/normal")
      let upright = "\(folder)/pages/normal/" + (try #require(names.first { $0.hasSuffix("jpg") }))
      let page = try Image(contentsOf: upright)
      let (right, down) = (230, 170)
      var sheet = Image(
        width: page.width + 400, height: page.height + 300, filledWith: (255, 255, 255))
      for row in 0..<page.height {
        let (from, to) = (row * page.width * 3, ((row + down) * sheet.width + right) * 3)
        sheet.pixels.replaceSubrange(
          to..<to + page.width * 3, with: page.pixels[from..<from + page.width * 3])
      }
      let pasted = folder + "/pasted.jpg"
      try writeAtomically(sheet.jpegData(quality: 90), to: pasted)
      func boxes(_ path: String) throws -> [String: [[Double]]] {
        let json = try ecglens(
          "explain", run, path, "--json", "--stage", "layer2", "--out", folder + "/maps"
        ).json
        #expect(json["layout"] as? String == "device")
        let cells = try #require(json["cells"] as? [String: [Double]])
        #expect(Set(cells.keys) == ["origin", "column", "row"])
        return try #require(json["boxes"] as? [String: [[Double]]])
      }
      let (before, after) = (try boxes(upright), try boxes(pasted))
      #expect(before.count == 13 && before["I"]?.count == 4)
      for (lead, corners) in before {
        for (corner, moved) in zip(corners, after[lead] ?? []) {
          #expect(abs(corner[0] + Double(right) - moved[0]) < 2, "\(lead)")
          #expect(abs(corner[1] + Double(down) - moved[1]) < 2, "\(lead)")
        }
      }
      // A page on which no layout is found has a map and no scores.
      let small = try ecglens(
        "explain", run, try TinyPages.page("hmi"), "--json", "--out", folder + "/maps"
      ).json
      #expect(small["layout"] is NSNull && small["leads"] is NSNull && small["boxes"] is NSNull)
    }
  }
}
