// What an audit finds in made-up data sets: copies, conflicts, leaks.

import ECGSimilarity
import ECGTerms
import TestSupport
import Testing

@testable import ECGDatasets

struct AuditTests {
  private static func ecg(_ contents: String) -> String {
    ecgName(fakeDigest("pixels \(contents)"))
  }

  private static func pair(_ a: String, _ b: String, _ similarity: Double) -> SimilarPair {
    let names = [ecg(a), ecg(b)].sorted()
    return SimilarPair(first: names[0], second: names[1], similarity: similarity)
  }

  /// ECGs a to g; b lies twice, c has a near-duplicate d, e and f look alike but are no copies.
  private static func dataset() -> Dataset {
    let pairs = [pair("c", "d", 0.98), pair("e", "f", 0.55)]
    let dataset = Dataset(
      root: "/data",
      items: [
        page("normal/a.jpg", .normal, contents: "a"), page("normal/b.jpg", .normal, contents: "b"),
        page("normal/b2.jpg", .normal, contents: "b"), page("mi/c.jpg", .mi, contents: "c"),
        page("mi/d.jpg", .mi, contents: "d"), page("mi/e.jpg", .mi, contents: "e"),
        page("mi/f.jpg", .mi, contents: "f"), page("normal/g.jpg", .normal, contents: "g"),
      ], relations: [], similarPairs: pairs)
    return dataset.joined(
      by: Dataset.relations(ofNearCopies: pairs)
        + [GroupRelation(.printedNumber, ecgs: [ecg("a"), ecg("g")].sorted())])
  }

  @Test func copiesAndGroups() {
    let audit = Audit(Self.dataset())
    #expect(audit.copies == [["normal/b.jpg", "normal/b2.jpg"]])
    #expect(audit.conflicts.isEmpty && audit.leaking == nil && !audit.isLeaking)
    #expect(audit.dataset.nearCopySets == [[Self.ecg("c"), Self.ecg("d")].sorted()])
    let near = audit.dataset.pageGroups.filter { $0.sources == [.nearDuplicate] }
    #expect(near.map(\.ecgs) == [[Self.ecg("c"), Self.ecg("d")].sorted()])
    #expect(Set(audit.dataset.items.map(\.group)).count == 5)
  }

  @Test func leaksOfASplit() {
    let test: Set = ["normal/a.jpg", "normal/b.jpg", "mi/c.jpg", "mi/e.jpg"]
    let dataset = Self.dataset()
    let sides = Dictionary(
      uniqueKeysWithValues: dataset.items.map { item -> (String, Set<AuditSide>) in
        (item.path, [test.contains(item.path) ? .test : .training])
      })
    let audit = Audit(dataset, sides: sides)
    #expect(audit.isLeaking)
    #expect(
      audit.leaking == [
        LeakingPage(
          path: "mi/c.jpg", class: .mi, ecg: Self.ecg("c"), copies: [], nearCopies: ["mi/d.jpg"]),
        LeakingPage(
          path: "normal/b.jpg", class: .normal, ecg: Self.ecg("b"), copies: ["normal/b2.jpg"],
          nearCopies: []),
      ])
    #expect(
      audit.leaks == [
        ClassLeaks(class: .normal, tested: 2, withCopy: 1, withNearCopy: 0, withGroup: 1),
        ClassLeaks(class: .mi, tested: 2, withCopy: 0, withNearCopy: 1, withGroup: 0),
      ])
  }

  @Test func aSampleOnBothSidesLeaks() {
    let dataset = plainDataset(ecgs: [.normal: 2, .mi: 2])
    var sides = Dictionary(
      uniqueKeysWithValues: dataset.items.map { ($0.path, Set<AuditSide>([.training])) })
    sides["mi/0-0.jpg"] = [.training, .test]
    let audit = Audit(dataset, sides: sides)
    #expect(audit.leaking?.map(\.path) == ["mi/0-0.jpg"])
    #expect(audit.leaking?.map(\.copies) == [["mi/0-0.jpg"]])
  }

  @Test func conflictsExactAndNear() {
    let pairs = [Self.pair("x", "y", 0.9)]
    let audit = Audit(
      Dataset(
        root: "/data",
        items: [
          page("normal/1.jpg", .normal, contents: "same"), page("mi/1.jpg", .mi, contents: "same"),
          page("normal/2.jpg", .normal, contents: "x"), page("hmi/2.jpg", .hmi, contents: "y"),
        ], relations: [], similarPairs: pairs))
    #expect(
      audit.conflicts == [
        AuditedConflict(
          classes: [.normal, .mi], paths: ["mi/1.jpg", "normal/1.jpg"], similarity: nil),
        AuditedConflict(
          classes: [.normal, .hmi], paths: ["hmi/2.jpg", "normal/2.jpg"], similarity: 0.9),
      ])
  }

  /// A near-duplicate under two classes is as wrong as an exact one.
  @Test func nearConflictsAreNotSplit() throws {
    let clean = plainDataset(ecgs: [.normal: 10, .mi: 10])
    let names = [Self.ecg("normal 0"), Self.ecg("mi 0")].sorted()
    let conflicting = Dataset(
      root: clean.root, items: clean.items, relations: [],
      similarPairs: [SimilarPair(first: names[0], second: names[1], similarity: 0.95)])
    for unit in SplitProtocol.allCases {
      let split = try Split.make(dataset: clean, protocol: unit, seed: 1)
      #expect(throws: DatasetError.self) {
        try Split.make(dataset: conflicting, protocol: unit, seed: 1)
      }
      #expect(throws: DatasetError.self) { try split.check(against: conflicting, path: "split") }
    }
    #expect(
      conflicting.nearLabelConflicts == [
        LabelConflict(
          ecg: names[0], classes: [.normal, .mi], paths: ["mi/0-0.jpg", "normal/0-0.jpg"])
      ])
  }

  @Test func pagesThatWereNotComparedAreNamed() {
    let clean = plainDataset(ecgs: [.normal: 2, .mi: 2], copies: 2)
    let dataset = Dataset(
      root: clean.root, items: clean.items, relations: [],
      notes: ReadingNotes(notCompared: [Self.ecg("mi 1")]))
    #expect(Audit(dataset).notCompared == ["mi/1-0.jpg", "mi/1-1.jpg"])
    #expect(Audit(dataset.joined(by: [])).notCompared == ["mi/1-0.jpg", "mi/1-1.jpg"])
    #expect(Audit(clean).notCompared.isEmpty)
  }

  @Test func foldersDeclareASplit() {
    let digest = fakeDigest("1")
    func item(_ path: String, _ part: DeclaredPart?) -> DatasetItem {
      DatasetItem(path: path, class: .mi, sha256: digest, pixels: digest, declaredPart: part)
    }
    let both = Dataset(
      root: "/data",
      items: [item("test/mi/1.jpg", .test), item("val/mi/1.jpg", .validation)])
    #expect(Audit(both).leaking?.map(\.copies) == [["val/mi/1.jpg"]])
    let one = Dataset(
      root: "/data", items: [item("train/mi/1.jpg", .train), item("mi/1.jpg", nil)])
    #expect(Audit(one).leaking == nil)
  }

  /// `distinct` looks at copies, near ones too, and at nothing else; `grouped` at everything.
  @Test(arguments: [SplitProtocol.distinct, .grouped])
  func nearCopiesStayOnOneSide(_ unit: SplitProtocol) throws {
    let contents = (0..<40).map { "mi \($0)" } + (0..<40).map { "normal \($0)" }
    let items = contents.map { name -> DatasetItem in
      let label: DiagnosticClass = name.hasPrefix("mi") ? .mi : .normal
      return page("\(name).jpg", label, contents: name)
    }
    // Chains of four: each only like the next.
    let pairs = contents.indices.filter { $0 % 4 < 3 }.map {
      Self.pair(contents[$0], contents[$0 + 1], 0.9)
    }
    let dataset = Dataset(root: "/data", items: items, relations: [], similarPairs: pairs)
      .joined(by: Dataset.relations(ofNearCopies: pairs))
    for seed in 0..<20 {
      let split = try Split.make(dataset: dataset, protocol: unit, seed: UInt64(seed))
      #expect(split.nearCopies.count == 20)
      let sides = Dictionary(
        uniqueKeysWithValues: split.items.map { item -> (String, Set<AuditSide>) in
          (item.path, [item.part == .test ? .test : .training])
        })
      #expect(!Audit(dataset, sides: sides).isLeaking)
      let files = try Split.make(dataset: dataset, protocol: .files, seed: UInt64(seed))
      let filesSides = Dictionary(
        uniqueKeysWithValues: files.items.map { item -> (String, Set<AuditSide>) in
          (item.path, [item.part == .test ? .test : .training])
        })
      #expect(Audit(dataset, sides: filesSides).isLeaking)
    }
    try withTemporaryFolder { folder in
      let split = try Split.make(dataset: dataset, protocol: unit, seed: 1)
      let path = folder + "/split.json"
      try split.write(to: path)
      #expect(try Split.read(path, for: dataset) == split)
      // A near-duplicate moved to the other side is refused, and an audit reports it.
      var moved = split
      let index = try #require(moved.items.firstIndex { $0.part == .test })
      moved.items[index].part = .train
      try moved.write(to: path)
      #expect(throws: DatasetError.self) { try Split.read(path) }
      #expect(Audit(dataset, sides: try Split.sides(path, of: dataset)).isLeaking)
    }
  }
}
