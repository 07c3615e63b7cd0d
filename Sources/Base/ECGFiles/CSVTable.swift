// Tables as comma-separated values (RFC 4180), lines ended by a newline alone.

import Foundation

/// A table of text with a header.
public struct CSVTable: Equatable, Sendable {
  /// The names of the columns.
  public var header: [String]
  /// The rows, each with as many fields as the header.
  public var rows: [[String]]

  /// A table from its parts.
  public init(header: [String], rows: [[String]] = []) {
    self.header = header
    self.rows = rows
  }

  /// Reads a table; `\r\n` is accepted, a byte order mark and blank lines are passed over.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - path: What an error names.
  /// - Throws: ``FileError/malformed(_:reason:)`` with the line's number.
  public init(parsing text: String, path: String) throws(FileError) {
    let records = try Self.records(of: Array(text.utf8), path: path)
    guard let first = records.first else { throw .malformed(path, reason: "no header line") }
    for record in records where record.fields.count != first.fields.count {
      throw .malformed(
        path,
        reason: "line \(record.line): \(record.fields.count) fields, not \(first.fields.count)")
    }
    header = first.fields
    rows = records.dropFirst().map(\.fields)
  }

  /// Reads a file.
  public init(contentsOf path: String) throws(FileError) {
    guard let text = String(data: try readFile(path), encoding: .utf8) else {
      throw .malformed(path, reason: "not UTF-8")
    }
    try self.init(parsing: text, path: path)
  }

  /// The index of a column.
  ///
  /// - Throws: ``FileError/malformed(_:reason:)`` when the header has no such name.
  public func column(_ name: String, path: String) throws(FileError) -> Int {
    guard let index = header.firstIndex(of: name) else {
      throw .malformed(path, reason: "no column \"\(name)\"")
    }
    return index
  }

  /// The table as text; a field is quoted only where it must be.
  public func text() -> String {
    for row in rows {
      precondition(
        row.count == header.count, "a row of \(row.count) fields under \(header.count) columns")
    }
    return ([header] + rows).map { fields in
      fields == [""] ? "\"\"\n" : fields.map(Self.quoted).joined(separator: ",") + "\n"
    }.joined()
  }

  /// Writes the table, whole or not at all.
  public func write(to path: String) throws(FileError) {
    try writeAtomically(Data(text().utf8), to: path)
  }

  private static func quoted(_ field: String) -> String {
    let special = field.utf8.contains { byte in ",\"\r\n".utf8.contains(byte) }
    guard special else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private struct Record {
    var line: Int
    var fields: [String]
  }

  private static func records(of bytes: [UInt8], path: String) throws(FileError) -> [Record] {
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    let (newline, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var records = [Record]()
    var line = 1
    var i = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while i < bytes.count {
      var record = Record(line: line, fields: [])
      var blank = true
      var ended = false
      while !ended {
        var field = [UInt8]()
        if i < bytes.count && bytes[i] == quote {
          blank = false
          i += 1
          while true {
            guard i < bytes.count else {
              throw .malformed(path, reason: "line \(record.line): a quote is not closed")
            }
            if bytes[i] == quote {
              guard i + 1 < bytes.count && bytes[i + 1] == quote else { break }
              i += 1
            }
            if bytes[i] == newline { line += 1 }
            field.append(bytes[i])
            i += 1
          }
          i += 1
        } else {
          while i < bytes.count, ![comma, newline, carriage, quote].contains(bytes[i]) {
            field.append(bytes[i])
            i += 1
          }
        }
        record.fields.append(String(decoding: field, as: UTF8.self))
        blank = blank && field.isEmpty
        if i < bytes.count && bytes[i] == carriage { i += 1 }
        if i == bytes.count || bytes[i] == newline {
          line += 1
          ended = true
        } else if bytes[i] == comma {
          blank = false
        } else {
          throw .malformed(path, reason: "line \(record.line): text beside a quoted field")
        }
        i += 1
      }
      if !blank { records.append(record) }
    }
    return records
  }
}
