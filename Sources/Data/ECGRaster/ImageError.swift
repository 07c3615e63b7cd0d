// What can be wrong with an image.

import ECGFiles

/// A fault of an image file or of what is asked of it.
public enum ImageError: ExitStatusError, Equatable {
  /// The file cannot be read at all.
  case file(FileError)
  /// The file has no bytes.
  case empty(String)
  /// The bytes are neither JPEG nor PNG; `found` says what they look like.
  case notAnImage(String, found: String)
  /// The decoder met the end of the file, or bytes that cannot be.
  case damaged(String, reason: String)
  /// A JPEG or PNG of a kind that is not read.
  case unsupported(String, reason: String)
  /// More pixels than allowed, distinguished from the header.
  case tooLarge(String, width: Int, height: Int, maximumMegapixels: Double)
  /// The grid's frame was asked for and is not on the page.
  case noFrame(String)
  /// The image cannot be stored in the format.
  case notEncodable(reason: String)

  /// Exit status.
  public var exitStatus: ExitStatus {
    switch self {
    case .file(let error): error.exitStatus
    case .notEncodable: .internalFault
    default: .badData
    }
  }

  /// One line: the file, the problem, and the remedy where it is none of the program's flags.
  public var description: String {
    let text =
      switch self {
      case .file(let error): error.description
      case .empty(let path): "\(path): empty file; fetch it again or remove it"
      case .notAnImage(let path, let found):
        "\(path): not a JPEG or PNG image (\(found)); convert it or remove it"
      case .damaged(let path, let reason):
        "\(path): truncated or damaged (\(reason)); fetch it again or remove it"
      case .unsupported(let path, let reason):
        "\(path): \(reason); save it as an RGB or gray JPEG or PNG"
      case .tooLarge(let path, let width, let height, let limit):
        "\(path): \(width) x \(height) pixels are more than \(number(limit)) megapixels"
      case .noFrame(let path):
        "\(path): no grid frame found on the page"
      case .notEncodable(let reason): "image: cannot be encoded (\(reason)); report this fault"
      }
    return String(text.map { $0.isNewline ? " " : $0 })
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
