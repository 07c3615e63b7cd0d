// A path below a folder.

/// A path below a folder.
///
/// - Parameters:
///   - folder: The folder's path, with or without a slash at its end.
///   - path: Relative to the folder; empty for the folder itself.
public func joinedPath(_ folder: String, _ path: String) -> String {
  if path.isEmpty { return folder }
  return folder.hasSuffix("/") ? folder + path : folder + "/" + path
}
