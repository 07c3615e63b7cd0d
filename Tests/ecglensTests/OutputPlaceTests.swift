// Outputs that are inputs, hold them or lie among them, and outputs in the place of another result.

import ECGFiles
import ECGTerms
import Foundation
import TestSupport
import Testing

@Suite("Output places")
struct OutputPlaceTests {
  private let manager = FileManager.default

  private static let flags = [
    "--network", "global-only", "--input", "64", "--draws", "16", "--batch", "8", "--epochs", "1",
    "--quiet",
  ]

  private func files(below folder: String) -> [String] {
    (manager.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
  }

  private func write(_ content: String, to path: String) throws {
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test(
    "an output that is an input, holds one or lies in one is refused, with --force too",
    arguments: [
      "train DATA --out DATA --force", "train DATA --out DATA/mi --force",
      "train DATA --out DATA/run", "train DATA --out DATA/new/deep",
      "train DATA --out ABOVE --force",
      "train DATA --out LINK --force", "train DATA --out LINK/mi --force",
      "train LINK --out DATA/run",
      "train OTHER --out DATA --force", "train OTHER --out DATA/run",
      "train DATA --out ABOVE/own --force --groups ABOVE/own/groups.csv",
      "train DATA --out ABOVE/run --cache DATA/mi", "train DATA --out ABOVE/run --cache ABOVE/run",
      "crossval DATA --out DATA --force", "crossval DATA --out ABOVE --resume",
      "compare-protocols DATA --out DATA/compare", "paper DATA --out DATA --force",
      "split DATA --out PAGE --force", "split DATA --out DATA/split.json",
      "split DATA --out ABOVE/own/groups.csv --force --groups ABOVE/own/groups.csv",
      "audit DATA --pdf DATA/audit.pdf", "probe DATA --out DATA", "probe DATA --out DATA/mi/probe",
      "probe DATA --out ABOVE --force", "report RUN --out DATA/mi/r.pdf",
      "explain RUN PAGE --out DATA", "explain RUN DATA/mi --out DATA/mi",
      "digitize PAGE --out DATA", "digitize DATA/mi DATA/hmi --out DATA/read",
      "synth DATA/mi/more --pages 4", "synth DATA/more --pages 4",
      "synth ABOVE/new --pages 4 --gallery DATA/g.pdf",
    ])
  func inputs(_ call: String) throws {
    try withTemporaryFolder { folder in
      try TinyPages.copy(to: folder + "/data")
      try createFolder(folder + "/own")
      try write("path,group\n", to: folder + "/own/groups.csv")
      try manager.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/data")
      let before = files(below: folder)
      let places = [
        ("DATA", folder + "/data"), ("LINK", folder + "/link"), ("ABOVE", folder),
        ("OTHER", TinyPages.data), ("RUN", TinyPages.run),
        ("PAGE", try TinyPages.page("mi", in: folder + "/data")),
      ]
      let words = call.split(separator: " ").map { word in
        places.reduce(String(word)) { $0.replacing($1.0, with: $1.1) }
      }
      let ended = try ecglens(words + ["--quiet"])
      #expect(ended.status == 64 && ended.errorLines.count == 1, "\(ended.errors)")
      #expect(ended.errors.contains("elsewhere"), "\(ended.errors)")
      #expect(files(below: folder) == before)
    }
  }

  @Test("links in the data lead to places that are inputs too")
  func linkedClass() throws {
    try withTemporaryFolder { folder in
      try TinyPages.copy(to: folder + "/data")
      try manager.moveItem(atPath: folder + "/data/mi", toPath: folder + "/store")
      try manager.createSymbolicLink(
        atPath: folder + "/data/mi", withDestinationPath: folder + "/store")
      for out in ["/store", "/store/run"] {
        let ended = try ecglens(
          ["train", folder + "/data", "--out", folder + out, "--force"] + Self.flags)
        #expect(ended.status == 64 && ended.errors.contains("/store"), "\(ended.errors)")
      }
    }
  }

  @Test("a set may be made beside another; results may lie beside the data")
  func allowed() throws {
    try withTemporaryFolder { folder in
      for part in ["train", "test"] {
        let ended = try ecglens(
          "synth", folder + "/data/\(part)", "--pages", "4", "--size", "400x284", "--quiet")
        #expect(ended.status == 0, "\(ended.errors)")
      }
      try TinyPages.copy(to: folder + "/pages")
      let ended = try ecglens(
        ["train", folder + "/pages", "--out", folder + "/pages-run"] + Self.flags)
      #expect(ended.status == 0, "\(ended.errors)")
    }
  }

  @Test(
    "--resume takes up no folder of another verb",
    arguments: [
      "crossval RUN", "compare-protocols RUN", "paper RUN", "paper OTHER", "crossval OTHER",
    ])
  func resumed(_ call: String) throws {
    try withTemporaryFolder { folder in
      let words = call.split(separator: " ").map(String.init)
      let out = folder + "/out"
      if words[1] == "RUN" {
        try manager.copyItem(atPath: TinyPages.run, toPath: out)
      } else {
        try createFolder(out)
        try write("mine", to: out + "/table.csv")
      }
      let before = files(below: out)
      let ended = try ecglens(
        [words[0], TinyPages.data, "--out", out, "--resume"] + Self.flags)
      #expect(ended.status == 66 && ended.errorLines.count == 1, "\(ended.errors)")
      #expect(files(below: out) == before)
    }
  }

  @Test("synthetic pages go into a folder that is there and empty, and into no other")
  func synthetic() throws {
    try withTemporaryFolder { folder in
      let flags = ["--pages", "4", "--size", "400x284", "--masks", "--quiet"]
      try createFolder(folder + "/there")
      try manager.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/there")
      for place in ["/link", "/new"] {
        let ended = try ecglens(["synth", folder + place] + flags)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(try ecglens(["synth", folder + place] + flags).status == 73)
      }
      #expect(files(below: folder + "/there") == files(below: folder + "/new"))
      #expect(Set(try manager.contentsOfDirectory(atPath: folder)) == ["link", "new", "there"])
    }
  }

  @Test("probe replaces neither another experiment nor another probe")
  func probe() throws {
    try withTemporaryFolder { folder in
      let out = folder + "/out"
      try createFolder(out)
      try write("of a cross-validation\n", to: out + "/table.csv")
      let flags = ["probe", TinyPages.data, "--folds", "3", "--quiet", "--out", out]
      let refused = try ecglens(flags)
      #expect(refused.status == 73 && refused.errors.contains("--force"), "\(refused.errors)")
      #expect(try fileText(out + "/table.csv") == "of a cross-validation\n")
      #expect(try ecglens(flags + ["--force"]).status == 0)
      #expect(try fileText(out + ".bak-1/table.csv") == "of a cross-validation\n")
      let first = try fileText(out + "/table.csv")
      #expect(try ecglens(flags + ["--seed", "1"]).status == 73)
      #expect(try fileText(out + "/table.csv") == first)
    }
  }

  @Test("a report replaces one of the same run alone, and nothing is written where it is refused")
  func reports() throws {
    try withTemporaryFolder { folder in
      let other = folder + "/other"
      #expect(
        try ecglens(["train", TinyPages.data, "--out", other, "--seed", "3"] + Self.flags).status
          == 0)
      let out = folder + "/r.pdf"
      func report(_ run: String, _ flags: String...) throws -> Ended {
        try ecglens(["report", run, "--quiet"] + flags)
      }
      #expect(try report(TinyPages.run, "--out", out).status == 0)
      #expect(try report(TinyPages.run, "--out", out).status == 0)
      let pdf = try readFile(out)
      let table = try fileText(folder + "/r-figures/confusion.csv")
      let refused = try report(other, "--out", out)
      #expect(refused.status == 73 && refused.errors.contains(out), "\(refused.errors)")
      #expect(
        try ecglens("audit", TinyPages.data, "--pdf", out, "--quiet").errors
          .contains("another document"))
      #expect(try readFile(out) == pdf)
      #expect(try fileText(folder + "/r-figures/confusion.csv") == table)
      #expect(try report(other, "--out", out, "--force").status == 0)
      #expect(try readFile(out + ".bak-1") == pdf)
      #expect(try fileText(folder + "/r-figures.bak-1/confusion.csv") == table)
      // A PDF of unknown origin, and figures of unknown origin.
      try write("%PDF-1.5 of mine", to: out)
      #expect(try report(other, "--out", out).status == 73)
      try createFolder(folder + "/new-figures")
      try write("mine", to: folder + "/new-figures/confusion.csv")
      #expect(try report(other, "--out", folder + "/new.pdf").status == 73)
      // An audit in the place of the run's own report.
      let own = other + "/report.pdf"
      let audit = folder + "/audit.pdf"
      #expect(try ecglens("audit", TinyPages.data, "--pdf", own, "--quiet").status == 73)
      #expect(try ecglens("audit", TinyPages.data, "--pdf", audit, "--quiet").status == 0)
      try manager.moveItem(atPath: audit, toPath: own)
      #expect(try report(other).status == 73)
      try manager.removeItem(atPath: own)
      // The place of another run's own report.
      #expect(try report(TinyPages.run, "--out", other + "/report.pdf").status == 73)
      try createFolder(folder + "/folder")
      let before = files(below: folder)
      #expect(try report(other, "--out", folder + "/folder").status == 73)
      #expect(files(below: folder) == before)
    }
  }

  @Test("audit replaces its own PDF of the same data alone")
  func audits() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/Seiten (1), M\u{fc}ller"
      try TinyPages.copy(to: data)
      let pdf = folder + "/a.pdf"
      #expect(try ecglens("audit", data, "--pdf", pdf, "--quiet").status == 0)
      #expect(try ecglens("audit", data, "--pdf", pdf, "--quiet").status == 0)
      let first = try readFile(pdf)
      let other = try ecglens("audit", TinyPages.data, "--pdf", pdf, "--quiet")
      #expect(other.status == 73 && other.errors.contains("--force"), "\(other.errors)")
      #expect(try readFile(pdf) == first)
      #expect(try ecglens("audit", TinyPages.data, "--pdf", pdf, "--quiet", "--force").status == 0)
      #expect(try readFile(pdf + ".bak-1") == first)
    }
  }

  @Test("a gallery that cannot be written leaves no pages, and replaces no document")
  func gallery() throws {
    try withTemporaryFolder { folder in
      try write("%PDF-1.5 of mine", to: folder + "/mine.pdf")
      for place in ["/none/g.pdf", "/mine.pdf"] {
        let ended = try ecglens(
          "synth", folder + "/new", "--pages", "4", "--size", "400x284", "--gallery",
          folder + place, "--quiet")
        #expect(ended.status == 73 && ended.errors.contains(place), "\(ended.errors)")
      }
      #expect(files(below: folder) == ["mine.pdf"])
    }
  }

  @Test("a digitization that is interrupted keeps the rows of the finished pages")
  func interrupted() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/pages")
      let page = try TinyPages.page("mi", in: TinyPages.readable)
      for number in 0..<60 {
        try manager.copyItem(atPath: page, toPath: "\(folder)/pages/\(number).jpg")
      }
      let out = folder + "/out"
      let running = try Running([
        "digitize", folder + "/pages", "--out", out, "--overlay", "none", "--quiet", "--threads",
        "1",
      ])
      running.wait { files(below: out).contains { $0.hasSuffix(".hea") } }
      running.send(SIGINT)
      let ended = running.ended()
      #expect(ended.status == 130 && ended.errorLines.count == 1, "\(ended.errors)")
      let headers = files(below: out).filter { $0.hasSuffix(".hea") }.map { $0.dropLast(4) }
      #expect(headers.count < 60 && ended.errors.contains("after \(headers.count) of 60 pages"))
      let table = try CSVTable(contentsOf: out + "/measures.csv")
      let column = try table.column("record", path: "measures.csv")
      #expect(Set(table.rows.map { $0[column] }) == Set(headers.map { String($0) }))
    }
  }

  @Test(
    "images that are not read are named once; a folder truth is skipped beside synth.json alone")
  func skipped() throws {
    try withTemporaryFolder { folder in
      let page = try TinyPages.page("mi")
      try createFolder(folder + "/p/truth")
      try manager.copyItem(atPath: page, toPath: folder + "/p/1.jpg")
      try manager.copyItem(atPath: page, toPath: folder + "/p/truth/2.jpg")
      for name in ["a.gif", "b.webp", "c.HEIC"] { try write("", to: folder + "/p/" + name) }
      let ended = try ecglens("predict", TinyPages.run, folder + "/p", "--json")
      #expect(ended.output.split(separator: "\n").count == 2 && ended.output.contains("2.jpg"))
      let line = try #require(ended.errorLines.first { $0.contains("skipped 3 other images") })
      #expect(line.contains("a.gif") && line.contains("b.webp") && line.contains("c.HEIC"))
      try write("{}", to: folder + "/p/synth.json")
      // Below a folder that holds the set, too.
      for place in [folder + "/p", folder] {
        let masked = try ecglens("predict", TinyPages.run, place, "--json")
        #expect(masked.output.split(separator: "\n").count == 1, "\(masked.output)")
      }
      try manager.removeItem(atPath: folder + "/p/1.jpg")
      let none = try ecglens("predict", TinyPages.run, folder + "/p")
      #expect(none.status == 65 && none.errors.contains("a.gif"), "\(none.errors)")
    }
  }

  @Test("files may have names of one character, in the current folder")
  func shortNames() throws {
    try withTemporaryFolder { folder in
      for verb in [
        ["split", TinyPages.data, "--out", "s"], ["audit", TinyPages.data, "--pdf", "a"],
        ["report", TinyPages.run, "--out", "r"],
        ["synth", "n", "--pages", "4", "--size", "400x284", "--gallery", "g"],
        ["probe", TinyPages.data, "--out", "p", "--folds", "3"],
        ["train", TinyPages.data, "--out", "t"] + Self.flags,
      ] {
        let ended = try Running(verb + ["--quiet"], script: "cd '\(folder)' && exec \"$@\"").ended()
        #expect(ended.status == 0, "\(verb[0]): \(ended.errors)")
      }
      #expect(
        Set(try manager.contentsOfDirectory(atPath: folder))
          == ["s", "a", "r", "r-figures", "n", "g", "p", "t"])
    }
  }

  @Test("a split does not replace that of a run")
  func splitOfRun() throws {
    try withTemporaryFolder { folder in
      let run = folder + "/run"
      try manager.copyItem(atPath: TinyPages.run, toPath: run)
      let before = try fileText(run + "/split.json")
      let ended = try ecglens(
        "split", TinyPages.data, "--out", run + "/split.json", "--seed", "4", "--force", "--quiet")
      #expect(ended.status == 73 && ended.errors.contains("of a run"), "\(ended.errors)")
      #expect(try fileText(run + "/split.json") == before)
      // Nor does a document take a name that the run will need.
      for verb in [["audit", TinyPages.data, "--pdf"], ["report", run, "--out"]] {
        let ended = try ecglens(verb + [run + "/maps", "--quiet"])
        #expect(ended.status == 73 && ended.errors.contains("of a run"), "\(ended.errors)")
      }
    }
  }

  @Test("what is given as a cross-validation and is none is said to be so")
  func crossval() throws {
    try withTemporaryFolder { folder in
      let compared = try ecglens(
        ["compare-protocols", TinyPages.data, "--out", folder + "/cp", "--protocols", "grouped"]
          + Self.flags)
      #expect(compared.status == 0, "\(compared.errors)")
      // A cell trained otherwise in the place of the planned one.
      let cell = folder + "/cp/cells/grouped"
      let other = try ecglens(
        ["train", TinyPages.data, "--out", cell, "--force", "--dropout", "0.1"] + Self.flags)
      #expect(other.status == 0, "\(other.errors)")
      let mixed = try ecglens("report", folder + "/cp", "--quiet")
      #expect(mixed.status == 64 && mixed.errors.contains("--dropout"), "\(mixed.errors)")
      for (place, words) in [
        (folder + "/cp", "a comparison of protocols"), (TinyPages.run, "one run"),
      ] {
        let ended = try ecglens("report", TinyPages.run, "--crossval", place, "--quiet")
        #expect(ended.status == 65 && ended.errors.contains(words), "\(ended.errors)")
      }
    }
  }
}
