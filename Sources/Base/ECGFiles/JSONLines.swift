// A file of JSON values, one a line, that only grows at its end.

import Foundation

/// A file of JSON lines.
///
/// Each line is on the disk before `append` returns. A process that dies in the middle of one
/// leaves a torn last line; reading drops it and the next `append` writes over it.
public struct JSONLines: Sendable, Equatable {
  /// Where the file lies; it need not exist yet.
  public let path: String

  /// The lines of the file at `path`.
  public init(path: String) { self.path = path }

  /// Adds a line at the end; keys are sorted.
  public func append(_ value: some Encodable) throws {
    var line = try encodeJSON(value, pretty: false)
    line.append(UInt8(ascii: "\n"))
    let whole = try bytes()
    try cut(to: whole.count)
    let file = try OpenFile(writing: path, flags: O_CREAT | O_APPEND)
    try file.write(line, as: path)
    try file.sync(as: path)
  }

  /// Every whole line, decoded; none when the file does not exist.
  ///
  /// - Throws: ``FileError/malformed(_:reason:)`` with the number of a line that does not fit.
  public func read<Value: Decodable>(_ type: Value.Type) throws(FileError) -> [Value] {
    var values = [Value]()
    for (index, line) in try lines().enumerated() {
      do { values.append(try JSONDecoder().decode(type, from: line)) } catch {
        throw .malformed(path, reason: "line \(index + 1): \(jsonReason(error))")
      }
    }
    return values
  }

  /// The bytes of every whole line, without its newline; none when the file does not exist.
  public func lines() throws(FileError) -> [Data] {
    let whole = try bytes()
    guard !whole.isEmpty else { return [] }
    return whole.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Data($0) }
  }

  /// Drops all lines after the first `count`, and a torn one.
  public func truncate(toLines count: Int) throws(FileError) {
    precondition(count >= 0, "truncate to \(count) lines")
    let whole = try bytes()
    var kept = 0
    for line in try lines().prefix(count) { kept += line.count + 1 }
    try cut(to: min(kept, whole.count))
  }

  /// The bytes up to the last newline.
  private func bytes() throws(FileError) -> Data {
    do {
      let data = try readFile(path)
      guard let last = data.lastIndex(of: UInt8(ascii: "\n")) else { return Data() }
      return Data(data[...last])
    } catch {
      if case .missing = error { return Data() }
      throw error
    }
  }

  private func cut(to length: Int) throws(FileError) {
    guard Foundation.truncate(path, off_t(length)) != 0, errno != ENOENT else { return }
    throw .writing(path, code: errno)
  }
}
