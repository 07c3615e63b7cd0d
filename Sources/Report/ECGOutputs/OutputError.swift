// Results that would overwrite one another, or become inputs: refused before anything is read.

import ECGFiles
import Foundation

/// Two results in one place.
package enum OutputError: ExitStatusError, Equatable {
  /// Two pages of one call have the same result.
  case sameResult(String, String, place: String)
  /// A page's result has the name of a table of the whole folder.
  case nameOfTable(page: String, place: String)
  /// The place holds the result of another page, or a file of unknown origin.
  case taken(place: String, page: String)
  /// A table of the folder was written with other columns.
  case otherColumns(String)
  /// The output is an input, or lies in an input folder.
  case insideInput(String, input: String, flag: String)
  /// The output folder holds an input.
  case holdsInput(String, input: String, flag: String)
  /// The output lies in a data set.
  case insideData(String, dataset: String, flag: String)
  /// The file exists and holds something else.
  case exists(String)
  /// The file is one of a run or an experiment.
  case partOfRun(String)
  /// The folder is not empty.
  case folderNotEmpty(String)
  /// The file that a PDF would replace is no PDF.
  case notPDF(String)
  /// The PDF that would be replaced was not written for the same data.
  case otherPDF(String, force: Bool)
  /// The report or its figures are of another run, or of unknown origin.
  case otherReport(String, run: String)
  /// An experiment has protocols that the call leaves out.
  case otherProtocols(String, before: String, now: String)

  /// Exit status.
  package var exitStatus: ExitStatus {
    switch self {
    case .sameResult, .nameOfTable, .insideInput, .holdsInput, .insideData: .usage
    case .taken, .otherColumns, .exists, .partOfRun, .folderNotEmpty, .notPDF, .otherPDF,
      .otherReport,
      .otherProtocols:
      .cannotCreate
    }
  }

  /// One line: the file, the problem, and the remedy where it is none of the program's flags.
  package var description: String {
    switch self {
    case .sameResult(let first, let second, let place):
      "\(second): its result would overwrite that of \(first) (\(place)); "
        + "rename one page, use two output folders, or give the folder that holds both"
    case .nameOfTable(let page, let place):
      "\(page): its result would overwrite the table of all pages (\(place)); rename the page"
    case .taken(let place, let page):
      "\(place): not the result of \(page), but of another page or of an earlier version; "
        + "use another output folder, or move the file away"
    case .otherColumns(let path):
      "\(path): written by another version, with other columns; "
        + "use another output folder, or move the file away"
    case .insideInput(let out, let input, let flag):
      "\(out): the output is the input \(input) or lies in it, so results would become inputs; "
        + "use \(flag) with a path elsewhere"
    case .holdsInput(let out, let input, let flag):
      "\(out): the output folder holds the input \(input); use \(flag) with a path elsewhere"
    case .insideData(let out, let dataset, let flag):
      "\(out): the output lies in the data set \(dataset), so results would become inputs; "
        + "use \(flag) with a path elsewhere"
    case .exists(let path):
      "\(path): exists with other contents"
    case .partOfRun(let path):
      "\(path): a file of a run or an experiment"
    case .folderNotEmpty(let path):
      "\(path): not empty"
    case .notPDF(let path):
      "\(path): exists and is not a PDF; use another name for the PDF, or move the file away"
    case .otherPDF(let path, _):
      "\(path): exists and is another document"
    case .otherReport(let path, let run):
      "\(path): exists and is not of \(run)"
    case .otherProtocols(let path, let before, let now):
      "\(path): holds a comparison of \(before), not of \(now) alone"
    }
  }
}
