// A data set's pages as a network needs them.

import ECGDatasets

/// The pages of a data set, prepared for networks on pixels or for networks on beats.
public enum PreparedPages: Sendable {
  /// Squares of pixels.
  case squares(PageCache)
  /// Measures and representative beats.
  case beats(BeatTable)
}
