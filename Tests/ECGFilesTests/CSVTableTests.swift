// Comma-separated values: what is written reads back, and malformed text is named.

import ECGFiles
import ECGRandom
import Foundation
import TestSupport
import Testing

@Suite("CSV table")
struct CSVTableTests {
  @Test("fields are quoted where they must be")
  func quoting() {
    let table = CSVTable(header: ["a", "b"], rows: [["1,2", "say \"x\""], ["", "two\nlines"]])
    #expect(table.text() == "a,b\n\"1,2\",\"say \"\"x\"\"\"\n,\"two\nlines\"\n")
  }

  @Test("random tables read back", arguments: 1...4)
  func roundTrip(_ columns: Int) throws {
    var random = Philox(seed: 5, stream: UInt64(columns))
    let pieces = ["", ",", "\"", "\n", "\r", "\r\n", "a", "Ä", " ", "é", "1.5"]
    for _ in 0..<200 {
      var rows = [[String]]()
      for _ in 0..<random.index(below: 4) {
        var row = [String](repeating: "", count: columns)
        for column in 0..<columns {
          for _ in 0..<random.index(below: 5) {
            row[column] += pieces[random.index(below: pieces.count)]
          }
        }
        rows.append(row)
      }
      let table = CSVTable(header: (0..<columns).map { "c\($0)" }, rows: rows)
      #expect(try CSVTable(parsing: table.text(), path: "t.csv") == table)
    }
  }

  @Test("spreadsheets' habits are accepted")
  func habits() throws {
    let expected = CSVTable(header: ["a", "b"], rows: [["1", ""]])
    for text in ["a,b\r\n1,\r\n", "\u{FEFF}a,b\n1,", "a,b\n\n1,\n\n"] {
      #expect(try CSVTable(parsing: text, path: "t.csv") == expected)
    }
  }

  static let malformed = [
    ("", "no header line"), ("a,b\n1\n", "line 2: 1 fields, not 2"),
    ("a\n\n\"x", "line 3: a quote is not closed"),
    ("a\n\"x\"y\n", "line 2: text beside a quoted field"),
    ("a\nx\"y\"\n", "line 2: text beside a quoted field"),
    ("a,b\n\"1\n2\",3\n4\n", "line 4: 1 fields, not 2"),
  ]

  @Test("malformed text is named", arguments: malformed)
  func faults(_ text: String, _ reason: String) {
    #expect(throws: FileError.malformed("t.csv", reason: reason)) {
      try CSVTable(parsing: text, path: "t.csv")
    }
  }

  @Test("files, and columns by name")
  func files() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.csv"
      let table = CSVTable(header: ["x", "y"], rows: [["1", "2"]])
      try table.write(to: path)
      #expect(try CSVTable(contentsOf: path) == table)
      #expect(try table.column("y", path: path) == 1)
      #expect(throws: FileError.malformed(path, reason: "no column \"z\"")) {
        try table.column("z", path: path)
      }
      try writeAtomically(Data([0xFF, 0xFE]), to: path)
      #expect(throws: FileError.malformed(path, reason: "not UTF-8")) {
        try CSVTable(contentsOf: path)
      }
    }
  }
}
