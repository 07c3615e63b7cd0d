// Splits that folders declare.

import ECGSimilarity
import ECGTerms
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Declared sets")
struct DeclaredSplitTests {
  /// Pages in folders `train` and `test`, and `val` where asked for; each ECG once.
  static func items(validation: Bool = false) -> [DatasetItem] {
    let parts: [(DeclaredPart, Int)] =
      [(.train, 12), (.test, 5)] + (validation ? [(.validation, 3)] : [])
    return parts.flatMap { part, count in
      [DiagnosticClass.normal, .mi].flatMap { label in
        (0..<count).map { item(part, label, "\($0)") }
      }
    }
  }

  static func item(
    _ part: DeclaredPart, _ label: DiagnosticClass, _ name: String, contents: String? = nil
  ) -> DatasetItem {
    let text = contents ?? "\(part) \(label) \(name)"
    return DatasetItem(
      path: "\(part.rawValue)/\(label.key)/\(name).jpg", class: label,
      sha256: fakeDigest("bytes \(text)"), pixels: fakeDigest("pixels \(text)"), declaredPart: part)
  }

  @Test("are used as they stand", arguments: [false, true])
  func asTheyStand(_ validation: Bool) throws {
    let dataset = Dataset(root: "/data", items: Self.items(validation: validation))
    #expect(dataset.declaresSets && dataset.declaresValidation == validation)
    for seed in 0..<3 {
      let split = try Split.declared(by: dataset, seed: UInt64(seed))
      #expect(split.protocol == .declared && !split.leaks)
      for item in split.items {
        switch item.path.split(separator: "/")[0] {
        case "test": #expect(item.part == .test)
        case "val": #expect(item.part == .inner)
        default: #expect(validation ? item.part == .train : item.part != .test)
        }
      }
      #expect(split.items.contains { $0.part == .inner })
      try withTemporaryFolder { folder in
        try split.write(to: folder + "/split.json")
        #expect(try Split.read(folder + "/split.json", for: dataset) == split)
      }
    }
  }

  @Test("a copy of a test ECG marks them as leaking, an exact and a near one")
  func leaking() throws {
    let copy = Self.item(.train, .mi, "copy", contents: "test mi 0")
    let exact = Dataset(root: "/data", items: Self.items() + [copy])
    let split = try Split.declared(by: exact, seed: 0)
    #expect(split.protocol == .declaredLeaking && split.leaks)
    // Each distinct test ECG counts once all the same.
    #expect(split.evaluationItems(.test).count == 10)
    let names = ["train mi 0", "test mi 0"].map { ecgName(fakeDigest("pixels " + $0)) }.sorted()
    let near = Dataset(
      root: "/data", items: Self.items(), relations: [],
      similarPairs: [SimilarPair(first: names[0], second: names[1], similarity: 0.97)])
    #expect(try Split.declared(by: near, seed: 0).protocol == .declaredLeaking)
  }

  @Test("are never split again")
  func neverSplitAnew() throws {
    let dataset = Dataset(root: "/data", items: Self.items())
    for unit in SplitProtocol.allCases {
      #expect(throws: DatasetError.declaredSets(path: "/data")) {
        try Split.make(dataset: dataset, protocol: unit, seed: 0)
      }
    }
    #expect(throws: DatasetError.self) {
      try Split.declared(by: dataset, seed: 0).testing(fold: 0)
    }
  }

  @Test("by halves are refused")
  func byHalves() {
    let stray = page("mi/9.jpg", .mi, contents: "stray")
    #expect(
      throws: DatasetError.incompleteSets(path: "/data", reason: "mi/9.jpg lies in none of them")
    ) {
      try Split.declared(
        by: Dataset(root: "/data", items: Self.items() + [stray]), seed: 0)
    }
    let withoutTest = Self.items(validation: true).filter { $0.declaredPart != .test }
    #expect(throws: DatasetError.incompleteSets(path: "/data", reason: "no folder test")) {
      try Split.make(
        dataset: Dataset(root: "/data", items: withoutTest), protocol: .grouped, seed: 0)
    }
    // A training folder alone declares nothing.
    let training = Self.items().filter { $0.declaredPart == .train }
    #expect(throws: Never.self) {
      try Split.make(dataset: Dataset(root: "/data", items: training), protocol: .grouped, seed: 0)
    }
  }

  @Test("a class without training pages is refused")
  func classWithoutTraining() {
    let items = Self.items() + [Self.item(.test, .hmi, "1")]
    #expect(
      throws: DatasetError.classTooSmall(
        path: "/data", class: .hmi, count: 0, needed: 1, unit: "pages in the training folder")
    ) { try Split.declared(by: Dataset(root: "/data", items: items), seed: 0) }
  }
}
