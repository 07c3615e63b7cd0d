// `digitize`: what it leaves of pages, how near it comes to the truth, and what it refuses.

import ECGFiles
import ECGRaster
import ECGRecordings
import ECGTerms
import Foundation
import TestSupport
import Testing

@Suite("Digitize")
struct DigitizeTests {
  /// Signal against error in decibels over the samples that were read, both about their means.
  func decibels(_ read: [Double], _ truth: [Double]) -> Double {
    let pairs = zip(read, truth).filter { $0.0.isFinite }
    let n = Double(pairs.count)
    let offset = pairs.reduce(0) { $0 + $1.0 - $1.1 } / n
    let mean = pairs.reduce(0) { $0 + $1.1 } / n
    let error = pairs.reduce(0) { $0 + pow($1.0 - $1.1 - offset, 2) }
    let signal = pairs.reduce(0) { $0 + pow($1.1 - mean, 2) }
    return 10 * log10(signal / error)
  }

  @Test("a folder of pages: records near the truth, measures, overlays, a line of JSON each")
  func folder() throws {
    try withTemporaryFolder { folder in
      let pages = folder + "/pages"
      let made = try ecglens("synth", pages, "--pages", "4", "--seed", "5", "--quiet")
      #expect(made.status == 0)
      let ended = try ecglens(
        "digitize", pages, "--out", folder + "/read", "--overlay", "both", "--json", "--quiet")
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      let lines = ended.output.split(separator: "\n")
      #expect(lines.count == 4)
      for line in lines {
        let object = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["layout"] as? String == "device")
        let header = try #require(object["record"] as? String)
        let measures = try #require(object["measures"] as? [String: Any])
        let leads = try #require(measures["leads"] as? [String: Any])
        #expect(leads.count == 12 && measures.keys.contains("pr_ms"))
        let beats = try #require(object["beats"] as? [[String: Any]])
        #expect(beats.count > 4 && beats.allSatisfy { $0["seconds"] is Double })
        let stem = String(header.dropLast(4))
        #expect(FileManager.default.fileExists(atPath: stem + ".overlay.pdf"))
        let overlay = try Image(contentsOf: stem + ".overlay.png")
        #expect(overlay.width > 2000)
        #expect(try CSVTable(parsing: fileText(stem + ".csv"), path: stem).rows.count > 100)
        let read = try WFDBRecord.read(header)
        let truth = try WFDBRecord.read(
          pages + stem.dropFirst((folder + "/read").count) + ".hea")
        #expect(read.count == 5000 && read.rhythm?.lead == .II)
        let found = Lead.allCases.map { decibels(read.leads[$0]!, truth.leads[$0]!) }.sorted()
        #expect(found[6] > 22, "\(stem): \(found)")
      }
      let table = try CSVTable(
        parsing: fileText(folder + "/read/measures.csv"), path: "measures.csv")
      #expect(table.rows.count == 4 && table.header[0] == "path")
    }
  }

  @Test("paper speed and gain are stated with their source in every output", arguments: [25, 50])
  func scales(_ speed: Int) throws {
    try withTemporaryFolder { folder in
      let pages = folder + "/pages"
      _ = try ecglens(
        "synth", pages, "--pages", "4", "--seed", "5", "--layout", "6x2", "--speed", "\(speed)",
        "--quiet")
      let page = pages + "/normal/synthetic-0001.jpg"
      let other = speed == 25 ? 50 : 25
      for (flags, source, words) in [
        ([], "footer", "\(speed) mm/s (read from the footer)"),
        (["--speed", "\(speed)"], "--speed", "\(speed) mm/s (--speed)"),
        (["--speed", "\(other)"], "--speed", "\(other) mm/s (--speed)"),
      ] {
        let out = folder + "/\(source)\(flags)"
        let said = try ecglens(["digitize", page, "--out", out, "--quiet"] + flags)
        #expect(said.output.contains(words) && said.output.contains("10 mm/mV (measured"))
        let contradicted = flags.last == "\(other)"
        #expect(said.output.contains("the footer reads \(speed) mm/s") == contradicted)
        let json = try ecglens(
          ["digitize", page, "--out", out, "--overlay", "none", "--json", "--quiet"] + flags
        ).json
        #expect(json["speed_mm_per_s"] as? Int == (contradicted ? other : speed))
        #expect(json["speed_source"] as? String == source && json["gain_mm_per_mv"] as? Int == 10)
        #expect(json["gain_source"] as? String == "pulses")
        let header = try fileText(out + "/synthetic-0001.hea")
        #expect(header.contains("# speed: \(words)\n") && header.contains("# gain: 10 mm/mV"))
        for file in ["measures.csv", "synthetic-0001.csv"] {
          let table = try fileText(out + "/" + file)
          #expect(table.contains("speed_source") && table.contains(source), "\(file)")
        }
        let rate = try #require((json["measures"] as? [String: Any])?["heart_rate"] as? Double)
        let truth = try JSONSerialization.jsonObject(
          with: Data(contentsOf: URL(fileURLWithPath: pages + "/normal/synthetic-0001.json")))
        let known = try #require((truth as? [String: Any])?["heart_rate"] as? Double)
        if !contradicted { #expect(abs(rate - known) < 5) }
      }
    }
  }

  @Test("records have names that WFDB opens; a table says which page each is of")
  func recordNames() throws {
    try withTemporaryFolder { folder in
      let pages = folder + "/pages"
      _ = try ecglens("synth", pages, "--pages", "4", "--seed", "5", "--quiet")
      let names = ["MI(1)", "scan.2020.01", "Müller 1", String(repeating: "p", count: 60), "MI_1_"]
      for name in names {
        try FileManager.default.copyItem(
          atPath: pages + "/mi/synthetic-0004.jpg", toPath: pages + "/hmi/\(name).jpg")
      }
      let ended = try ecglens(
        "digitize", pages + "/hmi", "--out", folder + "/out", "--overlay", "none", "--json",
        "--quiet")
      #expect(ended.status == 0)
      let table = try CSVTable(contentsOf: folder + "/out/measures.csv")
      let record = try table.column("record", path: "measures.csv")
      let rows = table.rows.map { [$0[0], $0[record]] }
      #expect(rows.count == names.count + 1 && Set(rows.map { $0[1] }).count == rows.count)
      for row in rows {
        #expect(RecordName.isLegal(row[1]), "\(row)")
        let header = folder + "/out/" + row[1] + ".hea"
        #expect(try WFDBRecord.read(header).count == 5000)
        let file = (row[0] as NSString).lastPathComponent
        #expect(try fileText(header).contains("# read from \(file)\n"))
        #expect(ended.output.contains(row[1] + ".hea"))
      }
      #expect(rows.contains { $0[1] == "MI_1_" && $0[0].hasSuffix("MI_1_.jpg") })
    }
  }

  @Test("what is no page is refused in words and stops nothing")
  func refused() throws {
    try withTemporaryFolder { folder in
      let blank = Image(
        width: 1200, height: 900, pixels: [UInt8](repeating: 255, count: 3 * 1200 * 900))
      try blank.pngData().write(to: URL(fileURLWithPath: folder + "/blank.png"))
      let page = TinyPages.data + "/hmi/synthetic-0003.jpg"
      let ended = try ecglens(
        "digitize", folder + "/blank.png", folder + "/none.jpg", page, "--out", folder + "/out",
        "--overlay", "none", "--quiet", "--json")
      #expect(ended.status != 0)
      let lines = ended.output.split(separator: "\n").map(String.init)
      #expect(lines.count == 3)
      #expect(lines[0].contains("without ink") && lines[1].contains("no such file"))
      #expect(lines[2].contains("synthetic-0003"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out/blank.hea"))
    }
  }

  @Test("a lead that is erased is missing in the record, named in text, JSON and tables")
  func missingLead() throws {
    try withTemporaryFolder { folder in
      let made = try ecglens("synth", folder + "/made", "--pages", "4", "--quiet")
      #expect(made.status == 0)
      var page = try Image(contentsOf: folder + "/made/normal/synthetic-0001.jpg")
      // The place of V5 on the device's page, but for 8 pixels beside the separators.
      for y in 613..<914 {
        let row = 3 * y * page.width
        for at in row + 3 * 1636..<row + 3 * 2112 { page.pixels[at] = 255 }
      }
      try page.pngData().write(to: URL(fileURLWithPath: folder + "/page.png"))
      let call = ["digitize", folder + "/page.png", "--overlay", "none", "--quiet", "--out"]
      let ended = try ecglens(call + [folder + "/out", "--json"])
      let line = try #require(
        try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any])
      #expect(line["missing_leads"] as? [String] == ["V5"])
      let problems = try #require(line["problems"] as? [String])
      #expect(problems.count == 1 && problems[0].hasPrefix("V5: missing"))
      let record = try WFDBRecord.read(folder + "/out/page.hea")
      let read = record.leads[.V5]?.count { $0.isFinite }
      #expect(read == 0)
      let table = try CSVTable(
        parsing: fileText(folder + "/out/measures.csv"), path: "measures.csv")
      func field(_ name: String) throws -> String {
        table.rows[0][try #require(table.header.firstIndex(of: name))]
      }
      #expect(try field("V5_quality") == "0.0" && field("V5_problem").hasPrefix("missing"))
      #expect(try field("V6_problem").isEmpty && field("page_problem").isEmpty)
      #expect(try fileText(folder + "/out/page.csv").contains("V5_problem,missing"))
      let said = try ecglens(call + [folder + "/text"])
      #expect(said.output.contains("problems: V5: missing"))
    }
  }

  @Test("a folder without pages is a fault of the call")
  func empty() throws {
    try withTemporaryFolder { folder in
      try createFolder(folder + "/empty")
      let ended = try ecglens(
        "digitize", folder + "/empty", "--out", folder + "/out", "--quiet")
      #expect(ended.status == 65 && ended.errors.contains("no JPEG or PNG"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }
}
