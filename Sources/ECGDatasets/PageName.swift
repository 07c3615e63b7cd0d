// What the name of a file says of it.

/// What a file is by its name.
public enum FileRole: Equatable, Sendable {
  /// A page: `.jpg`, `.jpeg`, `.jpe`, `.jfif` or `.png` in any case.
  case page
  /// An image of a format that is not read.
  case unsupportedImage
  /// Hidden, or written by an operating system or by this program.
  case bookkeeping
  /// Anything else.
  case other

  /// The role of a file.
  ///
  /// - Parameter name: The last component of its path.
  public init(name: String) {
    let name = name.lowercased()
    if name.hasPrefix(".") || Self.bookkeepingNames.contains(name)
      || Self.overlayEndings.contains(where: name.hasSuffix)
    {
      self = .bookkeeping
    } else if Self.pageEndings.contains(where: name.hasSuffix) {
      self = .page
    } else if Self.imageEndings.contains(where: name.hasSuffix) {
      self = .unsupportedImage
    } else {
      self = .other
    }
  }

  private static let pageEndings = [".jpg", ".jpeg", ".jpe", ".jfif", ".png"]
  private static let imageEndings = [
    ".bmp", ".tif", ".tiff", ".gif", ".webp", ".heic", ".heif", ".avif", ".jp2", ".j2k", ".jxl",
    ".pdf", ".svg", ".dcm", ".ppm", ".pgm", ".pnm",
  ]
  private static let bookkeepingNames: Set<String> = [
    "thumbs.db", "ehthumbs.db", "desktop.ini", "synth.json",
  ]
  /// What digitizing leaves beside a page's record.
  private static let overlayEndings = [".overlay.png", ".overlay.pdf"]
}
