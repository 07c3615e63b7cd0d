// The table of thresholds is that of the sources (`Sources/Data/THRESHOLDS.md`).

import Foundation
import TestSupport
import Testing

@Suite("Thresholds")
struct ThresholdsTests {
  /// A row of the table.
  struct Row {
    let name, value, unit, meaning, source, suite: String
  }

  private static func files(_ folder: String) throws -> [String] {
    let path = repositoryPath(folder)
    return try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".swift") }.map { "\(path)/\($0)" }
  }

  private static func rows() throws -> [Row] {
    let text = try String(
      contentsOfFile: repositoryPath("Sources/Data/THRESHOLDS.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|").map { cell in
        cell.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: ["`"])
      }
      return Row(
        name: cells[0], value: cells[1], unit: cells[2], meaning: cells[3], source: cells[4],
        suite: cells[5])
    }
  }

  /// `static let NAME = NUMBER` by `FILE.NAME`.
  private static func constants() throws -> [String: String] {
    var found: [String: String] = [:]
    for path in try files("Sources/Data/ECGTraces") + files("Sources/Data/ECGMeasures") {
      let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
        let match = line.firstMatch(of: #/^  [a-z ]*static let (\w+)(?:: \w+)? = ([-0-9(].*)$/#)
        if let match { found["\(file).\(match.1)"] = String(match.2) }
      }
    }
    return found
  }

  @Test("the table has every constant with its value, and no other")
  func complete() throws {
    let rows = try Self.rows()
    let constants = try Self.constants()
    #expect(constants.count > 60)
    #expect(rows.count == Set(rows.map(\.name)).count)
    let missing = Set(constants.keys).subtracting(rows.map(\.name))
    #expect(missing.isEmpty, "add a row to Sources/Data/THRESHOLDS.md")
    for row in rows { #expect(constants[row.name] == row.value, "\(row.name)") }
  }

  @Test("every row has a unit, a meaning, a source and tests that are there")
  func told() throws {
    let suites = try Self.files("Tests").map {
      URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
    }
    for row in try Self.rows() {
      #expect(!row.unit.isEmpty && !row.meaning.isEmpty && !row.source.isEmpty, "\(row.name)")
      #expect(suites.contains(row.suite), "\(row.name): no \(row.suite)")
    }
  }
}
