// What can go wrong between the program and the file system.

import Foundation

/// A fault of reading or writing a file.
public enum FileError: ExitStatusError, Equatable {
  /// Nothing lies at the path.
  case missing(String)
  /// The file is there and may not be read.
  case notReadable(String, reason: String)
  /// The file or folder cannot be made at this place.
  case notWritable(String, reason: String)
  /// Reading or writing began and failed, a full disk included.
  case ioFailed(String, reason: String)
  /// Another process holds the folder.
  case inUse(String)
  /// The bytes are not what the format asks for.
  case malformed(String, reason: String)

  /// Exit status.
  public var exitStatus: ExitStatus {
    switch self {
    case .missing: .missingInput
    case .notReadable, .ioFailed: .inputOutput
    case .notWritable: .cannotCreate
    case .inUse: .inUse
    case .malformed: .badData
    }
  }

  /// One line: the file, the problem, the remedy.
  public var description: String {
    let text =
      switch self {
      case .missing(let path): "\(path): no such file or folder; check the path"
      case .notReadable(let path, let reason):
        "\(path): cannot be read (\(reason)); check that it is a file you may read"
      case .notWritable(let path, let reason):
        "\(path): cannot be written (\(reason)); choose another place or change its permissions"
      case .ioFailed(let path, let reason):
        "\(path): reading or writing failed (\(reason)); check the disk and its free space"
      case .inUse(let path):
        "\(path): in use by another process; wait for it to end or choose another folder"
      case .malformed(let path, let reason):
        "\(path): not in the expected form (\(reason)); restore the file or create it again"
      }
    return String(text.map { $0.isNewline ? " " : $0 })
  }

  /// The error for a failed system call on the way to reading `path`.
  static func reading(_ path: String, code: Int32) -> FileError {
    switch code {
    case ENOENT, ENOTDIR: .missing(path)
    case EACCES, EPERM, EISDIR, ELOOP, ENAMETOOLONG: .notReadable(path, reason: words(code))
    default: .ioFailed(path, reason: words(code))
    }
  }

  /// The error for a failed system call on the way to writing `path`.
  static func writing(_ path: String, code: Int32) -> FileError {
    switch code {
    case EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR, EEXIST, ENOTEMPTY, ELOOP, ENAMETOOLONG,
      ETXTBSY:
      .notWritable(path, reason: words(code))
    default: .ioFailed(path, reason: words(code))
    }
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
