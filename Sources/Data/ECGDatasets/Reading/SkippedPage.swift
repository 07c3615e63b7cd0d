// What is done about a page that cannot be read.

/// Whether a page that cannot be read ends the work or is left out.
public enum FaultPolicy: String, CaseIterable, Sendable, Codable {
  /// The first fault, by path, is an error.
  case fail
  /// The page is excluded, with a warning.
  case skip
}

/// A page that was left out because it could not be read.
public struct SkippedPage: Equatable, Sendable, Codable {
  /// Relative to the data set's folder.
  public let path: String
  /// What is wrong and what to do, in one line.
  public let reason: String

  /// A page that was left out.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// A fault of a page itself, not of the cache or the machine.
struct PageFault: Error {
  let error: any Error

  /// The error's line without the path of the page before it.
  func reason(of path: String) -> String {
    let line = "\(error)"
    return line.hasPrefix(path + ": ") ? String(line.dropFirst(path.count + 2)) : line
  }
}

extension FaultPolicy {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .fail: "End with an error at the first such page."
    case .skip: "Exclude such pages, with a warning each."
    }
  }
}
