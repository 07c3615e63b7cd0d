// What lies in a data set's folder and is not used.

/// Why a file or folder of a data set is not used.
public enum UnusedReason: String, CaseIterable, Sendable, Codable {
  /// A folder whose name stands for no class or set.
  case unknownFolder = "unknown_folder"
  /// A folder that the list of classes skips.
  case ignoredFolder = "ignored_folder"
  /// An image outside of the class folders.
  case outsideClassFolders = "outside_class_folders"
  /// An image of a format that is not read.
  case unsupportedImage = "unsupported_image"
  /// A link to a folder above it, or to nothing.
  case link
  /// A file that is no image.
  case noImage = "no_image"
}

/// A file or folder of a data set that is not used.
public struct UnusedEntry: Equatable, Sendable, Codable {
  /// Relative to the data set's folder.
  public let path: String
  /// Why.
  public let reason: UnusedReason
  /// Images in it, at any depth; 1 for an image itself.
  public let images: Int

  /// An entry.
  public init(path: String, reason: UnusedReason, images: Int) {
    self.path = path
    self.reason = reason
    self.images = images
  }
}
