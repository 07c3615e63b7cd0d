// What the tables of `digitize` have of each lead's reading.

import ECGTerms
import ECGTraces

/// The quality and the problem of each lead, of the rhythm strip and of the page, as columns.
package enum ReadingColumns {
  private static let places = Lead.allCases.map(\.rawValue) + ["rhythm"]

  /// `NAME_quality` per lead and strip, `NAME_problem` likewise, then `page_problem`.
  package static let header =
    places.map { "\($0)_quality" } + places.map { "\($0)_problem" } + ["page_problem"]

  /// The fields of a page; empty where there is no problem or no strip.
  package static func row(of reading: PageReading) -> [String] {
    let places = reading.leads.map { Optional($0) } + [reading.strip]
    return places.map { $0.map { "\(($0.quality * 10_000).rounded() / 10_000)" } ?? "" }
      + places.map { $0?.problem.map { "\($0)" } ?? "" }
      + [reading.distortion.map { "\($0)" } ?? ""]
  }
}
