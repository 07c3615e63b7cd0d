// `--config FILE`: YAML, an earlier run's record, and flags that win.

import Foundation
import TestSupport
import Testing

@Suite("Configuration files")
struct ConfigurationTests {
  private func input(_ yaml: String, _ flags: String...) throws -> Any? {
    try withTemporaryFolder { folder in
      let path = folder + "/c.yaml"
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
      return try ecglens(["model", "--json", "--config", path] + flags).json["input"]
    }
  }

  @Test("keys are flags, and flags win")
  func flagsWin() throws {
    #expect(try input("input: 64\nnetwork: global-only\n") as? [Int] == [3, 64, 64])
    #expect(try input("input: 64\n", "--input", "96") as? [Int] == [3, 96, 96])
    #expect(try input("# nothing\n") as? [Int] == [3, 227, 227])
  }

  @Test("a switch can be turned off and on again")
  func switches() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/c.yaml"
      try Data("global-skip: false\nquiet: false\n".utf8).write(to: URL(fileURLWithPath: path))
      let without = try ecglens("model", "--json", "--config", path).json
      let with = try ecglens("model", "--json", "--config", path, "--global-skip").json
      #expect(with["parameters"] as? Int == 14_392_708)
      #expect(without["parameters"] as? Int == 14_392_708 - 32 * 256)
    }
  }

  @Test("run.json runs the run again, to the same weights")
  func runAgain() throws {
    try withTemporaryFolder { folder in
      let again = folder + "/again"
      let ended = try ecglens(
        "train", TinyPages.data, "--out", again, "--config", TinyPages.run + "/run.json")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try digest(again) == digest(TinyPages.run))
    }
  }

  @Test(
    "what is no configuration ends with 65 and one line",
    arguments: ["input: [3", "- input\n- 64\n", "input:\n  side: 64\n"])
  func malformed(_ yaml: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/c.yaml"
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
      let ended = try ecglens("model", "--config", path)
      #expect(ended.status == 65)
      #expect(ended.errors.hasPrefix("ecglens: \(path): "))
      #expect(ended.errorLines.count == 1)
    }
  }
}
