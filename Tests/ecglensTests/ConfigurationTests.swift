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

  @Test("the recorded default of folds does not require folds that small classes do not allow")
  func smallClasses() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/pages"
      #expect(try ecglens("synth", data, "--pages", "16", "--size", "400x284").status == 0)
      let first = try ecglens(["train", data, "--out", folder + "/run"] + TinyPages.flags)
      #expect(first.status == 0, "\(first.errors)")
      let again = try ecglens(
        "train", data, "--out", folder + "/again", "--config", folder + "/run/run.json")
      #expect(again.status == 0, "\(again.errors)")
      #expect(try digest(folder + "/again") == digest(folder + "/run"))
    }
  }

  @Test(
    "a value that no flag takes ends with 64 and names the key and its line",
    arguments: [
      ("protocol: no\n", "line 1: protocol: YAML reads no as true or false"),
      ("# a split\nprotocol: yes\n", "line 2: protocol: YAML reads yes"),
      ("groups: \"\"\n", "line 1: groups: empty value"),
      ("groups: []\n", "line 1: groups: empty value"),
      ("test:\n", "line 1: test: no value"), ("seed: ~\n", "line 1: seed: no value"),
      ("json: 1\n", "line 1: json: a switch; use true or false"),
      ("config: other.yaml\n", "line 1: config: "),
      ("masks: false\n", "'--no-masks'"), ("test: 0.5\n", "--test: not used"),
    ])
  func refusedValues(_ yaml: String, _ words: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/c.yaml"
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
      let ended = try ecglens(
        "crossval", TinyPages.data, "--out", folder + "/cv", "--config", path)
      #expect(ended.status == 64 && ended.errorLines.count == 1)
      #expect(ended.errors.hasPrefix("ecglens: \(path): "))
      #expect(ended.errors.contains(words), "\(ended.errors)")
    }
  }

  @Test("two configurations, or a plan in place of a run's record, are refused")
  func severalFiles() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/c.yaml"
      try Data("input: 64\n".utf8).write(to: URL(fileURLWithPath: path))
      let ended = try ecglens("model", "--config", path, "--config=\(path)")
      #expect(ended.status == 64 && ended.errors.contains("give one file"))
      try Data("{\"settings\": {\"draws\": 4}, \"folds\": 2}".utf8)
        .write(to: URL(fileURLWithPath: path))
      let plan = try ecglens("train", TinyPages.data, "--out", folder + "/run", "--config", path)
      #expect(plan.status == 65 && plan.errors.contains("is not a run.json"))
    }
  }

  @Test("every switch has a form that turns it off, with which flags win over a file")
  func switchesWin() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/c.yaml"
      try Data("json: true\nno-color: true\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect(try ecglens("model", "--config", path).output.hasPrefix("{"))
      #expect(try !ecglens("model", "--config", path, "--no-json").output.hasPrefix("{"))
    }
  }

  @Test("what another verb does not use of a run's record is left out with a warning")
  func recordOfAnotherVerb() throws {
    try withTemporaryFolder { folder in
      let ended = try ecglens(
        "crossval", TinyPages.data, "--out", folder + "/cv", "--folds", "2", "--config",
        TinyPages.run + "/run.json")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.errors.contains("run.json: --test: not used, each fold is the test set once"))
    }
  }

  @Test(
    "a record's settings that a verb lacks are left out with one warning; a YAML key is refused",
    arguments: [
      "model", "bench --task inference --repeats 1", "split DATA --out OUT", "probe DATA --folds 3",
      "predict RUN PAGE", "evaluate RUN", "digitize PAGE --out OUT --overlay none", "audit DATA",
      "doctor",
    ])
  func recordOfLackingVerb(_ call: String) throws {
    try withTemporaryFolder { folder in
      // A run that began from a file of weights: what predict and evaluate call weights is another
      // thing.
      let record = folder + "/run.json"
      let settings = try fileText(TinyPages.run + "/run.json").replacing(
        "\"settings\" : {", with: "\"settings\" : {\"weights\" : \"trunk.safetensors\",")
      try Data(settings.utf8).write(to: URL(fileURLWithPath: record))
      let places = [
        "DATA": TinyPages.data, "RUN": TinyPages.run, "OUT": folder + "/out",
        "PAGE": try TinyPages.page("mi", in: TinyPages.readable),
      ]
      let words = call.split(separator: " ").map { places[String($0)] ?? String($0) }
      let ended = try ecglens(words + ["--quiet", "--config", record])
      #expect(ended.status == 0 || words[0] == "doctor", "\(ended.errors)")
      #expect(ended.errors.contains("run.json: settings without a flag here, not used: "))
      let yaml = folder + "/c.yaml"
      try Data("draws: 32\n".utf8).write(to: URL(fileURLWithPath: yaml))
      let refused = try ecglens(words + ["--config", yaml])
      #expect(refused.status == 64 && refused.errors.contains("'--draws"), "\(refused.errors)")
    }
  }

  @Test("an empty value is refused, on the command line too")
  func emptyValue() throws {
    for flags in [["--out", "", "--quiet"], ["--out", "/none", "--groups="]] {
      let ended = try ecglens(["train", TinyPages.data] + flags)
      #expect(ended.status == 64 && ended.errors.contains(": empty value"), "\(ended.errors)")
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
