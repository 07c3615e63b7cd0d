// What a probe's models see of a page, each a way to a figure without its traces, or a shallow one.

/// What one model of a probe sees.
public enum ProbeView: String, CaseIterable, Sendable, Codable {
  /// Nothing: always the most frequent class.
  case majority
  /// Everything above the grid's frame.
  case header
  /// Everything below the frame.
  case footer
  /// The right part of the footer, where the devices print date and time: its picture, not its text.
  case date
  /// The strips to both sides of the frame.
  case margins
  /// The inside of the frame without the columns that traces run in.
  case template
  /// The file's size in bytes, its width and height in pixels, its JPEG tables.
  case file
  /// The heart rate that is measured from the traces.
  case heartRate = "heart_rate"
  /// All measures of the traces: rate, intervals, axes, voltages.
  case measures
  /// The measures and the mean beat of every lead.
  case beats

  /// What kind of thing a view is.
  public enum Kind: Sendable {
    /// No model.
    case baseline
    /// A part of the page's picture, which a crop may take away.
    case picture
    /// Properties of the file; the same for every crop.
    case file
    /// What is read from the traces: no shortcut, but what a deeper model must beat.
    case traces
  }

  /// What kind of thing it is.
  public var kind: Kind {
    switch self {
    case .majority: .baseline
    case .header, .footer, .date, .margins, .template: .picture
    case .file: .file
    case .heartRate, .measures, .beats: .traces
    }
  }

  /// What is seen, in words.
  public var words: String {
    switch self {
    case .majority: "largest class"
    case .header: "header"
    case .footer: "footer"
    case .date: "date\u{2019}s place"
    case .margins: "margins"
    case .template: "template"
    case .file: "file properties"
    case .heartRate: "heart rate"
    case .measures: "measures"
    case .beats: "beats"
    }
  }
}
