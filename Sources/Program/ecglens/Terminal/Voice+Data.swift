// Warnings about data sets and splits.

import ECGDatasets
import ECGResults
import ECGTraining

extension Voice {
  /// Warns of what a reader of results should know of the data.
  func warn(about notice: ReadingNotice) {
    switch notice {
    case .read(let dataset, let root):
      warn(about: dataset.skipped, in: root)
      warn(about: dataset.notes, of: dataset)
    case .foundClasses(let dataset): warnOfFoundClasses(of: dataset)
    case .noBaselines(let dataset, let first):
      warn(
        "\(dataset.root): no baselines, as no page can be digitized (the first: \(first))")
    case .notDigitized(let pages, let dataset):
      guard let first = pages.first else { return }
      warn(
        "\(dataset.root)/\(first.path): \(pages.count) pages that cannot be digitized "
          + "count as missing; the first: \(first.reason)")
    }
  }

  /// Lists which pages were skipped: the first three, and how many.
  private func warn(about skipped: [SkippedPage], in root: String) {
    for page in skipped.prefix(3) { warn("\(root)/\(page.path): skipped: \(page.reason)") }
    if skipped.count > 3 { warn("\(root): \(skipped.count) unreadable pages skipped") }
  }

  /// Warns of what is not used, of pages that could not be compared, and of a table of groups that
  /// leaves doubts.
  private func warn(about notes: ReadingNotes, of dataset: Dataset) {
    for line in notes.unused.lines { warn("\(dataset.root): \(line)") }
    if !notes.notCompared.isEmpty {
      let first = dataset.firstPaths
      let paths = notes.notCompared.compactMap { first[$0] }.sorted()
      warn(
        "\(dataset.root): \(paths.count) pages could not be compared with all others, so copies of "
          + "them may lie on both sides of a split: \(AuditResult.listed(paths, most: 3))")
    }
    for line in notes.groupTable?.doubts ?? [] { warn("table of groups: \(line)") }
  }

  /// Warns of folders that became classes beside the public archive's.
  private func warnOfFoundClasses(of dataset: Dataset) {
    let others = dataset.classFolders.foldersBesideArchive
    if !others.isEmpty {
      warn(
        "\(dataset.root): \(others.count == 1 ? "a class" : "classes") besides the public archive's: "
          + "\(AuditResult.listed(others, most: 4)); --classes merges or ignores folders")
    }
  }

  /// Warns of a split whose figures are too good.
  func warn(about split: Split) {
    let name = split.protocol.rawValue
    if split.protocol.isDeclared {
      progress.line("the sets are those that the folders declare")
      let shared = split.groupsOnBothSides
      if !split.leaks, shared > 0 {
        warn(
          "\(shared) groups have pages in the test set and in the others, as the folders declare")
      }
    }
    guard let leak = split.protocol.leakDescription else { return }
    warn(
      "protocol \(name) leaks: \(leak); "
        + (split.protocol.isDeclared
          ? "see ecglens audit" : "use --protocol grouped for a result"))
  }
}
