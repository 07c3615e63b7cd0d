// Wrong use: status 64, one line that names the flag and what is allowed.

import Foundation
import TestSupport
import Testing

@Suite("Wrong use")
struct WrongUseTests {
  @Test(
    "ends with 64 and one line",
    arguments: [
      (["frobnicate"], "no such verb; use one of doctor, model, "),
      (["model", "--input", "7"], "'--input <n>': use a whole number from 32 to 1024"),
      (["model", "--inptu", "64"], "'--inptu'. Did you mean '--input'?"),
      (["train", "DATA"], "'--out <folder>'"),
      (
        ["train", "DATA", "--out", "RUN", "--recipe", "best"], "'article-table3', 'article-text' or"
      ),
      (["train", "DATA", "--out", "RUN", "--test", "1"], "use a number above 0 and below 1"),
      (["train", "DATA", "--out", "RUN", "--draws", "many"], "'--draws <n>': use a whole"),
      (["train", "DATA", "--out", "RUN", "--crop", "half"], "'article', 'none', 'frame'"),
      (["train", "DATA", "--out", "RUN", "--resume", "--force"], "--resume and --force"),
      (["train", "DATA", "--out", "RUN", "--fold", "5"], "--fold 5: invalid; use 0 to 4"),
      (["bench", "--threads", "1,0"], "'--threads <n,...>': use whole numbers from 1"),
      (["bench", "--batch", "1"], "--batch 1: too small for training"),
      (["synth", "OUT", "--pages", "3"], "use a whole number from 4"),
      (["synth", "OUT", "--size", "large"], "use WIDTHxHEIGHT"),
      (["split", "DATA", "--seed", "-1"], "--seed"),
      (["predict", "RUN"], "'<paths> ...'"),
    ])
  func wrongUse(_ arguments: [String], _ words: String) throws {
    let ended = try ecglens(arguments)
    #expect(ended.status == 64)
    #expect(ended.output.isEmpty)
    #expect(ended.errorLines.count == 1)
    #expect(ended.errors.hasPrefix("ecglens: "))
    #expect(ended.errors.contains(words), "\(ended.errors)")
  }

  @Test("an unknown key of a configuration names its file")
  func unknownKey() throws {
    try withTemporaryFolder { folder in
      try Data("input: 64\ncolor-map: red\n".utf8).write(
        to: URL(fileURLWithPath: folder + "/c.yaml"))
      let ended = try ecglens("model", "--config", folder + "/c.yaml")
      #expect(ended.status == 64)
      #expect(ended.errors.hasPrefix("ecglens: \(folder)/c.yaml: Unknown option '--color-map'"))
      #expect(ended.errorLines.count == 1)
    }
  }
}
