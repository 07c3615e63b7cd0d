// What can be wrong with a data set, its groups and its splits.

import ECGFiles
import ECGTerms

/// What can be wrong with a data set on disk; each message names the place.
public enum DatasetError: ExitStatusError, Equatable {
  /// The data set's folder is not there, or is a file.
  case missingFolder(path: String)
  /// A folder cannot be listed.
  case unreadableFolder(path: String)
  /// No folder stands for a class.
  case noClassFolders(path: String, found: [String])
  /// Folders that cannot be the classes' folders.
  case badClassFolders(path: String, reason: String)
  /// A folder whose name stands for a set or a class lies inside a class folder.
  case misplacedFolder(path: String, reason: String, remedy: String)
  /// Only one class has pages.
  case singleClass(path: String, class: DiagnosticClass)
  /// A class folder holds no page.
  case emptyClass(path: String)
  /// Two files have names that differ only in how an accent is stored.
  case equalNames(path: String)
  /// A class has too few units (files, ECGs, groups) to lie on both sides of a split.
  case classTooSmall(path: String, class: DiagnosticClass, count: Int, needed: Int, unit: String)
  /// Groups that span classes leave no way to have every class on both sides, or in every fold.
  case inseparableGroups(path: String, sides: Int)
  /// Of a class no page can be read.
  case nothingReadable(path: String, class: DiagnosticClass, first: String)
  /// The traces of no page can be read.
  case noTraces(path: String, first: String)
  /// A page's bytes changed between its digest and its decoding.
  case changedWhileRead(path: String)
  /// The cache remembers other pixels than the pages decode to.
  case staleDigests(path: String)
  /// One ECG lies in folders of different classes.
  case labelConflict(path: String, conflict: LabelConflict, others: Int)
  /// Folders declare the sets that something else would make.
  case declaredSets(path: String)
  /// Folders declare some sets, but not training and test sets of all pages.
  case incompleteSets(path: String, reason: String)
  /// A table of groups cannot be used.
  case badGroups(path: String, reason: String)
  /// A split file is not one.
  case malformedSplit(path: String, reason: String)
  /// A split file belongs to other data.
  case splitOfOtherData(path: String, reason: String)
  /// A split has one ECG or group on both sides although its protocol forbids it.
  case splitLeak(path: String, identity: String, paths: [String])

  /// The program's exit status: missing input, or bad data.
  public var exitStatus: ExitStatus {
    switch self {
    case .missingFolder: .missingInput
    case .unreadableFolder: .inputOutput
    default: .badData
    }
  }

  /// One line: the place, what is wrong, and what to do where that is none of the program's flags.
  public var description: String { String(text.map { $0.isNewline ? " " : $0 }) }

  private var text: String {
    switch self {
    case .missingFolder(let path):
      "\(path): no such folder; give the data folder, with one subfolder per class"
    case .unreadableFolder(let path):
      "\(path): the folder cannot be listed; check its permissions"
    case .noClassFolders(let path, let found):
      "\(path): no class folders\(Self.listed(found)); "
        + "put the pages of each class into a subfolder"
    case .badClassFolders(let path, let reason):
      "\(path): \(reason)"
    case .misplacedFolder(let path, let reason, let remedy): "\(path): \(reason); \(remedy)"
    case .singleClass(let path, let found):
      "\(path): pages of one class only (\(found.key)); add a folder of another class"
    case .emptyClass(let path):
      "\(path): no .jpg or .png pages in this class folder; add pages or remove the folder"
    case .equalNames(let path):
      "\(path): two files of this name, in two Unicode forms; rename one of them"
    case .classTooSmall(let path, let found, let count, let needed, let unit):
      "\(path): class \(found.key) has too few pages to split "
        + "(\(unit): \(count), at least \(needed) required)"
    case .inseparableGroups(let path, let sides):
      "\(path): the groups span classes so that no split has every class "
        + (sides == 2 ? "on both sides" : "in each of \(sides) folds")
    case .nothingReadable(let path, let found, let first):
      "\(path): no page of class \(found.key) can be read (the first: \(first)); repair the pages or "
        + "remove the class's folder"
    case .noTraces(let path, let first):
      "\(path): no page can be digitized (the first: \(first)); a network on beats requires "
        + "pages of a known layout"
    case .changedWhileRead(let path):
      "\(path): changed while it was read; run again when nothing writes there"
    case .staleDigests(let path):
      "\(path): its digests are not those of the decoded pages; remove this file and run again"
    case .labelConflict(let path, let conflict, let others):
      "\(path)/\(conflict.paths[0]): the same ECG is in classes "
        + "\(conflict.classes.map(\.key).joined(separator: " and "))"
        + " (also \(conflict.paths.dropFirst().joined(separator: ", ")))"
        + (others > 0 ? ", and \(others) more such ECGs" : "") + "; keep one class for each"
    case .declaredSets(let path):
      "\(path): folders declare the training and test sets, and this would split the pages again; "
        + "give the training folder alone"
    case .incompleteSets(let path, let reason):
      "\(path): folders declare sets, but not all (\(reason)); put every class folder into train, "
        + "test or val"
    case .badGroups(let path, let reason):
      "\(path): not a usable table of groups (\(reason)); "
        + "give columns path and group, or ecg, class and group"
    case .malformedSplit(let path, let reason):
      "\(path): not a split file (\(reason))"
    case .splitOfOtherData(let path, let reason):
      "\(path): belongs to other data (\(reason))"
    case .splitLeak(let path, let identity, let paths):
      "\(path): \(identity) lies on both sides (\(paths.joined(separator: ", ")))"
    }
  }

  private static func listed(_ found: [String]) -> String {
    guard !found.isEmpty else { return "" }
    let shown = found.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
    return " among " + shown + (found.count > 4 ? " and \(found.count - 4) more" : "")
  }
}
