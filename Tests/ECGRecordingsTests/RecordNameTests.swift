// Record names are what WFDB's C library opens, and differ where pages do.

import Foundation
import TestSupport
import Testing

@testable import ECGRecordings

@Suite("Record name")
struct RecordNameTests {
  static let names = [
    "MI(1)", "scan.2020.01", "Müller", "心电图1", "心电图2", "a b", "a_b ", " ", ".", "a~b", "x\u{301}",
    String(repeating: "n", count: 51), String(repeating: "n", count: 52), "",
  ]

  @Test(
    "a legal name stays as it is", arguments: ["page-1_b", "0", String(repeating: "n", count: 50)])
  func kept(_ name: String) {
    #expect(RecordName.isLegal(name))
    #expect(RecordName.legal(name, identity: "else") == name)
  }

  @Test("any other becomes legal", arguments: names)
  func changed(_ name: String) {
    #expect(!RecordName.isLegal(name))
    let legal = RecordName.legal(name, identity: name)
    #expect(RecordName.isLegal(legal))
    #expect(legal == RecordName.legal(name, identity: name))
  }

  @Test("different names stay different")
  func different() {
    let names = Self.names + ["MI_1_", "MI(1]", "MI[1)", "scan_2020_01", "m\u{fc}", "mu\u{308}"]
    #expect(Set(names.map { RecordName.legal($0, identity: $0) }).count == names.count)
    #expect(
      RecordName.legal("a b", identity: "x/a b") != RecordName.legal("a b", identity: "y/a b"))
  }

  @Test("each part of a path becomes legal by itself")
  func paths() {
    #expect(RecordName.legal(path: "mi/page-1") == "mi/page-1")
    let parts = RecordName.legal(path: "Patients (new)/MI(1)").split(separator: "/").map(
      String.init)
    #expect(parts.count == 2 && parts.allSatisfy(RecordName.isLegal))
    #expect(parts[0].hasPrefix("Patients__new_-") && parts[1].hasPrefix("MI_1_-"))
    #expect(
      parts[0] + "/x" == RecordName.legal(path: "Patients (new)/x"), "a folder has one name")
  }
}
