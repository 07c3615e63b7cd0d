// Which class a folder's name stands for.

import ECGTerms

extension DiagnosticClass {
  /// The class that a folder's name stands for, or `nil`.
  ///
  /// Case, digits, punctuation, everything in parentheses and filler words ("ECG Images of Patient
  /// that have ...") do not count; what is left must be one of the names below, whole. So the
  /// public archive's names, the short keys and the usual variants are all recognised, and
  /// `normal-old-backup` is not.
  ///
  /// - Parameter folderName: One component of a path.
  public init?(folderName: String) {
    let left = Self.meaningfulWords(of: folderName).joined(separator: " ")
    guard let match = Self.allCases.first(where: { $0.folderNames.contains(left) }) else {
      return nil
    }
    self = match
  }

  private var folderNames: Set<String> {
    switch self {
    case .normal: ["normal", "norm", "healthy"]
    case .abnormal:
      ["abnormal", "abnormal heartbeat", "abnormal heart beat", "abnormal hb", "hb", "ahb"]
    case .hmi:
      [
        "hmi", "pmi", "history mi", "history myocardial infarction", "previous mi",
        "previous myocardial infarction", "prior mi", "prior myocardial infarction", "past mi",
        "mi history", "myocardial infarction history",
      ]
    case .mi: ["mi", "myocardial infarction", "acute mi", "acute myocardial infarction"]
    }
  }

  private static let fillers: Set<String> = [
    "a", "class", "ecg", "ecgs", "has", "have", "having", "image", "images", "of", "page", "pages",
    "patient", "patients", "people", "person", "persons", "scan", "scans", "that", "the", "who",
    "with",
  ]

  private static func meaningfulWords(of folderName: String) -> [String] {
    var depth = 0
    var words = [""]
    for character in folderName.lowercased() {
      if character == "(" { depth += 1 }
      if depth == 0, character.isLetter {
        words[words.count - 1].append(character)
      } else if words.last != "" {
        words.append("")
      }
      if character == ")" { depth = max(0, depth - 1) }
    }
    return words.filter { !$0.isEmpty && !fillers.contains($0) }
  }
}
