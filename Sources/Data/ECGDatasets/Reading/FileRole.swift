// What the name of a file says of it.

/// What a file is by its name.
public enum FileRole: Equatable, Sendable {
  /// A page: `.jpg`, `.jpeg`, `.jpe`, `.jfif` or `.png` in any case.
  case page
  /// An image of a format that is not read.
  case unsupportedImage
  /// Hidden, written by an operating system, or the record of synthetic pages.
  case bookkeeping
  /// Anything else.
  case other

  /// The role of a file.
  ///
  /// - Parameter name: The last component of its path.
  public init(name: String) {
    let name = name.lowercased()
    if name.hasPrefix(".") || Self.bookkeepingNames.contains(name) {
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
}

/// Whether a picture is the overlay of a digitized page, whose record lies beside it, and no page.
///
/// - Parameters:
///   - path: The picture.
///   - files: All files of its folder, named as it is.
public func isOverlay(_ path: String, among files: Set<String>) -> Bool {
  [".overlay.png", ".overlay.pdf"].contains { ending in
    path.hasSuffix(ending) && files.contains(path.dropLast(ending.count) + ".hea")
  }
}
