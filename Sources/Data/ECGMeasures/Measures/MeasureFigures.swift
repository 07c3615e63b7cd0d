// The measures as a table's row and as JSON.

import ECGTerms
import Foundation

/// A measure with its name; the name ends in its unit.
public struct MeasureFigure: Equatable, Sendable {
  /// For example `pr_ms` or `V1_st_j60_mv`.
  public let name: String
  /// In the unit of the name; nil where it cannot be measured.
  public let value: Double?

  init(_ name: String, _ value: Double?) {
    self.name = name
    self.value = value
  }

  /// A time in seconds as milliseconds.
  init(_ name: String, seconds: Double?) { self.init(name, seconds.map { $0 * 1000 }) }
}

extension Measures {
  /// The figures of the whole recording.
  public var globalFigures: [MeasureFigure] {
    rhythm.figures + [
      MeasureFigure("p_ms", seconds: p), MeasureFigure("pr_ms", seconds: pr),
      MeasureFigure("qrs_ms", seconds: qrs), MeasureFigure("qt_ms", seconds: qt),
      MeasureFigure("qtc_bazett_ms", seconds: qtcBazett),
      MeasureFigure("qtc_fridericia_ms", seconds: qtcFridericia),
      MeasureFigure("axis_degrees", axisDegrees), MeasureFigure("p_axis_degrees", pAxisDegrees),
      MeasureFigure("t_axis_degrees", tAxisDegrees),
    ]
  }

  /// All figures: the recording's, then each lead's under the lead's name.
  public var figures: [MeasureFigure] {
    globalFigures
      + Lead.allCases.flatMap { lead in
        (leads[lead] ?? LeadMeasures()).figures.map {
          MeasureFigure("\(lead.rawValue)_\($0.name)", $0.value)
        }
      }
  }

  /// The names of the columns that ``csvRow`` fills.
  public static let csvHeader = figureNames + ["notes"]

  /// The names of ``figures``, in their order.
  public static let figureNames = Measures(rhythm: RhythmMeasures([]), leads: [:]).figures.map(
    \.name)

  /// The figures as fields of a CSV file, four decimals at most, empty where nil; then the notes.
  public var csvRow: [String] {
    figures.map { figure in figure.value.map { "\(rounded($0))" } ?? "" }
      + [notes.map(\.description).joined(separator: "; ")]
  }
}

extension RhythmMeasures {
  /// Rate and regularity, named.
  var figures: [MeasureFigure] {
    [
      MeasureFigure("heart_rate", heartRate), MeasureFigure("beats", Double(beats)),
      MeasureFigure("other_beats", Double(otherBeats)),
      MeasureFigure("premature_beats", Double(prematureBeats)),
      MeasureFigure("rr_ms", seconds: meanInterval),
      MeasureFigure("sdnn_ms", seconds: intervalDeviation),
      MeasureFigure("rmssd_ms", seconds: successiveDifference),
      MeasureFigure("pnn50", largeDifferences), MeasureFigure("rr_irregularity", irregularity),
    ]
  }
}

extension LeadMeasures {
  /// The lead's figures, named.
  var figures: [MeasureFigure] {
    [
      MeasureFigure("beats", Double(beats)), MeasureFigure("r_mv", r), MeasureFigure("s_mv", s),
      MeasureFigure("q_mv", q), MeasureFigure("q_ms", seconds: qWidth),
      MeasureFigure("st_j_mv", stJ), MeasureFigure("st_j60_mv", stJ60), MeasureFigure("t_mv", t),
    ]
  }
}

/// Four decimals: a tenth of a microvolt, and more than any interval is good for.
private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

/// A key that is made while the program runs.
private struct NamedKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Measures: Encodable {
  /// Writes the global figures by name, nulls included, `leads` with those of each lead, and `notes`.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: NamedKey.self)
    for figure in globalFigures {
      try keyed.encode(figure.value.map(rounded), forKey: NamedKey(figure.name))
    }
    var byLead = keyed.nestedContainer(keyedBy: NamedKey.self, forKey: NamedKey("leads"))
    for (lead, own) in leads { try byLead.encode(own, forKey: NamedKey(lead.rawValue)) }
    try keyed.encode(notes.map(\.description), forKey: NamedKey("notes"))
  }
}

extension LeadMeasures: Encodable {
  /// Writes the lead's figures by name, nulls included, and its quality where it was read from a page.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: NamedKey.self)
    for figure in figures {
      try keyed.encode(figure.value.map(rounded), forKey: NamedKey(figure.name))
    }
    if let quality { try keyed.encode(rounded(quality), forKey: NamedKey("quality")) }
  }
}
