// Reading pages that are copies of pages: small, cut, large.

import ECGRaster
import ECGRecordings
import ECGTraces

extension Recording {
  /// What can be read of a page that may be a poor copy; `nil` where nothing can.
  ///
  /// A page is read as it is, then, where it is refused, in the size that its layout has and without
  /// asking that all of it is there. For comparing pages: voltages of enlarged pages are rough.
  ///
  /// - Parameters:
  ///   - page: Upright within 3 degrees, at a quarter to twice its layout's own size.
  ///   - path: What an error would name.
  init?(comparable page: Image, path: String) {
    if let reading = try? readPage(page, path: path) {
      self = reading.recording
      return
    }
    let copy = page.width < Self.usualWidth * 3 / 4 ? page.enlarged(to: Self.usualWidth) : page
    guard let reading = try? readPage(copy, path: path, cut: true) else { return nil }
    self = reading.recording
  }

  /// About what the known layouts have, in pixels.
  private static let usualWidth = 2213
}

extension Image {
  fileprivate func enlarged(to newWidth: Int) -> Image {
    let newHeight = (height * newWidth + width / 2) / width
    // A long strip would become an image of any size.
    guard newHeight <= 2 * newWidth else { return self }
    return resized(width: newWidth, height: newHeight)
  }
}
