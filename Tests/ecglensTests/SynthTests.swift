// `synth`: its flags, what it leaves, and what it refuses.

import ECGRaster
import Foundation
import TestSupport
import Testing

@Suite("Synth")
struct SynthTests {
  func object(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("the plain call writes the device's pages with truth and signals")
  func plain() throws {
    let record = try object(TinyPages.data + "/synth.json")
    #expect(record["layout"] as? String == "device" && record["shortcut"] as? String == "none")
    #expect(record["paper_speed"] as? Int == 25 && record["gain"] as? Int == 10)
    #expect(record["cue"] is NSNull && record["masks"] as? Bool == false)
    let stem = TinyPages.data + "/hmi/synthetic-0003"
    #expect(try fileText(stem + ".hea").hasPrefix("synthetic-0003 12 500 5000\n"))
    let truth = try object(stem + ".json")
    #expect(
      truth["class"] as? String == "hmi" && truth["record"] as? String == "synthetic-0003.hea")
    #expect(!FileManager.default.fileExists(atPath: TinyPages.data + "/truth"))
  }

  @Test("every flag reaches the pages and synth.json")
  func flags() throws {
    try withTemporaryFolder { folder in
      let ended = try ecglens(
        "synth", folder + "/x", "--pages", "8", "--layout", "6x2", "--speed", "50", "--gain", "20",
        "--shortcut", "heart-rate", "--cue", "V3:st", "--masks", "--size", "468x331", "--seed", "3",
        "--gallery", folder + "/gallery.pdf", "--quiet", "--json")
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      let record = try object(folder + "/x/synth.json")
      for found in [record, ended.json] {
        #expect(found["layout"] as? String == "6x2" && found["paper_speed"] as? Int == 50)
        #expect(found["gain"] as? Int == 20 && found["shortcut"] as? String == "heart-rate")
        #expect(found["cue"] as? String == "V3:st" && found["masks"] as? Bool == true)
        #expect(found["size"] as? String == "468x331" && found["seed"] as? Int == 3)
        #expect(found["printed_heart_rate"] is NSNull)
      }
      let truth = try object(folder + "/x/mi/synthetic-0004.json")
      let mask = try #require(truth["mask"] as? String)
      let image = try Image(contentsOf: "\(folder)/x/\(mask)")
      #expect(image.width == 468 && image.height == 331)
      #expect(truth["rhythm_strip"] is NSNull && truth["cue"] as? String == "V3:st")
      let pdf = try Data(contentsOf: URL(fileURLWithPath: folder + "/gallery.pdf"))
      #expect(pdf.prefix(5) == Data("%PDF-".utf8) && pdf.count > 10_000)
      // Masks are no pages: a data set has eight.
      let split = try ecglens(
        "split", folder + "/x", "--out", folder + "/split.json", "--json", "--quiet")
      #expect(split.status == 0 && split.errors.isEmpty, "\(split.errors)")
      #expect(try fileText(folder + "/split.json").contains(".mask.png") == false)
    }
  }

  @Test("a layout's own size is the default")
  func ownSize() throws {
    try withTemporaryFolder { folder in
      let ended = try ecglens(
        "synth", folder + "/x", "--pages", "4", "--layout", "6x2", "--quiet", "--json")
      #expect(ended.json["size"] as? String == "2339x1654")
      let page = try Image(contentsOf: folder + "/x/mi/synthetic-0004.jpg")
      #expect(page.width == 2339 && page.height == 1654)
    }
  }

  @Test(
    "what is not offered is refused, and nothing is written",
    arguments: [
      (["--layout", "3x4"], "'device' and '6x2'"), (["--speed", "30"], "'25' and '50'"),
      (["--gain", "7"], "'5', '10' or '20'"), (["--shortcut", "name"], "heart-rate"),
      (["--cue", "V9:st"], "use LEAD:SEGMENT"), (["--cue", "V3"], "use LEAD:SEGMENT"),
      (["--cue", "V3:xyz"], "segments are"),
    ])
  func refused(_ flags: [String], _ says: String) throws {
    try withTemporaryFolder { folder in
      let ended = try ecglens(["synth", folder + "/x"] + flags)
      #expect(ended.status == 64)
      #expect(ended.errors.contains(says), "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/x"))
    }
  }
}
