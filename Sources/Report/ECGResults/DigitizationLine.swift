// What `digitize` says of a page.

import ECGFiles
import ECGMeasures
import ECGTerms
import Foundation

/// A page read, or why it is not.
package struct DigitizationLine {
  /// The file.
  package let path: String
  /// The layout's name.
  package private(set) var layout: String?
  /// The paper speed and the gain with their sources.
  package private(set) var scale: PaperScaleText?
  /// The record's header.
  package private(set) var record: String?
  /// What was measured.
  package private(set) var measures: Measures?
  /// The beats found, by time.
  package private(set) var beats: [DetectedBeat] = []
  /// What is missing or unreliable, in words.
  package private(set) var problems: [String] = []
  /// The leads of which nothing was read.
  package private(set) var missingLeads: [Lead] = []
  /// The fields of ``ReadingColumns``.
  package private(set) var readingColumns: [String] = []
  /// What else makes the page's measures uncertain, in words.
  package private(set) var notes: [String] = []
  /// Why the page was refused.
  package private(set) var fault: (any Error)?

  /// A page that was read.
  package init(
    path: String, layout: String, scale: PaperScaleText, record: String, measures: Measures,
    beats: [DetectedBeat], problems: [String], notes: [String], missingLeads: [Lead],
    readingColumns: [String]
  ) {
    self.path = path
    self.layout = layout
    self.scale = scale
    self.record = record
    self.measures = measures
    self.beats = beats
    self.problems = problems
    self.missingLeads = missingLeads
    self.readingColumns = readingColumns
    self.notes = notes
  }

  /// A page that was refused.
  package init(path: String, fault: any Error) {
    self.path = path
    self.fault = fault
  }

  /// Whether the page was there and could not be read as a page.
  package var isRefused: Bool { (fault as? any ExitStatusError)?.exitStatus == .badData }

  /// The line as people read it.
  package var text: String {
    guard let measures, let scale, let record else { return fault.map { "\($0)" } ?? path }
    let rate = measures.rhythm.heartRate.map { "\(Int($0.rounded()))/min" } ?? "no rate"
    let lacking = problems.isEmpty ? "" : "; problems: " + problems.joined(separator: "; ")
    let notes = (measures.notes.map(\.description) + notes).map { "; " + $0 }.joined()
    return "\(path): \(rate), \(record); \(scale.text)\(lacking)\(notes)"
  }
}

extension DigitizationLine: Encodable {
  private enum CodingKeys: String, CodingKey {
    case path, layout, record, measures, beats, problems, notes
    case missingLeads = "missing_leads"
  }

  /// A beat as JSON has it.
  private struct Beat: Encodable {
    let seconds: Double
    let sort: DetectedBeat.Sort
  }

  /// The keys of a page that was read.
  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(path, forKey: .path)
    try keyed.encode(layout, forKey: .layout)
    try keyed.encode(record, forKey: .record)
    try keyed.encode(measures, forKey: .measures)
    try keyed.encode(beats.map { Beat(seconds: $0.time, sort: $0.sort) }, forKey: .beats)
    try keyed.encode(problems, forKey: .problems)
    try keyed.encode(missingLeads.map(\.rawValue), forKey: .missingLeads)
    try keyed.encode(notes, forKey: .notes)
    try scale?.encode(to: encoder)
  }
}
