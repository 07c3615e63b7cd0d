// Recordings as PhysioNet's WFDB files: a header in text, samples of 16 bits.

import ECGFiles
import ECGTerms
import Foundation

/// Writes and reads WFDB records of one signal file in format 16.
///
/// A record is `STEM.hea` and a `.dat` beside it. Signals are I … V6, as far as they are there, then
/// `rhythm`, whose lead stands in a comment. A microvolt is one step; NaN is the format's invalid
/// sample, -32768; voltages beyond ±32.767 mV are held there.
/// - Source: the WFDB applications guide, header(5) and signal(5).
public enum WFDBRecord {
  /// The signal's name of the strip below the leads.
  static let rhythmName = "rhythm"
  /// The comment in the header of a record that was drawn.
  public static let syntheticComment = "synthetic, not a person's"
  private static let stepsPerMillivolt = 1000.0
  private static let invalid = Int16.min

  /// Writes `STEM.hea` and its signal file, the signal file first; see ``files(of:at:comments:)``.
  public static func write(
    _ recording: Recording, to stem: String, comments: [String] = []
  ) throws(FileError) {
    for file in files(of: recording, at: stem, comments: comments) {
      try writeAtomically(file.bytes, to: file.path)
    }
  }

  /// The two files of a record: its signals, then its header, `STEM.hea`.
  ///
  /// A stem whose last part is no legal ``RecordName`` has its legal name in its place, in both
  /// files' names and in the header, since programs find a record by its header's name.
  /// - Parameter comments: Lines for the header's end, without `#`.
  public static func files(
    of recording: Recording, at stem: String, comments: [String] = []
  ) -> [(path: String, bytes: Data)] {
    let url = URL(fileURLWithPath: stem)
    let name = RecordName.legal(url.lastPathComponent, identity: url.lastPathComponent)
    var signals = Lead.allCases.compactMap { lead in
      recording.leads[lead].map { (name: lead.rawValue, samples: $0) }
    }
    var notes = comments
    if let rhythm = recording.rhythm {
      signals.append((rhythmName, rhythm.samples))
      if let lead = rhythm.lead { notes.append("\(rhythmName): \(lead.rawValue)") }
    }
    let steps = signals.map { $0.samples.map(steps(millivolts:)) }
    var frames = [Int16](repeating: 0, count: steps.count * recording.count)
    for (place, signal) in steps.enumerated() {
      for sample in 0..<recording.count {
        frames[sample * steps.count + place] = signal[sample].littleEndian
      }
    }
    let data = frames.withUnsafeBytes { Data($0) }
    let rate = recording.samplesPerSecond
    let rateText = rate == rate.rounded() ? String(Int(rate)) : String(rate)
    var lines = ["\(name) \(signals.count) \(rateText) \(recording.count)"]
    for (signal, steps) in zip(signals, steps) {
      let sum = steps.reduce(Int16(0)) { $0 &+ $1 }
      lines.append(
        "\(name).dat 16 \(Int(stepsPerMillivolt))(0)/mV 16 0 \(steps.first ?? 0) \(sum) 0 "
          + signal.name)
    }
    lines += notes.map { note in "# " + String(note.map { $0.isNewline ? " " : $0 }) }
    let path = url.deletingLastPathComponent().path + "/" + name
    return [
      (path + ".dat", data),
      (path + ".hea", Data((lines.joined(separator: "\n") + "\n").utf8)),
    ]
  }

  /// Reads a record of leads in format 16 with one sample of each signal a frame.
  ///
  /// - Parameter header: The path of the `.hea` file.
  /// - Throws: ``FileError/malformed(_:reason:)`` where it is another kind of record or its signal
  ///   file is too short.
  public static func read(_ header: String) throws(FileError) -> Recording {
    let text = String(decoding: try readFile(header), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let heading = try WFDBHeading(lines, path: header)
    let folder = URL(fileURLWithPath: header).deletingLastPathComponent().path
    let data = [UInt8](try readFile(folder + "/" + heading.file))
    let width = heading.signals.count
    guard data.count >= 2 * width * heading.count else {
      throw .malformed(
        header, reason: "\(heading.file) has \(data.count) bytes of \(2 * width * heading.count)")
    }
    var leads: [Lead: [Double]] = [:]
    var rhythm: RhythmStrip?
    for (place, signal) in heading.signals.enumerated() {
      let samples = (0..<heading.count).map { sample in
        let byte = 2 * (sample * width + place)
        let steps = Int16(bitPattern: UInt16(data[byte]) | UInt16(data[byte + 1]) << 8)
        return steps == invalid ? .nan : (Double(steps) - signal.baseline) / signal.gain
      }
      if signal.name == rhythmName {
        let lead = heading.comments.first { $0.hasPrefix(rhythmName + ": ") }
          .flatMap { Lead(rawValue: String($0.dropFirst(rhythmName.count + 2))) }
        rhythm = RhythmStrip(lead: lead, samples: samples)
      } else if let lead = Lead.allCases.first(where: {
        $0.rawValue.lowercased() == signal.name.lowercased()
      }) {
        leads[lead] = samples
      }
    }
    return Recording(
      leads: leads, rhythm: rhythm, count: heading.count, samplesPerSecond: heading.rate)
  }

  private static func steps(millivolts: Double) -> Int16 {
    guard millivolts.isFinite else { return invalid }
    return Int16(max(-32_767, min(32_767, (millivolts * stepsPerMillivolt).rounded())))
  }

  /// A voltage as a record gives it back.
  static func stored(_ millivolts: Double) -> Double {
    let steps = steps(millivolts: millivolts)
    return steps == invalid ? .nan : Double(steps) / stepsPerMillivolt
  }
}

extension Recording {
  /// The recording as it comes back from a WFDB record: voltages rounded to whole microvolts.
  public var roundedToMicrovolts: Recording {
    func rounded(_ samples: [Double]) -> [Double] { samples.map(WFDBRecord.stored) }
    return Recording(
      leads: leads.mapValues(rounded),
      rhythm: rhythm.map { RhythmStrip(lead: $0.lead, samples: rounded($0.samples)) },
      count: count, samplesPerSecond: samplesPerSecond)
  }
}
