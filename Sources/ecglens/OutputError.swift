// Results that would overwrite one another, or become inputs: refused before anything is read.

import ECGFiles
import Foundation

/// Two results in one place.
enum OutputError: ExitStatusError, Equatable {
  /// Two pages of one call have the same result.
  case sameResult(String, String, place: String)
  /// A page's result has the name of a table of the whole folder.
  case nameOfTable(page: String, place: String)
  /// The place holds the result of another page, or a file of unknown origin.
  case taken(place: String, page: String)
  /// A table of the folder was written with other columns.
  case otherColumns(String)
  /// The output folder is an input folder, or lies in one.
  case insideInput(String, input: String)
  /// The file exists and holds something else.
  case exists(String)
  /// The file that a PDF would replace is no PDF.
  case notPDF(String)

  /// What the program ends with.
  var exitStatus: ExitStatus {
    switch self {
    case .sameResult, .nameOfTable, .insideInput: .usage
    case .taken, .otherColumns, .exists, .notPDF: .cannotCreate
    }
  }

  /// One line: the file, what is wrong, what to do.
  var description: String {
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
    case .insideInput(let out, let input):
      "\(out): the output folder lies in the input folder \(input), so results would be read as pages; "
        + "use --out with a folder elsewhere"
    case .exists(let path):
      "\(path): exists and holds something else; use --out with another name, or --force to move it aside"
    case .notPDF(let path):
      "\(path): exists and is not a PDF; use another name for the PDF, or move the file away"
    }
  }
}

/// Refuses an output folder that is one of the input folders or lies in one, links resolved.
///
/// - Throws: ``OutputError/insideInput(_:input:)``.
func checkOutput(_ out: String, outside inputs: [String]) throws(OutputError) {
  // What does not exist yet has no links, so `..` may go from its text.
  let place = realPath(somethingLies(at: out) ? out : URL(fileURLWithPath: out).standardized.path)
  for input in inputs where isFolder(input) {
    let folder = realPath(input)
    if place == folder || place.hasPrefix(folder == "/" ? folder : folder + "/") {
      throw .insideInput(out, input: input)
    }
  }
}

/// Refuses to write a PDF in the place of a file that is none, as a page named by mistake.
///
/// - Throws: ``OutputError/notPDF(_:)``; `FileError` where the file cannot be read.
func checkPDFPlace(_ path: String) throws {
  guard isRegularFile(path) else { return }
  let mark = Data("%PDF-".utf8)
  let start = try readFile(path).prefix(mark.count)
  guard start.isEmpty || start == mark else { throw OutputError.notPDF(path) }
}
