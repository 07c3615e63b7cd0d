// No flag is taken and ignored: each is used, or refused where it would change nothing.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("Flags that would change nothing")
struct UnusedFlagTests {
  /// What becomes of a verb's flags.
  struct Verb {
    /// Used in every call.
    let used: Set<String>
    /// Used in some calls and refused in the others.
    var sometimes: Set<String> = []
    /// Refused in every call, with a word on what to use.
    var never: Set<String> = []

    var all: Set<String> { used.union(sometimes).union(never) }
  }

  private static let output: Set<String> = ["json", "quiet", "color", "config"]
  private static let work = output.union(["threads"])
  private static let reading: Set<String> = ["cache", "max-megapixels", "on-error"]
  private static let folder: Set<String> = ["out", "resume", "force"]
  /// Of networks that lack what they set.
  private static let ofNetwork: Set<String> = [
    "recipe", "input", "global-skip", "dropout", "crop", "resize", "draws", "epochs", "batch",
    "weights", "inner",
  ]
  private static let training = work.union(reading).union(folder).union([
    "network", "groups", "classes", "seed",
  ])

  /// Every verb's flags, decided.
  static let verbs: [String: Verb] = [
    "doctor": Verb(used: output.union(["cache"])),
    "model": Verb(
      used: output.union(["network", "batch"]), sometimes: ["input", "global-skip"],
      never: ["dropout"]),
    "synth": Verb(
      used: work.union([
        "pages", "layout", "speed", "gain", "size", "cue", "noise", "masks", "gallery", "seed",
      ]), sometimes: ["shortcut"]),
    "digitize": Verb(used: work.union(["out", "overlay", "speed", "max-megapixels"])),
    "audit": Verb(
      used: work.union(["split", "pdf", "groups", "classes", "cache", "max-megapixels"]),
      sometimes: ["force"]),
    "split": Verb(
      used: work.union(reading).union([
        "out", "force", "protocol", "test", "folds", "groups", "classes", "seed",
      ]),
      sometimes: ["inner"]),
    "train": Verb(
      used: training.subtracting(["groups", "classes"]).union(["split", "fold"]),
      sometimes: ofNetwork.union(["protocol", "test", "folds", "groups", "classes"])),
    "evaluate": Verb(used: work.union(reading).union(["data", "weights"])),
    "predict": Verb(used: work.union(["weights", "max-megapixels"])),
    "explain": Verb(
      used: work.union(["method", "stage", "target", "weights", "out", "max-megapixels"])),
    "crossval": Verb(
      used: training.union(["repeats", "protocol", "folds"]), sometimes: ofNetwork,
      never: ["test"]),
    "compare-protocols": Verb(
      used: training.union(["protocols", "test"]), sometimes: ofNetwork,
      never: ["protocol", "folds"]),
    "probe": Verb(
      used: work.union(reading).union(["out", "folds", "repeats", "groups", "classes", "seed"]),
      sometimes: ["force"]),
    "report": Verb(
      used: work.union(["out", "cache", "force"]),
      sometimes: ["data", "crossval", "max-megapixels", "on-error"]),
    "bench": Verb(
      used: output.union(["task", "batch", "threads", "repeats", "at-least", "seed"]),
      sometimes: ["layers", "network", "input", "global-skip", "dropout"]),
    "paper": Verb(
      used: training.union(["quick", "protocol", "test", "folds"]), sometimes: ofNetwork),
  ]

  private struct Dump: Decodable {
    struct Name: Decodable {
      let kind, name: String
    }
    struct Argument: Decodable {
      let kind: String
      let names: [Name]?
    }
    struct Command: Decodable {
      let commandName: String
      let subcommands: [Command]?
      let arguments: [Argument]?
    }
    let command: Command
  }

  /// The program's own list of verbs and flags, a switch by the form that turns it on.
  private static func dumped() throws -> [String: Set<String>] {
    let text = try ecglens("--experimental-dump-help").output
    let dump = try JSONDecoder().decode(Dump.self, from: Data(text.utf8))
    return Dictionary(
      uniqueKeysWithValues: (dump.command.subcommands ?? []).filter { $0.commandName != "help" }.map
      {
        let names = ($0.arguments ?? []).flatMap { $0.names ?? [] }
        let flags = Set(names.filter { $0.kind == "long" }.map(\.name))
          .subtracting(["help", "version"])
        return ($0.commandName, flags.filter { !$0.hasPrefix("no-") })
      })
  }

  @Test("every flag of every verb is decided")
  func decided() throws {
    #expect(try Self.dumped() == Self.verbs.mapValues(\.all))
  }

  @Test(
    "a flag that would change nothing ends with 64 and a line that names it",
    arguments: [
      (
        "crossval DATA --out O --test 0.5",
        "--test: not used, each fold is the test set once; use --folds"
      ),
      (
        "compare-protocols DATA --out O --folds 4",
        "--folds: not used, each protocol has one test set"
      ),
      ("compare-protocols DATA --out O --protocol grouped", "--protocol: not used, every protocol"),
      ("train DATA --out O --fold 1 --test 0.3", "--test: not used, the fold is the test set"),
      ("train DATA --out O --protocol paper --inner 0.2", "--inner: not used, the protocol paper"),
      ("split DATA --protocol paper --inner 0.2", "--inner: not used, the protocol paper"),
      ("crossval DATA --out O --protocol paper --inner 0.2", "--inner: not used"),
      (
        "train DATA --out O --network beats-linear --crop none",
        "--crop: not used, the network beats-linear"
      ),
      (
        "train DATA --out O --network beats --resize area",
        "--resize: not used, the network beats reads"
      ),
      (
        "paper DATA --out O --network beats --input 64",
        "--input: not used, the network beats reads"
      ),
      ("train DATA --out O --network beats-linear --draws 9", "--draws: not used"),
      ("crossval DATA --out O --network beats-linear --epochs 9", "--epochs: not used"),
      ("train DATA --out O --network beats-linear --batch 9", "--batch: not used"),
      ("train DATA --out O --network beats-linear --recipe steady", "--recipe: not used"),
      ("train DATA --out O --network beats-linear --dropout 0.1", "--dropout: not used"),
      ("train DATA --out O --network beats --global-skip", "--global-skip: not used"),
      (
        "train DATA --out O --network beats --weights W",
        "--weights: not used, the network beats has no"
      ),
      ("train DATA --out O --network plain-cnn --weights W", "--weights: not used"),
      ("train DATA --out O --network resnet18 --dropout 0.1", "--dropout: not used"),
      ("train DATA --out O --network spatial-only --no-global-skip", "--global-skip: not used"),
      ("model --network beats --input 64", "--input: not used"),
      ("model --dropout 0.5", "--dropout: not used"),
      ("bench --task inference --dropout 0.5", "--dropout: not used"),
      ("bench --task drawing --network resnet18", "--network: not used"),
      ("bench --task drawing --layers", "--layers: not used"),
      ("audit DATA --force", "--force: not used, no --pdf"),
      ("probe DATA --force", "--force: not used, no --out"),
      ("synth O --layout 6x2 --shortcut strip-lead", "--shortcut: not used"),
      ("evaluate RUN --seed 1", "'--seed'"),
      ("predict RUN PAGE --seed 1", "'--seed'"),
    ])
  func refused(_ line: String, _ words: String) throws {
    let ended = try ecglens(line.split(separator: " ").map(String.init))
    #expect(ended.status == 64 && ended.output.isEmpty && ended.errorLines.count == 1)
    #expect(ended.errors.hasPrefix("ecglens: "))
    #expect(ended.errors.contains(words), "\(ended.errors)")
  }

  @Test(
    "a split file's protocol, shares and folds are not asked for beside it, and its folds count")
  func besideSplit() throws {
    try withTemporaryFolder { folder in
      let (four, six) = (folder + "/four.json", folder + "/six.json")
      for (path, folds) in [(four, "4"), (six, "6")] {
        let made = try ecglens("split", TinyPages.data, "--folds", folds, "--out", path)
        #expect(made.status == 0, "\(made.errors)")
      }
      let train = ["train", TinyPages.data, "--out", folder + "/run", "--split"]
      for flags in [
        ["--protocol", "files"], ["--test", "0.5"], ["--folds", "7"], ["--inner", "0.2"],
      ] {
        let ended = try ecglens(train + [four] + flags)
        #expect(ended.status == 64 && ended.errorLines.count == 1)
        #expect(ended.errors.contains("\(flags[0]): not used, the split is that of \(four)"))
      }
      let missing = try ecglens(train + [four, "--fold", "4"])
      #expect(missing.status == 64 && missing.errorLines.count == 1)
      #expect(missing.errors.contains("--fold 4: invalid; use 0 to 3, the folds of \(four)"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/run"))
      let last = try ecglens(train + [six, "--fold", "5"] + TinyPages.flags)
      #expect(last.status == 0, "\(last.errors)")
      // The record has the split file, and runs the same training again.
      let again = try ecglens(
        "train", TinyPages.data, "--out", folder + "/again", "--config", folder + "/run/run.json")
      #expect(again.status == 0, "\(again.errors)")
      #expect(try digest(folder + "/again") == digest(folder + "/run"))
    }
  }
}
