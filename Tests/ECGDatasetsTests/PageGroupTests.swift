// Groups: what relations join, what they are called, and what is said to have joined them.

import ECGRandom
import ECGTerms
import Testing

@testable import ECGDatasets

@Suite("Page groups")
struct PageGroupTests {
  static let dataset = Dataset(
    root: "/data",
    items: [
      page("normal/1.jpg", .normal, contents: "a"), page("normal/2.jpg", .normal, contents: "b"),
      page("normal/3.jpg", .normal, contents: "b"), page("mi/1.jpg", .mi, contents: "c"),
      page("mi/4.jpg", .mi, contents: "d"), page("mi/5.jpg", .mi, contents: "e"),
      // The pixels of "e" under other bytes.
      DatasetItem(
        path: "mi/6.jpg", class: .mi, sha256: fakeDigest("other"),
        pixels: fakeDigest("pixels e")),
    ])

  static func ecg(_ contents: String) -> String { ecgName(fakeDigest("pixels " + contents)) }

  @Test("sources are named, and what shares an ECG is one group")
  func sources() {
    let joined = Self.dataset.joined(by: [
      GroupRelation(.printedNumber, ecgs: [Self.ecg("a"), Self.ecg("b")]),
      GroupRelation(.table, ecgs: [Self.ecg("b"), Self.ecg("c")], name: "patient 7"),
    ])
    let groups = joined.pageGroups
    #expect(groups.count == 2)
    let wide = groups.first { $0.group == "patient 7" }
    #expect(wide?.sources == [.bytes, .printedNumber, .table])
    #expect(wide?.ecgs == ["a", "b", "c"].map(Self.ecg).sorted())
    let copies = groups.first { $0.group == Self.ecg("e") }
    #expect(copies?.sources == [.pixels] && copies?.ecgs == [Self.ecg("e")])
    #expect(joined.items.filter { $0.group == "patient 7" }.count == 4)
    #expect(joined.digest == Self.dataset.digest)
  }

  @Test("without a name a group has its first ECG's; with several the first")
  func names() {
    let pair = [Self.ecg("c"), Self.ecg("d")].sorted()
    let plain = Self.dataset.joined(by: [GroupRelation(.printedNumber, ecgs: pair.reversed())])
    #expect(plain.items.filter { $0.group == pair[0] }.count == 2)
    let named = Self.dataset.joined(by: [
      GroupRelation(.table, ecgs: pair, name: "y"),
      GroupRelation(.table, ecgs: [pair[1]], name: "x"),
    ])
    #expect(named.items.filter { $0.group == "x" }.count == 2)
  }

  @Test("the groups are the connected components, in any order", arguments: UInt64(0)..<20)
  func components(_ trial: UInt64) {
    var random = Philox(seed: trial, for: .trial, 31)
    let names = (0..<30).map(String.init)
    let dataset = Dataset(root: "/d", items: names.map { page("mi/\($0)", .mi, contents: $0) })
    var relations = (0..<18).map { _ in
      GroupRelation(
        .table,
        ecgs: [Self.ecg(names[random.index(below: 30)]), Self.ecg(names[random.index(below: 30)])])
    }
    // Labels spread along the relations until nothing changes.
    var labels = Dictionary(uniqueKeysWithValues: names.map { (Self.ecg($0), Self.ecg($0)) })
    for _ in names {
      for relation in relations {
        let least = relation.ecgs.compactMap { labels[$0] }.min()
        for ecg in relation.ecgs { labels[ecg] = least }
      }
    }
    for _ in 0..<3 {
      let groups = dataset.joined(by: relations).items.map { [$0.ecg: $0.group] }
      #expect(groups.allSatisfy { $0.allSatisfy { labels[$0.key] == $0.value } })
      relations = random.permutation(of: relations.count).map { relations[$0] }
    }
  }
}
