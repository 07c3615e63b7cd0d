// Where a verb writes, checked against what it reads before anything is read.

import ECGDatasets
import ECGExperiments
import ECGFiles
import ECGResults
import ECGTerms
import ECGTraining
import Foundation

/// A file or folder that a verb writes.
package struct OutputPlace {
  /// The path, as given.
  package let path: String
  /// The flag or argument that names it.
  package let flag: String

  /// A place.
  package init(_ path: String, flag: String) { (self.path, self.flag) = (path, flag) }

  /// The path without links, `.` and `..`; what does not exist yet has no links.
  private var real: String { Self.real(path) }

  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: realPath(path)).standardized.path
  }

  /// Whether two paths lead to one place.
  package static func same(_ first: String, _ second: String) -> Bool {
    real(first) == real(second)
  }

  /// Refuses a place that is an input, or lies in an input folder or in any data set.
  ///
  /// - Throws: ``OutputError/insideInput(_:input:flag:)``, ``OutputError/insideData(_:dataset:flag:)``.
  package func check(outside inputs: [String]) throws(OutputError) {
    let place = real
    for input in inputs {
      for folder in Self.places(of: input) where Self.lies(place, in: folder) {
        throw .insideInput(path, input: input, flag: flag)
      }
    }
    try checkOutsideData()
  }

  /// Refuses a place in any data set.
  ///
  /// - Parameter countsParts: Whether a folder of training and test sets counts as a data set; another
  ///   set may be written beside those.
  /// - Throws: ``OutputError/insideData(_:dataset:flag:)``.
  package func checkOutsideData(countsParts: Bool = true) throws(OutputError) {
    var folder = real
    while true {
      if Self.isDataset(folder, countsParts: countsParts) {
        throw .insideData(path, dataset: folder, flag: flag)
      }
      let parent = folderPath(of: folder)
      guard parent != folder else { return }
      folder = parent
    }
  }

  /// Refuses what ``check(outside:)`` does, and a folder that holds an input: it would be moved aside
  /// with its inputs, or take results beside them.
  ///
  /// - Throws: ``OutputError``.
  package func check(apartFrom inputs: [String?]) throws(OutputError) {
    let inputs = inputs.compactMap(\.self)
    try check(outside: inputs)
    let place = real
    for input in inputs {
      for folder in Self.places(of: input) where Self.lies(folder, in: place) {
        throw .holdsInput(path, input: input, flag: flag)
      }
    }
  }

  private static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? folder : folder + "/")
  }

  /// Where an input lies: the path itself, and the folders that links in it lead to.
  private static func places(of input: String) -> [String] {
    var places = [real(input)]
    for name in names(in: input) {
      let below = input + "/" + name
      if isLink(below), isFolder(below) { places.append(realPath(below)) }
      guard DeclaredPart(folderName: name) != nil else { continue }
      for name in names(in: below) where isLink(below + "/" + name) {
        places.append(realPath(below + "/" + name))
      }
    }
    return places
  }

  /// Whether a folder has folders of two classes with pages, or a set with such folders.
  private static func isDataset(_ folder: String, countsParts: Bool) -> Bool {
    let names = names(in: folder)
    var classes: Set<ArchiveClass> = []
    for name in names {
      if let found = ArchiveClass(folderName: name), holdsPages(folder + "/" + name) {
        classes.insert(found)
      } else if countsParts, DeclaredPart(folderName: name) != nil,
        isDataset(folder + "/" + name, countsParts: false)
      {
        return true
      }
    }
    return classes.count > 1
  }

  /// Whether a page lies in a folder or in one directly below it.
  private static func holdsPages(_ folder: String, depth: Int = 1) -> Bool {
    let names = names(in: folder)
    let all = Set(names)
    return names.contains { FileRole(name: $0) == .page && !isOverlay($0, among: all) }
      || depth > 0 && names.contains { holdsPages(folder + "/" + $0, depth: depth - 1) }
  }

  /// The visible names in a folder; none where it is no folder or cannot be listed.
  private static func names(in folder: String) -> [String] {
    guard isFolder(folder),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    return names.filter { !$0.hasPrefix(".") }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

package extension OutputPlace {
  /// Refuses a place where no folder can be made or written.
  ///
  /// - Throws: `FileError.notWritable`.
  func checkFolder() throws(FileError) {
    guard isFolder(path) || !somethingLies(at: path) else {
      throw .notWritable(path, reason: "a file of this name is in the way")
    }
    guard FolderSpace(path).writable else {
      throw .notWritable(path, reason: "no folder can be made there")
    }
  }

  /// Refuses a place where no file can be made.
  ///
  /// - Parameter makesFolders: Whether folders that are missing will be made.
  /// - Throws: `FileError.notWritable`.
  func checkFile(makesFolders: Bool = false) throws(FileError) {
    guard !isFolder(path), !path.hasSuffix("/") else {
      throw .notWritable(path, reason: "a folder has this name")
    }
    let folder = folderPath(of: path)
    guard makesFolders || isFolder(folder) else {
      throw .notWritable(path, reason: "no folder \(folder)")
    }
    guard FolderSpace(folder).writable else {
      throw .notWritable(path, reason: "the folder \(folder) cannot be written")
    }
  }
}

package extension OutputPlace {
  /// Refuses a file of a run or an experiment, there or to come.
  ///
  /// - Parameter mayReplaceOthers: Whether other files in the folder of a run or an experiment may be replaced.
  /// - Throws: ``OutputError/partOfRun(_:)``.
  func checkOutsideRuns(mayReplaceOthers: Bool = false) throws(OutputError) {
    let place = real
    let folder = folderPath(of: place)
    guard ["run.json", "plan.json"].contains(where: { somethingLies(at: "\(folder)/\($0)") }),
      Self.names.contains(String(place.dropFirst(folder.count + 1)))
        || !mayReplaceOthers && somethingLies(at: path)
    else { return }
    throw .partOfRun(path)
  }

  /// The files in the folders of runs and experiments.
  private static let names: Set<String> = {
    let (run, experiment) = (RunFolder(path: ""), ExperimentFolder(path: ""))
    let paths =
      [
        run.record, run.split, run.history, run.weights(.last), run.weights(.best), run.beats,
        run.trainingPages, run.state, run.predictions, run.metrics, run.maps, run.figures,
        run.tables, run.report, experiment.plan, experiment.table, experiment.summary,
        experiment.result, experiment.baselines,
      ].map { $0.split(separator: "/").last.map(String.init) ?? "" }
    return Set(paths + ["cells"])
  }()
}

/// The folder that a path lies in: `.` for a bare name, `/` for the root.
package func folderPath(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
