// The interface as users see it.

import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
  @Test(
    "each verb has help",
    arguments: [
      "doctor", "model", "synth", "digitize", "audit", "split", "train", "evaluate", "predict",
      "explain",
      "crossval", "compare-protocols", "probe", "report", "bench", "paper",
    ])
  func verbHelp(_ verb: String) throws {
    let ended = try ecglens(verb, "--help")
    #expect(ended.status == 0)
    #expect(ended.output.contains("USAGE: ecglens \(verb) "))
    #expect(ended.output.contains("--json"))
    #expect(ended.output.contains("--config"))
    #expect(ended.output.contains("Example:\n  ecglens \(verb)"))
    let sections = ["DATA:", "NETWORK:", "TRAINING:", "OUTPUT:", "MACHINE:"]
    #expect(sections.contains { ended.output.contains("\n\($0)\n") })
  }

  @Test("the earlier spelling of digitize is accepted")
  func earlierSpelling() throws {
    let (now, earlier) = (try ecglens("digitize", "--help"), try ecglens("digitise", "--help"))
    #expect(earlier.status == 0 && earlier.output == now.output)
  }

  @Test(
    "names of the help and recorded names are one value",
    arguments: [
      ("protocol", "augmented-samples", "paper"), ("recipe", "article-table3", "paper-table3"),
      ("recipe", "article-text", "paper-text"), ("crop", "article", "paper"),
    ])
  func names(_ flag: String, _ shown: String, _ recorded: String) throws {
    try withTemporaryFolder { folder in
      for name in [shown, recorded] {
        // Reaches the data, which are missing.
        let ended = try ecglens(
          "train", folder + "/none", "--out", folder + "/out", "--\(flag)", name)
        #expect(ended.status == 66, "\(ended.errors)")
      }
    }
    #expect(try ecglens("train", "--help").output.contains("\n        \(shown) "))
  }

  @Test("the version is the changelog's newest")
  func version() throws {
    let changelog = try fileText(repositoryPath("CHANGELOG.md"))
    let version = try ecglens("--version").output.split(separator: "\n")[0]
    #expect(changelog.contains("## \(version)"))
  }
}
