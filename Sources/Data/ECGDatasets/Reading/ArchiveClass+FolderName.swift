// Which of the archive's classes a folder's name stands for.

import ECGTerms

extension ArchiveClass {
  /// The class that a folder's name stands for, or `nil`.
  ///
  /// Case, digits, punctuation, numbers or the class's own name in parentheses and filler words ("ECG
  /// Images of Patient that have ...") do not count; what is left must be one of the names below, whole. So the
  /// public archive's names, the short keys and the usual variants are all recognized, and
  /// `normal-old-backup` is not.
  ///
  /// - Parameter folderName: One component of a path.
  public init?(folderName: String) {
    let (outside, inside) = Self.meaningfulWords(of: folderName)
    let names = [outside, inside].map { $0.joined(separator: " ") }
    guard let match = Self.allCases.first(where: { $0.folderNames.contains(names[0]) }),
      inside.allSatisfy({ $0 == "x" }) || match.folderNames.contains(names[1])
    else { return nil }
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

  /// The words outside of parentheses and those inside.
  private static func meaningfulWords(of folderName: String) -> (
    outside: [String], inside: [String]
  ) {
    var depth = 0
    var words: [[String]] = [[""], [""]]
    for character in folderName.lowercased() {
      if character == "(" { depth += 1 }
      let place = depth == 0 ? 0 : 1
      if character.isLetter {
        words[place][words[place].count - 1].append(character)
      } else if words[place].last != "" {
        words[place].append("")
      }
      if character == ")" { depth = max(0, depth - 1) }
    }
    let kept = words.map { $0.filter { !$0.isEmpty && !fillers.contains($0) } }
    return (kept[0], kept[1])
  }
}
