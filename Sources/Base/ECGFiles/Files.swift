// Whole files: read at once, written so that no reader ever sees a half.

import Foundation

/// All bytes of a file.
///
/// - Throws: ``FileError/missing(_:)``, ``FileError/notReadable(_:reason:)`` or
///   ``FileError/ioFailed(_:reason:)``.
public func readFile(_ path: String) throws(FileError) -> Data {
  let file = try OpenFile(reading: path)
  let expected = Int(try file.status().st_size)
  var data = Data(count: max(expected, 1 << 12) + 1)
  var filled = 0
  while true {
    if filled == data.count { data.append(Data(count: data.count)) }
    let room = data.count - filled
    var failure: FileError?
    let count = data.withUnsafeMutableBytes { bytes -> Int in
      do throws(FileError) {
        return try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    precondition(count <= room, "read \(count) bytes into \(room)")
    if count == 0 { return data.prefix(filled) }
    filled += count
  }
}

/// Writes a file whole or not at all, as ``AtomicFile`` does.
///
/// - Throws: ``FileError/notWritable(_:reason:)`` when the place cannot be written,
///   ``FileError/ioFailed(_:reason:)`` when writing fails, a full disk included.
public func writeAtomically(_ data: Data, to path: String) throws(FileError) {
  let file = try AtomicFile(replacing: path)
  try file.write(data)
  try file.finish()
}

/// Makes a folder and those above it; one that exists is left as it is.
///
/// - Throws: ``FileError/notWritable(_:reason:)`` or ``FileError/ioFailed(_:reason:)``.
public func createFolder(_ path: String) throws(FileError) {
  var status = stat()
  if stat(path, &status) == 0 {
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .notWritable(path, reason: "a file of this name is in the way")
    }
    return
  }
  let parent = parentFolder(of: path)
  if parent != path { try createFolder(parent) }
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .writing(path, code: errno) }
}

/// The folder that a path lies in, `.` for a bare name.
///
/// Foundation's `deletingLastPathComponent` traps on a path of one character.
func parentFolder(of path: String) -> String {
  var rest = path[...]
  while rest.count > 1, rest.last == "/" { rest.removeLast() }
  guard let slash = rest.lastIndex(of: "/") else { return rest.isEmpty ? path : "." }
  rest = rest[..<slash]
  while rest.last == "/" { rest.removeLast() }
  return rest.isEmpty ? "/" : String(rest)
}

/// Whether a folder, or a link to one, lies at a path.
public func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether anything lies at a path, a link to nothing included.
public func somethingLies(at path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}

/// The absolute path without links, `.` or `..`; what does not exist yet is added as it is written.
public func realPath(_ path: String) -> String {
  if let real = realpath(path, nil) {
    defer { free(real) }
    return String(cString: real)
  }
  let parent = parentFolder(of: path)
  guard parent != path else { return path }
  let name = path.split(separator: "/").last.map(String.init) ?? ""
  let folder = realPath(parent)
  return folder == "/" ? "/" + name : folder + "/" + name
}

/// Removes a file; one that is not there is no fault.
///
/// - Throws: ``FileError/notWritable(_:reason:)`` or ``FileError/ioFailed(_:reason:)``.
public func removeFile(_ path: String) throws(FileError) {
  guard unlink(path) == 0 || errno == ENOENT else { throw .writing(path, code: errno) }
}

/// Whether a regular file, or a link to one, lies at a path; devices and pipes are none.
public func isRegularFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}

/// Renames a file or folder to `PATH.bak-N`, N the lowest free number from 1 on.
///
/// - Returns: The new path.
/// - Throws: ``FileError/notWritable(_:reason:)``.
@discardableResult
public func moveAside(_ path: String) throws(FileError) -> String {
  var path = path
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  var number = 1
  while somethingLies(at: "\(path).bak-\(number)") { number += 1 }
  let place = "\(path).bak-\(number)"
  guard rename(path, place) == 0 else {
    throw .notWritable(path, reason: String(cString: strerror(errno)))
  }
  return place
}
