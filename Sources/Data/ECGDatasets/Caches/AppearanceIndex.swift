// What each page looks like, remembered by the ECG's identity.

import ECGFiles
import ECGTraces
import Foundation

/// The appearance of each ECG's page that was looked at before.
///
/// A name stands for a page's pixels, so that an appearance under it is the right one. An index that
/// cannot be read is an empty one.
struct AppearanceIndex {
  /// By the ECG.
  private(set) var known: [String: PageAppearance]
  private let path: String
  private var changed = false

  /// The index in a cache folder.
  init(folder: String) {
    // The version changes with anything that changes a page's appearance.
    path = joinedPath(folder, "appearances-1.json")
    known = (try? readJSON([String: PageAppearance].self, from: path)) ?? [:]
  }

  /// Whether an ECG's page was looked at.
  func holds(_ ecg: String) -> Bool { known[ecg] != nil }

  /// Remembers what an ECG's page looks like.
  mutating func remember(_ ecg: String, as appearance: PageAppearance) {
    if known.updateValue(appearance, forKey: ecg) != appearance { changed = true }
  }

  /// Writes the index when something is new.
  func save() throws {
    guard changed else { return }
    try createFolder((path as NSString).deletingLastPathComponent)
    try writeAtomically(encodeJSON(known, pretty: false), to: path)
  }
}
