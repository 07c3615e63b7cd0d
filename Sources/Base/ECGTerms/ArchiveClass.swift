// The four classes of the public archive, which synthetic pages have too.

/// A class of the public archive of ECG pages; its raw value is its index in logits, matrices and tables.
public enum ArchiveClass: Int, CaseIterable, Sendable, Codable, Hashable {
  /// A page without pathological finding.
  case normal = 0
  /// A page with an abnormal heartbeat.
  case abnormal = 1
  /// A page of a patient with a history of myocardial infarction.
  case hmi = 2
  /// A page of a patient with a myocardial infarction.
  case mi = 3

  /// The short key used in files and flags: `normal`, `abnormal`, `hmi`, `mi`.
  public var key: String {
    switch self {
    case .normal: "normal"
    case .abnormal: "abnormal"
    case .hmi: "hmi"
    case .mi: "mi"
    }
  }

  /// The display name.
  public var name: String {
    switch self {
    case .normal: "Normal"
    case .abnormal: "Abnormal heartbeat"
    case .hmi: "History of MI"
    case .mi: "Myocardial infarction"
    }
  }

  /// The display name where space is short, as in a figure's axis.
  public var shortName: String {
    switch self {
    case .normal: "Normal"
    case .abnormal: "Abnormal"
    case .hmi: "HMI"
    case .mi: "MI"
    }
  }

  /// The class with this key, or `nil`.
  public init?(key: String) {
    guard let match = Self.allCases.first(where: { $0.key == key }) else { return nil }
    self = match
  }
}
