// No two results in one place, and no output read as an input.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Outputs")
struct OutputTests {
  private let manager = FileManager.default

  /// Copies a page of a class to a path below a folder.
  private func place(_ label: String, at path: String) throws {
    try createFolder((path as NSString).deletingLastPathComponent)
    try manager.copyItem(
      atPath: try TinyPages.page(label, in: TinyPages.readable), toPath: path)
  }

  private func digitize(_ arguments: String...) throws -> Ended {
    try ecglens(["digitize"] + arguments + ["--overlay", "none", "--quiet"])
  }

  /// The paths below a folder, hidden ones left out.
  private func files(below folder: String) -> [String] {
    let found = manager.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return found.filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test("pages whose records would overwrite one another are refused before anything is read")
  func sameRecord() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/x/1.jpg")
      try place("normal", at: folder + "/y/1.jpg")
      let ended = try digitize(folder + "/x/1.jpg", folder + "/y/1.jpg", "--out", folder + "/o")
      #expect(ended.status == 64 && ended.errorLines.count == 1, "\(ended.errors)")
      #expect(ended.errors.contains("/x/1.jpg") && ended.errors.contains("/y/1.jpg"))
      #expect(!manager.fileExists(atPath: folder + "/o"))
      let folders = try digitize(folder + "/x", folder + "/y", "--out", folder + "/o")
      #expect(folders.status == 64)
      let above = try digitize(folder, "--out", NSTemporaryDirectory() + UUID().uuidString)
      #expect(above.status == 0, "\(above.errors)")
    }
  }

  @Test("endings and the table's own name do not hide a clash")
  func sameStem() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/x/1.jpg")
      try place("normal", at: folder + "/x/1.jpeg")
      #expect(try digitize(folder + "/x", "--out", folder + "/o").status == 64)
      try place("mi", at: folder + "/z/measures.jpg")
      let table = try digitize(folder + "/z", "--out", folder + "/o")
      #expect(table.status == 64 && table.errors.contains("measures.csv"))
      try place("mi", at: folder + "/w/a.hea/1.jpg")
      try place("normal", at: folder + "/w/a.jpg")
      #expect(!manager.fileExists(atPath: folder + "/o"))
      // The record's folder has a legal name of its own, so nothing is in its way.
      #expect(try digitize(folder + "/w", "--out", folder + "/o").status == 0)
    }
  }

  @Test("a page named twice is digitized once")
  func namedTwice() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/x/1.jpg")
      let ended = try digitize(
        folder + "/x", folder + "/x/1.jpg", "--out", folder + "/o", "--json")
      #expect(ended.status == 0 && ended.output.split(separator: "\n").count == 1)
    }
  }

  @Test("a second call keeps the rows of the first, and a page refused now leaves nothing")
  func secondCall() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/1.jpg")
      try place("normal", at: folder + "/2.jpg")
      let out = folder + "/o"
      #expect(try digitize(folder + "/1.jpg", "--out", out).status == 0)
      #expect(try digitize(folder + "/2.jpg", "--out", out).status == 0)
      let both = try CSVTable(contentsOf: out + "/measures.csv")
      #expect(both.rows.map { $0[0] } == [folder + "/1.jpg", folder + "/2.jpg"])
      #expect(try both.rows.map { $0[try both.column("record", path: "")] } == ["1", "2"])
      // Once more: the same bytes.
      #expect(try digitize(folder + "/1.jpg", "--out", out).status == 0)
      #expect(try CSVTable(contentsOf: out + "/measures.csv") == both)
      // The record of this page is there, yet the page is refused now: a limit does not let it pass.
      let refused = try digitize(
        folder + "/2.jpg", "--out", out, "--max-megapixels", "0.01")
      #expect(refused.status == 65)
      #expect(files(below: out) == ["1.csv", "1.dat", "1.hea", "measures.csv"])
      #expect(
        try CSVTable(contentsOf: out + "/measures.csv").rows.map { $0[0] } == [folder + "/1.jpg"])
    }
  }

  @Test("the record of another page, or a file of unknown origin, is not overwritten")
  func taken() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/x/1.jpg")
      try place("normal", at: folder + "/y/1.jpg")
      let out = folder + "/o"
      #expect(try digitize(folder + "/x/1.jpg", "--out", out).status == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: out + "/1.hea"))
      let ended = try digitize(folder + "/y/1.jpg", "--out", out)
      #expect(ended.status == 73 && ended.errors.contains("/y/1.jpg"), "\(ended.errors)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: out + "/1.hea")) == before)
      try createFolder(folder + "/signal")
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/signal/1.dat"))
      let signal = try digitize(folder + "/x/1.jpg", "--out", folder + "/signal")
      #expect(signal.status == 73 && signal.errors.contains("/signal/1.dat"), "\(signal.errors)")
      #expect(try fileText(folder + "/signal/1.dat") == "mine")
      // That of an interrupted call is replaced.
      let digest = try SHA256Digest.of(file: folder + "/x/1.jpg")
      try Data("{\"1\": \"\(digest)\"}".utf8)
        .write(to: URL(fileURLWithPath: folder + "/signal/.unfinished.json"))
      #expect(try digitize(folder + "/x/1.jpg", "--out", folder + "/signal").status == 0)
      try createFolder(folder + "/own")
      try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: folder + "/own/1.csv"))
      #expect(try digitize(folder + "/x/1.jpg", "--out", folder + "/own").status == 73)
      try createFolder(folder + "/table")
      try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: folder + "/table/measures.csv"))
      #expect(try digitize(folder + "/x/1.jpg", "--out", folder + "/table").status == 73)
      #expect(files(below: folder + "/table") == ["measures.csv"])
    }
  }

  @Test("an output folder inside the input is refused, links and dots resolved")
  func insideInput() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/data/mi/1.jpg")
      try manager.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/data")
      for out in ["/data", "/data/read", "/data/mi", "/link", "/link/new/deep", "/x/../data"] {
        let ended = try digitize(folder + "/data", "--out", folder + out)
        #expect(ended.status == 64 && ended.errorLines.count == 1, "\(out): \(ended.errors)")
      }
      #expect(files(below: folder + "/data") == ["mi", "mi/1.jpg"])
      #expect(try digitize(folder + "/data", "--out", folder + "/database").status == 0)
    }
  }

  @Test("overlays beside their records are not read as pages")
  func overlays() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/data/1.jpg")
      let beside = try ecglens(
        "digitize", folder + "/data/1.jpg", "--out", folder + "/data", "--quiet")
      #expect(beside.status == 0 && manager.fileExists(atPath: folder + "/data/1.overlay.png"))
      let ended = try digitize(folder + "/data", "--out", folder + "/o", "--json")
      #expect(ended.status == 0 && ended.output.split(separator: "\n").count == 1)
    }
  }

  @Test("a folder that another call digitizes into is in use")
  func locked() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/o")
      let lock = try RunLock(folder: folder + "/o")
      try place("mi", at: folder + "/1.jpg")
      #expect(try digitize(folder + "/1.jpg", "--out", folder + "/o").status == 75)
      withExtendedLifetime(lock) {}
    }
  }

  @Test("predict reads folders as digitize does")
  func predictFolders() throws {
    try withTemporaryFolder { folder in
      try place("mi", at: folder + "/p/a/1.jpg")
      try place("normal", at: folder + "/p/b/1.jpg")
      let ended = try ecglens("predict", TinyPages.run, folder + "/p", "--json")
      let lines = ended.output.split(separator: "\n")
      #expect(ended.status == 0 && lines.count == 2, "\(ended.errors)")
      #expect(lines[0].contains("a\\/1.jpg") || lines[0].contains("a/1.jpg"))
      #expect(try ecglens("predict", TinyPages.run, folder + "/none").status == 66)
      try createFolder(folder + "/empty")
      #expect(try ecglens("predict", TinyPages.run, folder + "/empty").status == 65)
    }
  }

  @Test("maps of equal page names, targets and weights lie in files of their own")
  func maps() throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      let trained = try ecglens(
        "train", TinyPages.data, "--out", run, "--input", "64", "--draws", "8", "--batch", "4",
        "--epochs", "1", "--recipe", "paper-table3", "--quiet")
      #expect(trained.status == 0, "\(trained.errors)")
      let pages = ["/s1/mi/1.jpg", "/s2/mi/1.jpg", "/a-b/c.jpg", "/a/b-c.jpg"].map { folder + $0 }
      for (page, label) in zip(pages, ["mi", "normal", "mi", "mi"]) { try place(label, at: page) }
      var maps: [String] = []
      for flags in [[], ["--target", "mi"], ["--weights", "best"], ["--stage", "layer3"]] {
        let ended = try ecglens(
          ["explain", run] + pages + ["--out", folder + "/maps", "--json"] + flags)
        #expect(ended.status == 0, "\(ended.errors)")
        for line in ended.output.split(separator: "\n") {
          let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          maps.append(try #require(object?["map"] as? String))
        }
      }
      // Another run's map of the same page.
      let other = folder + "/other"
      let second = try ecglens(
        "train", TinyPages.data, "--out", other, "--input", "64", "--draws", "8", "--batch", "4",
        "--epochs", "1", "--recipe", "paper-table3", "--seed", "5", "--quiet")
      #expect(second.status == 0, "\(second.errors)")
      let of = try ecglens("explain", other, pages[0], "--out", folder + "/maps", "--json").json
      maps.append(try #require(of["map"] as? String))
      #expect(maps.count == 17 && Set(maps).count == 17)
      #expect(maps.allSatisfy { manager.fileExists(atPath: $0) })
    }
  }

  @Test("split does not overwrite another split unless it may move it aside")
  func splitFile() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/split.json"
      func split(_ flags: String...) throws -> Ended {
        try ecglens(["split", TinyPages.data, "--out", out, "--quiet"] + flags)
      }
      #expect(try split().status == 0)
      #expect(try split().status == 0)
      let first = try Data(contentsOf: URL(fileURLWithPath: out))
      let other = try split("--seed", "1")
      #expect(other.status == 73 && other.errors.contains("--force"), "\(other.errors)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: out)) == first)
      #expect(try split("--seed", "1", "--force").status == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: out + ".bak-1")) == first)
    }
  }

  @Test("a PDF does not replace a file that is none")
  func pdfPlace() throws {
    try withTemporaryFolder { folder in
      try TinyPages.copy(to: folder + "/data")
      let page = folder + "/data/" + (try TinyPages.page("mi").dropFirst(TinyPages.data.count + 1))
      let before = try Data(contentsOf: URL(fileURLWithPath: page))
      for verb in [
        ["audit", folder + "/data", "--pdf", page], ["report", TinyPages.run, "--out", page],
        ["synth", folder + "/new", "--pages", "4", "--gallery", page],
      ] {
        let ended = try ecglens(verb + ["--quiet"])
        #expect(ended.status == 73 && ended.errors.contains("not a PDF"), "\(ended.errors)")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: page)) == before)
      #expect(!manager.fileExists(atPath: folder + "/new"))
    }
  }
}
