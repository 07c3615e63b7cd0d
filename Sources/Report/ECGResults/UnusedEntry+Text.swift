// What reading a data set found besides its pages, as people read it.

import ECGDatasets
import ECGTraining

package extension [UnusedEntry] {
  /// A line for each reason, what weighs most first.
  var lines: [String] {
    UnusedReason.allCases.compactMap { reason in
      let found = filter { $0.reason == reason }
      guard !found.isEmpty else { return nil }
      let images = found.reduce(0) { $0 + $1.images }
      return reason.line(
        entries: found.count, images: images,
        named: AuditResult.listed(found.map(\.path), most: 4))
    }
  }

  /// All reasons in one line; `nil` where everything is used.
  var summary: String? {
    guard !isEmpty else { return nil }
    return "not used: " + lines.joined(separator: "; ")
  }
}

package extension UnusedReason {
  /// What was found, how often, and what to do.
  func line(entries: Int, images: Int, named: String) -> String {
    func counted(_ one: String, _ many: String) -> String {
      "\(entries) \(entries == 1 ? one : many)"
    }
    return switch self {
    case .unknownFolder:
      counted("folder", "folders") + " not used, of no class, with \(images) images: \(named)"
    case .ignoredFolder:
      counted("folder", "folders")
        + " ignored by \(TrainingSetting.classes.flag), with \(images) images: \(named)"
    case .outsideClassFolders:
      counted("image", "images") + " not used, outside of the class folders: \(named)"
    case .unsupportedImage:
      counted("image", "images") + " not used, of formats that are not read: \(named); "
        + "convert them to JPEG or PNG"
    case .link:
      counted("link", "links") + " not followed, to nothing or to a folder above: \(named)"
    case .noImage: counted("other file", "other files") + " not used: \(named)"
    }
  }
}

package extension GroupTableFit {
  /// How the table fits, in a line.
  var text: String {
    "table of groups: \(fittingRows) of \(rows) rows fit a page; "
      + "\(pages - withoutRow - missingIDs) of \(pages) pages have a group"
      + (missingIDs > 0 ? ", \(missingIDs) a missing id" : "")
      + (withoutRow > 0 ? ", \(withoutRow) no row" : "")
      + (ambiguousIDs.isEmpty ? "" : "; ambiguous ids: \(ambiguousText)")
  }

  /// What may split a patient, one line per item.
  var doubts: [String] {
    var lines: [String] = []
    if fittingRows < rows {
      lines.append(
        "\(rows - fittingRows) of \(rows) rows fit no page: "
          + AuditResult.listed(strayRows.map { "\"\($0)\"" }, most: 3, of: rows - fittingRows))
    }
    if withoutRow > 0 {
      lines.append(
        "\(withoutRow) of \(pages) pages have no row, each ECG a group of its own: "
          + AuditResult.listed(pagesWithoutRow, most: 3, of: withoutRow))
    }
    if missingIDs > 0 {
      lines.append(
        "\(missingIDs) of \(pages) pages have a missing id, each ECG a group of its own")
    }
    if !ambiguousIDs.isEmpty {
      lines.append("similar ids of different groups: \(ambiguousText)")
    }
    if joinedIDs > 0 {
      lines.append("\(joinedIDs) ECGs have rows of several ids, which are joined into one group")
    }
    return lines
  }

  private var ambiguousText: String {
    AuditResult.listed(
      ambiguousIDs.map { $0.map { "\"\($0)\"" }.joined(separator: " and ") }, most: 3)
  }
}
