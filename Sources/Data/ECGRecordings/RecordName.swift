// Names that every WFDB program can open.

import ECGFiles
import Foundation

/// The name of a WFDB record: 1 to 50 ASCII letters, digits, hyphens and underscores.
///
/// The C library refuses every other character and keeps 50 characters of a name.
/// - Source: header(5) and `wfdb.h` (`WFDB_MAXRNL`) of the WFDB applications guide.
public enum RecordName {
  /// The most characters of a name.
  public static let longest = 50
  /// Number of hexadecimal digits of a digest that distinguish changed names.
  private static let digits = 12

  /// Whether WFDB programs accept a name.
  public static func isLegal(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= longest && name.unicodeScalars.allSatisfy(isLegal)
  }

  /// The legal name for a file's name: the name itself, or one with `_` for each character that is
  /// not allowed, cut to length, and the beginning of a digest of `identity`.
  ///
  /// The result depends on its arguments alone, not on what else is written.
  /// - Parameters:
  ///   - name: The name without its ending.
  ///   - identity: Distinguishes it from names that would be changed alike, the path for example.
  public static func legal(_ name: String, identity: String) -> String {
    if isLegal(name) { return name }
    let digest = SHA256Digest.of(Data(identity.utf8)).description.prefix(digits)
    let letters = name.unicodeScalars.map { isLegal($0) ? Character($0) : "_" }
    return String(letters.prefix(longest - digits - 1)) + "-" + digest
  }

  /// The legal path for a relative path: each of its parts made legal by what leads to it.
  public static func legal(path: String) -> String {
    var parts: [String] = []
    var walked: [String] = []
    for part in path.split(separator: "/") {
      walked.append(String(part))
      parts.append(legal(String(part), identity: walked.joined(separator: "/")))
    }
    return parts.joined(separator: "/")
  }

  private static func isLegal(_ letter: Unicode.Scalar) -> Bool {
    switch letter {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
    default: false
    }
  }
}
