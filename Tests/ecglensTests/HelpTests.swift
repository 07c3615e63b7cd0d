// The interface as users see it.

import Testing

@Suite("Help")
struct HelpTests {
  @Test("the main help is what it was")
  func mainHelp() throws {
    let ended = try ecglens("--help")
    #expect(ended.status == 0)
    #expect(ended.errors.isEmpty)
    #expect(ended.output == Self.expected)
  }

  @Test(
    "each verb has help",
    arguments: ["model", "synth", "split", "train", "evaluate", "predict", "bench"])
  func verbHelp(_ verb: String) throws {
    let ended = try ecglens(verb, "--help")
    #expect(ended.status == 0)
    #expect(ended.output.contains("USAGE: ecglens \(verb) "))
    #expect(ended.output.contains("--json"))
    #expect(ended.output.contains("--config"))
  }

  @Test("the version is the changelog's newest")
  func version() throws {
    let changelog = try text(repositoryPath("CHANGELOG.md"))
    let version = try ecglens("--version").output.split(separator: "\n")[0]
    #expect(changelog.contains("## \(version)"))
  }

  static let expected = """
    """
}
