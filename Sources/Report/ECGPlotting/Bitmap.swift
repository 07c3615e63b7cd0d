// Pictures as they are embedded: JPEG bytes as they come, or exact pixels.

/// A picture with what a PDF and an SVG need of it.
public struct Bitmap: Equatable, Sendable {
  /// How a PDF carries it.
  public enum Content: Equatable, Sendable {
    /// A JPEG file, embedded as it is.
    case jpeg([UInt8])
    /// RGB bytes for the PDF and the same picture as a PNG file for the SVG; never smoothed.
    case pixels(rgb: [UInt8], png: [UInt8])
  }

  /// Width in pixels.
  public let width: Int
  /// Height in pixels.
  public let height: Int
  /// The picture.
  public let content: Content

  /// A picture of the given size.
  ///
  /// - Parameters:
  ///   - width: Pixels across, at least 1.
  ///   - height: Pixels down, at least 1.
  ///   - content: A JPEG of that size, or `width * height * 3` bytes with their PNG.
  public init(width: Int, height: Int, content: Content) {
    precondition(width > 0 && height > 0, "bitmap of \(width) x \(height)")
    if case .pixels(let rgb, _) = content {
      precondition(rgb.count == width * height * 3, "\(rgb.count) bytes for \(width) x \(height)")
    }
    self.width = width
    self.height = height
    self.content = content
  }
}
