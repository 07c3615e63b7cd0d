// Whole files: read at once, written so that no reader ever sees a half.

import Foundation
import Synchronization

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

private let temporaryNames = Atomic<Int>(0)

/// Writes a file under a temporary name beside its place, syncs it, then renames it.
///
/// Whoever reads `path` sees the old bytes or the new, never a mixture, and a failure leaves
/// nothing behind. A link is followed; a device or pipe is written to directly.
///
/// - Throws: ``FileError/notWritable(_:reason:)`` when the place cannot be written,
///   ``FileError/ioFailed(_:reason:)`` when writing fails, a full disk included.
public func writeAtomically(_ data: Data, to path: String) throws(FileError) {
  var status = stat()
  var place = path
  if stat(path, &status) == 0 {
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw .notWritable(path, reason: "a folder has this name") }
    if kind != S_IFREG {
      let device = try OpenFile(writing: path, flags: 0)
      try device.write(data, as: path)
      return
    }
    place = resolved(path)
  }
  let number = temporaryNames.add(1, ordering: .relaxed).oldValue
  let temporary = "\(place).tmp-\(getpid())-\(number)"
  do throws(FileError) {
    let file = try OpenFile(writing: temporary, flags: O_CREAT | O_TRUNC)
    try file.write(data, as: path)
    try file.sync(as: path)
    guard rename(temporary, place) == 0 else { throw .writing(path, code: errno) }
  } catch {
    unlink(temporary)
    // The temporary name is nobody's business: the error tells the path that was asked for.
    if case .notWritable(_, let reason) = error { throw .notWritable(path, reason: reason) }
    if case .ioFailed(_, let reason) = error { throw .ioFailed(path, reason: reason) }
    throw error
  }
  try syncFolder(of: place)
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

private func syncFolder(of path: String) throws(FileError) {
  // A folder that may be written but not read cannot be opened to be synced: the file is safe.
  guard let folder = try? OpenFile(reading: parentFolder(of: path)) else { return }
  try folder.sync(as: path)
}

private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}
