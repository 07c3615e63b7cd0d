// What can go wrong when synthetic pages are asked for.

import ECGFiles
import ECGLayouts

/// A request for synthetic pages that cannot be met.
public enum PagesError: ExitStatusError, Equatable {
  /// The folder to write to holds something already.
  case folderNotEmpty(String)
  /// Fewer pages than classes, or so many that the request must be a slip.
  case pageCount(Int)
  /// A page too small to show anything, or over the reading limit of 40 megapixels.
  case pageSize(PageSize)

  /// Exit status.
  public var exitStatus: ExitStatus {
    switch self {
    case .folderNotEmpty: .cannotCreate
    case .pageCount, .pageSize: .usage
    }
  }

  /// One line: what was asked, what is wrong, what to do.
  public var description: String {
    switch self {
    case .folderNotEmpty(let path):
      "\(path): not empty; use a new folder, or empty it first"
    case .pageCount(let count):
      "\(count) pages: not between 4 and 1000000; every class requires at least one page"
    case .pageSize(let size):
      "\(size.argument) pixels: not between 100x71 and 40 megapixels; the device's is 2213x1572"
    }
  }
}
