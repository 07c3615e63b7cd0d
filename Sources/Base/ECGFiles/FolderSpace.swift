// Whether a folder can be written, and how much still goes into it.

import Foundation

/// A folder, there already or to be made.
package struct FolderSpace: Equatable {
  /// Its path.
  package let folder: String
  /// Whether files can be made in it.
  package let writable: Bool
  /// Free bytes of its file system; `nil` where it does not tell.
  package let free: Int?

  /// Looks at a folder, or at the one above it that is there; makes nothing.
  package init(_ folder: String) {
    self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
    var place = self.folder
    while place != "/", !FileManager.default.fileExists(atPath: place) {
      place = URL(fileURLWithPath: place).deletingLastPathComponent().path
    }
    var isFolder: ObjCBool = false
    writable =
      FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder.boolValue
      && access(place, W_OK | X_OK) == 0
    var status = statvfs()
    free =
      statvfs(place, &status) == 0 ? Int(status.f_bavail) * Int(status.f_frsize) : nil
  }

  /// What a look found.
  package init(folder: String, writable: Bool, free: Int?) {
    (self.folder, self.writable, self.free) = (folder, writable, free)
  }
}

extension FolderSpace: Encodable {
  private enum CodingKeys: String, CodingKey {
    case folder, writable
    case free = "free_bytes"
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(folder, forKey: .folder)
    try values.encode(writable, forKey: .writable)
    try values.encode(free, forKey: .free)
  }
}
