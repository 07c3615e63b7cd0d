// `ecglens audit`: exit status, JSON, and what it says of copies, conflicts and splits.

import ECGFiles
import ECGRaster
import Foundation
import TestSupport
import Testing

@Suite("Audit")
struct AuditCommandTests {
  /// Eight pages that can be read, two a class.
  private static let pages: String = {
    let path = TinyPages.folder + "/audited"
    TinyPages.make("synth", path, "--pages", "8", "--seed", "11", "--size", "1107x786", "--quiet")
    return path
  }()

  private static func names(_ key: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(pages)/\(key)").filter {
      $0.hasSuffix(".jpg")
    }.sorted()
  }

  private static func layout(_ folder: String, _ files: [(from: String, to: String)]) throws {
    for (from, to) in files {
      let place = folder + "/" + to
      try createFolder((place as NSString).deletingLastPathComponent)
      try FileManager.default.copyItem(atPath: pages + "/" + from, toPath: place)
    }
  }

  private static func recode(_ from: String, to place: String, quality: Int) throws {
    try createFolder((place as NSString).deletingLastPathComponent)
    let page = try Image(contentsOf: pages + "/" + from)
    let copy = page.cropped(
      to: PixelRectangle(x: 9, y: 6, width: page.width - 20, height: page.height - 18))
    try copy.jpegData(quality: quality).write(to: URL(fileURLWithPath: place))
  }

  @Test("a clean folder: status 0, every key")
  func clean() throws {
    let ended = try ecglens("audit", Self.pages, "--json", "--quiet")
    #expect(ended.status == 0)
    let json = ended.json
    #expect(json["files"] as? Int == 8 && json["distinct"] as? Int == 8)
    #expect(json["groups"] as? Int == 8)
    #expect((json["unreadable"] as? [String])?.isEmpty == true)
    let classes = try #require(json["classes"] as? [[String: Any]])
    #expect(classes.map { $0["key"] as? String } == ["normal", "abnormal", "hmi", "mi"])
    #expect(classes.allSatisfy { $0["files"] as? Int == 2 && $0["distinct"] as? Int == 2 })
    for key in ["copies", "near_copies", "label_conflicts", "leaking_test"] {
      #expect((json[key] as? [Any])?.isEmpty == true)
    }
  }

  @Test("one class is enough")
  func oneClass() throws {
    try withTemporaryFolder { folder in
      let names = try Self.names("hmi")
      try Self.layout(
        folder, (names + names).enumerated().map { ("hmi/\($1)", "hmi/\($0)-\($1)") })
      let ended = try ecglens("audit", folder, "--json", "--quiet")
      #expect(ended.status == 0)
      #expect(ended.json["files"] as? Int == 4 && ended.json["distinct"] as? Int == 2)
    }
  }

  @Test(
    "copies on both sides of a layout: status 1, exact and near distinguished, conflicts, a PDF")
  func leakingLayout() throws {
    try withTemporaryFolder { folder in
      let (mi, normal) = (try Self.names("mi"), try Self.names("normal"))
      try Self.layout(
        folder,
        [
          ("mi/\(mi[0])", "train/mi/a.jpg"), ("mi/\(mi[0])", "test/mi/b.jpg"),
          ("mi/\(mi[1])", "train/mi/c.jpg"), ("normal/\(normal[0])", "test/normal/d.jpg"),
          ("normal/\(normal[1])", "test/normal/e.jpg"),
          ("normal/\(normal[1])", "train/mi/conflict.jpg"),
        ])
      try Self.recode("normal/\(normal[0])", to: folder + "/val/normal/f.jpg", quality: 50)
      try Data("no image".utf8).write(to: URL(fileURLWithPath: folder + "/train/mi/bad.jpg"))
      let pdf = folder + "-audit.pdf"
      defer { try? FileManager.default.removeItem(atPath: pdf) }
      let ended = try ecglens("audit", folder, "--json", "--quiet", "--pdf", pdf)
      #expect(ended.status == 1)
      let json = ended.json
      #expect(json["files"] as? Int == 8)
      #expect(json["unreadable"] as? [String] == ["train/mi/bad.jpg"])
      #expect(
        json["copies"] as? [[String]] == [
          ["test/mi/b.jpg", "train/mi/a.jpg"], ["test/normal/e.jpg", "train/mi/conflict.jpg"],
        ])
      let near = try #require(json["near_copies"] as? [[String: Any]])
      #expect(near.count == 1)
      #expect(
        [near[0]["a"] as? String, near[0]["b"] as? String].compactMap { $0 }.sorted()
          == ["test/normal/d.jpg", "val/normal/f.jpg"])
      #expect(near[0]["similarity"] as? Double ?? 0 > 0.9)
      let leaking = try #require(json["leaking_test"] as? [[String: Any]])
      #expect(
        leaking.map { $0["path"] as? String } == [
          "test/mi/b.jpg", "test/normal/d.jpg", "test/normal/e.jpg",
        ])
      #expect(leaking[1]["class"] as? String == "normal")
      #expect(leaking[1]["copies_in_training"] as? [String] == ["val/normal/f.jpg"])
      let conflicts = try #require(json["label_conflicts"] as? [[String: Any]])
      #expect(
        conflicts.map { $0["paths"] as? [String] } == [
          ["test/normal/e.jpg", "train/mi/conflict.jpg"]
        ])
      #expect(try readFile(pdf).starts(with: Data("%PDF".utf8)))
      let said = try ecglens("audit", folder, "--quiet")
      #expect(said.status == 1)
      #expect(said.output.hasPrefix("one ECG in several classes: 1"))
      #expect(said.output.contains("LEAK: 3 of 3 test ECGs have a copy in training"))
    }
  }

  @Test("a split file: files leaks, grouped does not, one of other data is refused")
  func splitFiles() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try FileManager.default.copyItem(atPath: Self.pages, toPath: data)
      for key in ["mi", "normal", "hmi", "abnormal"] {
        for (number, name) in try Self.names(key).enumerated() {
          try Self.recode("\(key)/\(name)", to: "\(data)/\(key)/again\(number).jpg", quality: 40)
        }
      }
      let leaking = folder + "/files.json"
      _ = try ecglens(
        "split", data, "--protocol", "files", "--test", "0.5", "--out", leaking, "--quiet")
      let ended = try ecglens("audit", data, "--split", leaking, "--json", "--quiet")
      #expect(ended.status == 1)
      #expect((ended.json["near_copies"] as? [Any])?.count == 8)
      #expect((ended.json["leaking_test"] as? [Any])?.isEmpty == false)
      for unit in ["grouped", "distinct"] {
        let kept = folder + "/\(unit).json"
        _ = try ecglens(
          "split", data, "--protocol", unit, "--test", "0.5", "--out", kept, "--quiet")
        #expect(try ecglens("audit", data, "--split", kept, "--quiet").status == 0)
        #expect(try fileText(kept).contains("near_duplicate"))
      }
      let other = try ecglens("audit", Self.pages, "--split", leaking, "--quiet")
      #expect(other.status == 65 && other.errors.contains("is not in"))
    }
  }

  @Test(
    "copies of another shape are leaks; a page that cannot be compared takes the all-clear away")
  func otherShapes() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      var files: [(from: String, to: String)] = []
      for key in ["normal", "abnormal", "hmi", "mi"] {
        files += try Self.names(key).map { ("\(key)/\($0)", "train/\(key)/\($0)") }
      }
      try Self.layout(folder, files)
      try manager.createDirectory(atPath: folder + "/test/mi", withIntermediateDirectories: true)
      // A strip of a page: too little of it is there to be compared.
      let page = try Image(contentsOf: "\(Self.pages)/mi/\(try Self.names("mi")[0])")
      let strip = folder + "/test/mi/strip.jpg"
      try page.cropped(to: PixelRectangle(x: 300, y: 300, width: 120, height: 60))
        .jpegData(quality: 90).write(to: URL(fileURLWithPath: strip))
      let unclear = try ecglens("audit", folder, "--json", "--quiet", "--pdf", folder + "-a.pdf")
      defer { try? FileManager.default.removeItem(atPath: folder + "-a.pdf") }
      #expect(unclear.status == 0)
      let said = try ecglens("audit", folder, "--quiet")
      #expect(unclear.json["not_compared"] as? [String] == ["test/mi/strip.jpg"])
      #expect(said.output.contains("1 pages could not be compared"))
      #expect(!said.output.contains("no test ECG of"))
      try manager.removeItem(atPath: strip)
      try page.resized(width: 227, height: 227).jpegData(quality: 90)
        .write(to: URL(fileURLWithPath: folder + "/test/mi/square.jpg"))
      let leaking = try ecglens("audit", folder, "--json", "--quiet")
      #expect(leaking.status == 1)
      #expect((leaking.json["not_compared"] as? [String])?.isEmpty == true)
      #expect((leaking.json["leaking_test"] as? [Any])?.count == 1)
    }
  }

  @Test(
    "pages in no part of a split take the all-clear away; a split without a test set is refused")
  func inNoPart() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try FileManager.default.copyItem(atPath: Self.pages, toPath: data)
      let split = folder + "/split.json"
      #expect(
        try ecglens("split", data, "--test", "0.5", "--out", split, "--quiet").status == 0)
      let name = try Self.names("mi")[0]
      try FileManager.default.copyItem(
        atPath: "\(data)/mi/\(name)", toPath: data + "/mi/added.jpg")
      let audited = try ecglens("audit", data, "--split", split, "--json", "--quiet")
      #expect(audited.json["in_no_part"] as? [String] == ["mi/added.jpg"])
      let said = try ecglens("audit", data, "--split", split, "--quiet")
      #expect(said.output.contains("1 pages are in no set of the split"))
      #expect(!said.output.contains("has a copy in training\n"))
      let edited = try fileText(split).replacing(
        "\"part\" : \"test\"", with: "\"part\" : \"train\"")
      try Data(edited.utf8).write(to: URL(fileURLWithPath: split))
      let refused = try ecglens("audit", data, "--split", split, "--quiet")
      #expect(refused.status == 65 && refused.errors.contains("nothing in the test set"))
    }
  }

  @Test("threads and a second run change nothing")
  func threads() throws {
    try withTemporaryFolder { folder in
      let outputs = try ["1", "3"].flatMap { threads -> [String] in
        let words = [
          "audit", Self.pages, "--json", "--quiet", "--threads", threads, "--cache",
          folder + "/cache" + threads,
        ]
        return [try ecglens(words).output, try ecglens(words).output]
      }
      #expect(Set(outputs).count == 1)
    }
  }
}
