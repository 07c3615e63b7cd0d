// Tables of groups: their shapes, what they join, and what they cannot say.

import ECGFiles
import ECGTerms
import Testing

@testable import ECGDatasets

@Suite("Tables of groups")
struct GroupTableTests {
  static let dataset = Dataset(
    root: "/data",
    items: [
      page("normal/1.jpg", .normal, contents: "a"), page("normal/2.jpg", .normal, contents: "b"),
      page("normal/3.jpg", .normal, contents: "b"), page("mi/1.jpg", .mi, contents: "c"),
      page("mi/4.jpg", .mi, contents: "d"),
    ])

  /// The groups of the pages, numbered as they first come.
  static func partition(_ text: String) throws -> [Int] {
    let table = try GroupTable(parsing: text, path: "t")
    let groups = dataset.joined(by: try table.relations(in: dataset)).items.map(\.group)
    return groups.map { group in groups.firstIndex(of: group) ?? -1 }
  }

  @Test(
    "rows join pages",
    arguments: [
      // Sorted: mi/1, mi/4, normal/1, normal/2, normal/3 (a copy of normal/2).
      ("path,group\nmi/1.jpg,x\nnormal/1.jpg,x\n", [0, 1, 0, 3, 3]),
      ("group,path\r\nx,mi/4.jpg\r\nx,normal/3.jpg\r\n", [0, 1, 2, 1, 1]),
      ("ecg\tclass\tgroup\n1\tmi\tx\n2\tnormal\tx\n", [0, 1, 2, 0, 0]),
      ("ecg,group\n4.jpg,x\n2,x\n", [0, 1, 2, 1, 1]),
      // Two names for one ECG make one group of both.
      ("path,group\nnormal/2.jpg,x\nnormal/3.jpg,y\nmi/1.jpg,x\nmi/4.jpg,y\n", [0, 0, 2, 0, 0]),
      // Pages that are not there, empty groups and other columns are passed over.
      ("path,group,age\nmi/9.jpg,x,\nmi/1.jpg,x,50\nmi/4.jpg,,60\n", [0, 1, 2, 3, 3]),
    ])
  func joins(_ text: String, _ partition: [Int]) throws {
    #expect(try Self.partition(text) == partition)
  }

  @Test("groups keep the names of the table")
  func names() throws {
    let table = try GroupTable(parsing: "path,group\nmi/1.jpg,patient 7\n", path: "t")
    let relations = try table.relations(in: Self.dataset)
    let groups = Self.dataset.joined(by: relations).items.map(\.group)
    #expect(groups[0] == "patient 7" && groups[1] == Self.dataset.items[1].ecg)
  }

  @Test(
    "what cannot be used is said",
    arguments: [
      ("path,patient\nmi/1.jpg,x\n", "no column \"group\""),
      ("name,group\nmi/1.jpg,x\n", "no column \"path\" or \"ecg\""),
      ("ecg,group\n1,x\n", "\"1\" fits 2 ECGs"),
      ("ecg,class,group\n1,minor,x\n", "no class is called \"minor\""),
      ("path,group\nother/1.jpg,x\n", "no row fits a page"),
      ("ecg\tgroup\n1\n", "row 2 has 1 fields, not 2"),
    ])
  func faults(_ text: String, _ reason: String) {
    #expect(throws: DatasetError.badGroups(path: "t", reason: reason)) {
      try Self.partition(text)
    }
  }

  @Test("a torn CSV names its line")
  func torn() {
    #expect(throws: FileError.self) { try Self.partition("path,group\nmi/1.jpg\n") }
  }
}
