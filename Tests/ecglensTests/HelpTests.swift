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
    arguments: [
      "doctor", "model", "synth", "audit", "split", "train", "evaluate", "predict", "explain",
      "crossval", "compare-protocols", "probe", "report", "bench", "paper",
    ])
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
    OVERVIEW: Train, test and explain networks that classify scanned 12-lead ECG
    pages.

    A research tool. Nothing that it prints is a diagnosis.

    USAGE: ecglens <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      doctor                  Say what this machine has and what it lacks, with
                              remedies.
      model                   Print the network's layers and what they cost.
      synth                   Write synthetic pages in class folders, with their
                              truth.
      digitise                Read the traces of pages: WFDB records, measures,
                              overlays. No diagnosis.
      audit                   Find copies, label conflicts, and test ECGs that
                              training has seen.
      split                   Part a data set into training, inner and test pages.
      train                   Train one network on a folder of scans.
      evaluate                Compute a run's figures anew from its checkpoint.
      predict                 Say what a run's network takes pages for. No
                              diagnosis.
      explain                 Draw what moved a network's answer over pages.
      crossval                Train and test over folds of the data.
      compare-protocols       Train the same network under each protocol: what the
                              leak is worth.
      probe                   Test what tells the class besides the traces.
      report                  Set a run or an experiment as a PDF.
      bench                   Measure how fast this machine trains, answers and
                              draws.
      paper                   Split, train, evaluate, explain, silence,
                              cross-validate, report in one go.

      See 'ecglens help <subcommand>' for detailed help.

    """
}
