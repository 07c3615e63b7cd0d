// The text part of a WFDB record.

import ECGFiles

/// What a WFDB header says of a record with one signal file in format 16.
struct WFDBHeading: Equatable {
  struct Signal: Equatable {
    let name: String
    /// Steps a millivolt.
    let gain: Double
    /// The step of zero voltage.
    let baseline: Double
  }

  let rate: Double
  let count: Int
  let file: String
  let signals: [Signal]
  let comments: [String]

  /// Parses a header's lines.
  init(_ lines: [String], path: String) throws(FileError) {
    func fault(_ reason: String) -> FileError { .malformed(path, reason: reason) }
    let body = lines.filter { !$0.hasPrefix("#") }.map { $0.split(whereSeparator: \.isWhitespace) }
    guard let first = body.first, first.count >= 4, let width = Int(first[1]), width > 0,
      let rate = Double(first[2].prefix { $0 != "/" && $0 != "(" }), rate > 0,
      let count = Int(first[3]), count >= 0, count <= 100_000_000
    else { throw fault("its first line is not NAME SIGNALS RATE SAMPLES") }
    guard body.count == width + 1 else {
      throw fault("\(width) signals are announced and \(body.count - 1) described")
    }
    var signals: [Signal] = []
    var files: Set<String> = []
    for fields in body.dropFirst() {
      guard fields.count >= 2, fields[1] == "16" else {
        throw fault("a signal is not in format 16, the only one that is read")
      }
      let name = fields.count > 8 ? fields[8...].joined(separator: " ") : ""
      let scale = fields.count > 2 ? String(fields[2]) : "200"
      let parts = scale.split(separator: "/", maxSplits: 1)
      guard parts.count < 2 || parts[1] == "mV" else {
        throw fault("signal \(name) is in \(parts[1]), not mV")
      }
      let gain = parts.first.map { $0.prefix { $0 != "(" } } ?? ""
      let zero = parts.first.flatMap { $0.split(separator: "(").dropFirst().first?.dropLast() }
      guard let gain = Double(gain), gain != 0, gain.isFinite else {
        throw fault("signal \(name) has no gain")
      }
      let adcZero = fields.count > 4 ? Double(fields[4]) : nil
      signals.append(
        Signal(name: name, gain: gain, baseline: zero.flatMap { Double($0) } ?? adcZero ?? 0))
      files.insert(String(fields[0]))
    }
    guard files.count == 1, let file = files.first, !file.contains("/") else {
      throw fault("its signals are not in one file beside it")
    }
    self.rate = rate
    self.count = count
    self.file = file
    self.signals = signals
    comments = lines.filter { $0.hasPrefix("#") }
      .map { String($0.dropFirst().drop(while: \.isWhitespace)) }
  }
}
