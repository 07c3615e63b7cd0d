// What a reader of results should know of the data, the split and the weights, in lines.

import ECGDatasets
import ECGTraining

package extension ReadingNotice {
  /// The lines: pages that were skipped, entries that are not used, pages that could not be compared
  /// or digitized, doubts about a table of groups, classes beside the public archive's.
  var warnings: [String] {
    switch self {
    case .read(let dataset, let root):
      Self.lines(of: dataset.skipped, in: root) + Self.lines(of: dataset.notes, dataset)
    case .foundClasses(let dataset): Self.line(ofClassesOf: dataset).map { [$0] } ?? []
    case .noBaselines(let dataset, let first):
      ["\(dataset.root): no baselines, as no page can be digitized (the first: \(first))"]
    case .notDigitized(let pages, let dataset):
      pages.first.map { first in
        [
          "\(dataset.root)/\(first.path): \(pages.count) pages that cannot be digitized "
            + "count as missing; the first: \(first.reason)"
        ]
      } ?? []
    }
  }

  /// The first three skipped pages, and how many there are.
  static func lines(of skipped: [SkippedPage], in root: String) -> [String] {
    skipped.prefix(3).map { "\(root)/\($0.path): skipped: \($0.reason)" }
      + (skipped.count > 3 ? ["\(root): \(skipped.count) unreadable pages skipped"] : [])
  }

  private static func lines(of notes: ReadingNotes, _ dataset: Dataset) -> [String] {
    var lines = notes.unused.lines.map { "\(dataset.root): \($0)" }
    if !notes.notCompared.isEmpty {
      let first = dataset.firstPaths
      let paths = notes.notCompared.compactMap { first[$0] }.sorted()
      lines.append(
        "\(dataset.root): \(paths.count) pages could not be compared with all others, so copies of "
          + "them may lie on both sides of a split: \(AuditResult.listed(paths, most: 3))")
    }
    return lines + (notes.groupTable?.doubts ?? []).map { "table of groups: \($0)" }
  }

  private static func line(ofClassesOf dataset: Dataset) -> String? {
    let others = dataset.classFolders.foldersBesideArchive
    guard !others.isEmpty else { return nil }
    return
      "\(dataset.root): \(others.count == 1 ? "a class" : "classes") besides the public archive's: "
      + "\(AuditResult.listed(others, most: 4)); \(TrainingSetting.classes.flag) merges or ignores "
      + "folders"
  }
}

package extension Split {
  /// The lines of a split whose metrics are too good.
  var warnings: [String] {
    var lines: [String] = []
    let shared = `protocol`.isDeclared && !leaks ? groupsOnBothSides : 0
    if shared > 0 {
      lines.append(
        "\(shared) groups have pages in the test set and in the others, as the folders declare")
    }
    if let leak = `protocol`.leakDescription {
      lines.append(
        "protocol \(`protocol`.rawValue) leaks: \(leak); "
          + (`protocol`.isDeclared
            ? "see ecglens audit"
            : "use \(TrainingSetting.splitProtocol.flag) grouped for a result"))
    }
    return lines
  }
}

package extension InitialTrunk {
  /// The line of a trunk without a record of its training pages.
  var warning: String? {
    history.isKnown
      ? nil
      : "\(path): no record of its training pages; a leak of test pages cannot be excluded"
  }
}

package extension TrainingRun {
  /// The line of a run that goes on under another build than it was begun with.
  var warning: String? {
    func build(_ record: RunRecord) -> String {
      let version = record.versions["ecglens"] ?? "an unknown version"
      return "ecglens \(version), \(record.instructionSet)"
    }
    guard let begun, build(begun) != build(record) else { return nil }
    return
      "\(folder.path): was started with \(build(begun)) and is resumed with \(build(record)): the "
      + "result may differ in its last digits"
  }
}
