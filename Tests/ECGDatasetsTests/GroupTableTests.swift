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
    let groups = dataset.joined(by: try table.fitted(to: dataset).relations).items.map(\.group)
    return groups.map { group in groups.firstIndex(of: group) ?? -1 }
  }

  static func fit(_ text: String) throws -> GroupTableFit {
    try GroupTable(parsing: text, path: "t").fitted(to: dataset).fit
  }

  @Test(
    "rows join pages",
    arguments: [
      // Sorted: mi/1, mi/4, normal/1, normal/2, normal/3 (a copy of normal/2).
      ("path,group\nmi/1.jpg,x\nnormal/1.jpg,x\nmi/4.jpg,y\n", [0, 1, 0, 3, 3]),
      ("group,path\r\nx,mi/4.jpg\r\nx,normal/3.jpg\r\n", [0, 1, 2, 1, 1]),
      ("ecg\tclass\tgroup\n1\tmi\tx\n2\tnormal\tx\n", [0, 1, 2, 0, 0]),
      ("ecg,group\n4.jpg,x\n2,x\n", [0, 1, 2, 1, 1]),
      // Two names for one ECG make one group of both.
      ("path,group\nnormal/2.jpg,x\nnormal/3.jpg,y\nmi/1.jpg,x\nmi/4.jpg,y\n", [0, 0, 2, 0, 0]),
      // Pages that are not there, empty groups and other columns are passed over.
      (
        "path,group,age\nmi/9.jpg,x,\nmi/1.jpg,x,50\nmi/4.jpg,,60\nnormal/2.jpg,,\n",
        [0, 1, 2, 3, 3]
      ),
      // Spaces, `./`, doubled slashes and backslashes in paths; spaces around ids and names of columns.
      (
        " path , group \n./mi/1.jpg,p0\nmi//4.jpg, p0\n normal/1.jpg ,p0 \nnormal\\2.jpg,\tp0\n",
        [0, 0, 0, 0, 0]
      ),
    ])
  func joins(_ text: String, _ partition: [Int]) throws {
    #expect(try Self.partition(text) == partition)
  }

  @Test(
    "missing ids join nothing",
    arguments: [
      "NA", "nan", "NaN", "None", "NULL", "null", "-", "", " ", "n/a", "#N/A", "unknown", "?", "--",
    ])
  func missing(_ id: String) throws {
    let text = "path,group\nmi/1.jpg,\(id)\nmi/4.jpg,\(id)\nnormal/1.jpg,\(id)\nnormal/2.jpg,x\n"
    #expect(try Self.partition(text) == [0, 1, 2, 3, 3])
    let fit = try Self.fit(text)
    #expect(fit.missingIDs == 3 && fit.withoutRow == 0 && fit.fittingRows == 4)
  }

  @Test("counts rows and pages that fit, and names those that do not")
  func counts() throws {
    let fit = try Self.fit(
      "path,group\nmi/1.jpg,x\nnormal/2.jpg,x\nmi/44.jpg,x\nnormal/3.jpg,z\n")
    #expect(fit.rows == 4 && fit.fittingRows == 3 && fit.strayRows == ["mi/44.jpg"])
    #expect(fit.pages == 5 && fit.withoutRow == 2)
    #expect(fit.pagesWithoutRow == ["mi/4.jpg", "normal/1.jpg"])
    #expect(fit.joinedIDs == 1 && fit.ambiguousIDs.isEmpty)
  }

  @Test(
    "reports ids that look alike",
    arguments: [
      ("0", "00", true), ("p0", "P0", true), ("7", "007", true), ("12", "12.0", true),
      ("p 1", "p1", true), ("p_1", "p-1", true), ("p1", "p10", false), ("10", "1", false),
      ("100", "10", false), ("a", "b", false),
    ])
  func ambiguous(_ first: String, _ second: String, _ isAlike: Bool) throws {
    let fit = try Self.fit(
      "path,group\nmi/1.jpg,\(first)\nmi/4.jpg,\(second)\nnormal/1.jpg,q\nnormal/2.jpg,r\n")
    #expect(fit.ambiguousIDs == (isAlike ? [[first, second].sorted()] : []))
  }

  @Test("groups keep the names of the table")
  func names() throws {
    let table = try GroupTable(
      parsing: "path,group\nmi/1.jpg,patient 7\nnormal/2.jpg,NA\n", path: "t")
    let relations = try table.fitted(to: Self.dataset).relations
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
      (
        "path,group\nmi/1.jpg,x\nmi/4.jpg,x\nmi/5.jpg,x\n",
        "it fits 2 of 5 pages, less than half; the first page without a row: normal/1.jpg"
      ),
      ("path,group\nmi/1.jpg,NA\nnormal/2.jpg,-\n", "no row names a group"),
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
