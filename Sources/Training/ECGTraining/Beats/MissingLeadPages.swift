// How many pages of a test set have missing leads, for networks on beats.

import ECGDatasets
import ECGTerms

/// The test pages with missing leads, counted by ECG.
public struct MissingLeadPages: Equatable, Sendable, Codable {
  /// The test ECGs.
  public let pages: Int
  /// Those of which one to three leads are missing.
  public let marked: Int
  /// Those that cannot be digitized or have more missing leads: nothing is measured on them.
  public let refused: Int
  /// How many of the marked ones lack each lead.
  public let leads: [String: Int]

  /// The count over ECGs; `missing` has the missing leads of each, all twelve where the page is
  /// refused.
  init(_ ecgs: Set<String>, missing: [String: [Lead]]) {
    let found = ecgs.compactMap { missing[$0] }.filter { !$0.isEmpty }
    let some = found.filter { $0.count < Lead.allCases.count }
    pages = ecgs.count
    marked = some.count
    refused = found.count - some.count
    leads = some.joined().reduce(into: [:]) { $0[$1.rawValue, default: 0] += 1 }
  }
}

extension PreparedPages {
  /// The missing leads of the pages of predictions; `nil` for networks on pixels.
  public func missingLeads(of predictions: PredictionTable) -> MissingLeadPages? {
    guard case .beats(let table) = self else { return nil }
    return MissingLeadPages(Set(predictions.rows.map(\.ecg)), missing: table.missingLeads)
  }
}
