// Reading pages that are copies of pages: small, cut, large.

import ECGRaster
import ECGRecordings
import ECGTraces

/// What can be read of a page that may be a poor copy.
struct ComparableReading {
  /// For comparing pages: voltages of enlarged pages are rough.
  let recording: Recording
  /// Whether it was read from the page as it is, and the page is flat.
  let isWhole: Bool
  /// Whether the page is sheared, curled or in perspective.
  let isDistorted: Bool

  /// Narrower pages are not read, in pixels: a quarter of the usual size, cropped.
  private static let leastWidth = 480
  /// About what the known layouts have, in pixels.
  private static let usualWidth = 2213

  /// What can be read; `nil` where nothing can.
  ///
  /// A page is read as it is, then, where it is refused, in the size that its layout has and without
  /// asking that all of it is there.
  ///
  /// - Parameters:
  ///   - page: Upright within 3 degrees, at a quarter to twice its layout's own size; others are
  ///     refused.
  ///   - path: What an error would name.
  init?(_ page: Image, path: String) {
    guard page.width >= Self.leastWidth else { return nil }
    if let reading = try? readPage(page, path: path) {
      (recording, isWhole) = (reading.recording, reading.distortion == nil)
      isDistorted = reading.distortion != nil
      return
    }
    let copy = page.width < Self.usualWidth * 3 / 4 ? page.enlarged(to: Self.usualWidth) : page
    guard let reading = try? readPage(copy, path: path, cut: true) else { return nil }
    (recording, isWhole) = (reading.recording, false)
    isDistorted = reading.distortion != nil
  }
}

extension Image {
  fileprivate func enlarged(to newWidth: Int) -> Image {
    let newHeight = (height * newWidth + width / 2) / width
    // A long strip would become an image of any size.
    guard newHeight <= 2 * newWidth else { return self }
    return resized(width: newWidth, height: newHeight)
  }
}
