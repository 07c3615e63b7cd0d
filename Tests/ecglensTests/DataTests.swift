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
      #expect(try text(out).contains("\"protocol\" : \"files\""))
      let kept = try ecglens("split", TinyPages.data, "--out", out, "--json", "--quiet")
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
      #expect(try text(run + "/split.json") == text(split))
      try TinyPages.copy(to: folder + "/other")
      try FileManager.default.removeItem(atPath: folder + "/other/mi/synthetic-0004.jpg")
      let refused = try ecglens(
        "train", folder + "/other", "--split", split, "--out", folder + "/none", "--quiet")
      #expect(refused.status == 65)
      #expect(refused.errors.hasPrefix("ecglens: \(split): "))
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
