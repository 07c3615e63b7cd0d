// JSON values and JSON lines: stable bytes, exact numbers, torn ends.

import ECGFiles
import ECGRandom
import Foundation
import TestSupport
import Testing

@Suite("JSON")
struct JSONTests {
  struct Record: Codable, Equatable {
    var epoch: Int
    var loss: Double
    var path = "a/b"
  }

  @Test("keys sorted, slashes plain")
  func form() throws {
    let data = try encodeJSON(Record(epoch: 1, loss: 0.1), pretty: false)
    #expect(String(decoding: data, as: UTF8.self) == #"{"epoch":1,"loss":0.1,"path":"a/b"}"#)
    #expect(try encodeJSON([1]).last == UInt8(ascii: "\n"))
    #expect(throws: EncodingError.self) { try encodeJSON([Double.nan]) }
  }

  @Test("numbers read back to the last bit")
  func numbers() throws {
    var random = Philox(seed: 11)
    var doubles: [Double] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e-5, 1e22]
    var floats: [Float] = [0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 16_777_216, 0.1]
    for _ in 0..<2000 {
      let double = Double(bitPattern: random.next())
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      if double.isFinite { doubles.append(double) }
      if float.isFinite { floats.append(float) }
    }
    let doublesBack = try JSONDecoder().decode([Double].self, from: try encodeJSON(doubles))
    let floatsBack = try JSONDecoder().decode([Float].self, from: try encodeJSON(floats))
    #expect(doublesBack == doubles)
    #expect(floatsBack.map(\.bitPattern) == floats.map(\.bitPattern))
  }

  @Test("reading a file names what does not fit")
  func reading() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.json"
      try writeAtomically(try encodeJSON(Record(epoch: 1, loss: 2)), to: path)
      #expect(try readJSON(Record.self, from: path) == Record(epoch: 1, loss: 2))
      try writeAtomically(Data(#"{"epoch":1,"path":"p"}"#.utf8), to: path)
      #expect(throws: FileError.malformed(path, reason: "no key \"loss\"")) {
        try readJSON(Record.self, from: path)
      }
      try writeAtomically(Data("{".utf8), to: path)
      let error = #expect(throws: FileError.self) { try readJSON(Record.self, from: path) }
      #expect(error?.exitStatus == .badData)
    }
  }

  @Test("lines are added, read and cut")
  func lines() throws {
    try withTemporaryFolder { folder in
      let file = JSONLines(path: folder + "/metrics.jsonl")
      #expect(try file.read(Record.self).isEmpty)
      try file.truncate(toLines: 3)
      let records = (1...4).map { Record(epoch: $0, loss: 1 / Double($0)) }
      for record in records { try file.append(record) }
      #expect(try file.read(Record.self) == records)
      try file.truncate(toLines: 2)
      #expect(try file.read(Record.self) == Array(records.prefix(2)))
      try file.truncate(toLines: 0)
      #expect(try readFile(file.path).isEmpty)
    }
  }

  @Test("a torn last line is dropped and written over")
  func torn() throws {
    try withTemporaryFolder { folder in
      let file = JSONLines(path: folder + "/metrics.jsonl")
      let records = (1...3).map { Record(epoch: $0, loss: 0.5) }
      for record in records { try file.append(record) }
      let whole = try readFile(file.path)
      try writeAtomically(whole.dropLast(5), to: file.path)
      #expect(try file.read(Record.self) == Array(records.prefix(2)))
      try file.append(records[2])
      #expect(try readFile(file.path) == whole)
      try writeAtomically(whole.dropLast(1), to: file.path)
      try file.truncate(toLines: 3)
      #expect(try file.read(Record.self) == Array(records.prefix(2)))
      #expect(try readFile(file.path).last == UInt8(ascii: "\n"))
    }
  }

  @Test("a line that does not fit is named")
  func badLine() throws {
    try withTemporaryFolder { folder in
      let file = JSONLines(path: folder + "/a.jsonl")
      try writeAtomically(Data("{\"epoch\":1,\"loss\":1,\"path\":\"\"}\n{}\n".utf8), to: file.path)
      #expect(throws: FileError.malformed(file.path, reason: "line 2: no key \"epoch\"")) {
        try file.read(Record.self)
      }
    }
  }
}
