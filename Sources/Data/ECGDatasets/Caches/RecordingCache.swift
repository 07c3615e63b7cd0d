// What is read of each page's traces, kept in a cache folder so that a page is read once.

import ECGFiles
import ECGRaster
import ECGRecordings
import ECGTerms
import ECGTraces
import Foundation

/// What a page shows of its signals.
public enum PageTraces: Equatable, Sendable {
  /// Its leads, rounded to a microvolt.
  case read(Recording)
  /// Why they cannot be read, in words.
  case refused(String)

  /// The recording, where there is one.
  public var recording: Recording? {
    if case .read(let recording) = self { recording } else { nil }
  }

  /// The leads without a sample: all twelve where the traces cannot be read.
  public var missingLeads: [Lead] {
    guard let recording else { return Lead.allCases }
    return Lead.allCases.filter { !(recording.leads[$0] ?? []).contains(where: \.isFinite) }
  }
}

/// The recordings of ECGs, read from their pages by `readPage`: WFDB records below a cache folder.
///
/// `FOLDER/traces-5/ECG.hea` and `.dat` hold a recording, `ECG.refused` the reason why there is none.
/// A name stands for a page's pixels, so a file under the right name is the right one; it is written
/// under another name first, so it is whole. A record that cannot be read counts as none. The number
/// in the folder's name changes with anything that changes what is read of a page.
public struct RecordingCache: Sendable {
  private let folder: String

  /// The recordings below a cache folder; nothing is read or made.
  public init(folder: String) { self.folder = joinedPath(folder, "traces-5") }

  /// What is known of an ECG's traces; `nil` where its page has not been read.
  public func traces(of ecg: String) -> PageTraces? {
    if let recording = try? WFDBRecord.read(path(ecg, "hea")) { return .read(recording) }
    guard let reason = try? readFile(path(ecg, "refused")) else { return nil }
    return .refused(String(decoding: reason, as: UTF8.self))
  }

  /// Whether an ECG's page has been read or refused.
  func holds(_ ecg: String) -> Bool {
    ["hea", "refused"].contains { FileManager.default.fileExists(atPath: path(ecg, $0)) }
  }

  /// Makes the folder.
  public func open() throws(FileError) { try createFolder(folder) }

  /// Reads a page's traces and keeps them, unless they are there.
  func keep(_ page: Image, path: String, as ecg: String) throws(FileError) {
    if !holds(ecg) { try read(page, path: path, as: ecg) }
  }

  /// Reads a page's traces and keeps them in place of what is there.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - path: The page's path, named by errors.
  ///   - ecg: The ECG's identity.
  public func read(_ page: Image, path: String, as ecg: String) throws(FileError) {
    let reading: PageReading
    do throws(ReadingError) { reading = try readLeads(of: page, path: path) } catch {
      // The name of one copy of the page says nothing of the others.
      let reason = error.description.dropFirst(path.count + 2)
      try writeAtomically(Data(reason.utf8), to: self.path(ecg, "refused"))
      return
    }
    try WFDBRecord.write(
      reading.recording, to: folder + "/" + ecg,
      comments: [
        "layout: \(reading.layout.name)",
        "speed: \(reading.speed.speed.rawValue) mm/s (\(reading.speed.source))",
      ])
  }

  /// The least number of leads, of twelve, that networks on beats read.
  public static let leastLeads = 9

  private func path(_ ecg: String, _ ending: String) -> String { "\(folder)/\(ecg).\(ending)" }
}

/// Reads a page for a network on beats.
///
/// - Parameters:
///   - page: As for `readPage`.
///   - path: What an error names.
/// - Throws: ``ReadingError``, also for a page of which fewer leads than
///   ``RecordingCache/leastLeads`` can be read.
public func readLeads(of page: Image, path: String) throws(ReadingError) -> PageReading {
  let reading = try readPage(page, path: path)
  let read = reading.leads.count - reading.missingLeads.count
  guard read >= RecordingCache.leastLeads else {
    throw .fewLeads(path, read: read, least: RecordingCache.leastLeads)
  }
  return reading
}
