// What each protocol keeps apart, over random tables.

import ECGTerms
import Testing

@testable import ECGDatasets

@Suite("Making splits")
struct SplitMakingTests {
  static let trials = UInt64(0)..<25

  /// Keys with items in more than one part.
  static func crossing(
    _ items: [SplitItem], merging merged: [Part: Part] = [:], by key: (SplitItem) -> String
  ) -> Int {
    var parts: [String: Set<Part>] = [:]
    for item in items { parts[key(item), default: []].insert(merged[item.part] ?? item.part) }
    return parts.values.count { $0.count > 1 }
  }

  @Test("grouped: no group crosses, every class on both sides, shares near", arguments: trials)
  func grouped(_ trial: UInt64) throws {
    let dataset = randomDataset(trial)
    let split = try Split.make(dataset: dataset, protocol: .grouped, seed: trial)
    #expect(split.items.map(\.path) == dataset.items.map(\.path))
    #expect(Self.crossing(split.items) { $0.group } == 0)
    #expect(Self.crossing(split.items) { $0.ecg } == 0)
    for label in ClassList.archive {
      let parts = Part.allCases.map { split.count($0, label).distinct }
      let all = parts.reduce(0, +)
      let largest =
        Dictionary(grouping: split.items.filter { $0.class == label }, by: \.group).values
        .map { Set($0.map(\.ecg)).count }.max() ?? 0
      #expect(parts[0] >= 1 && parts[2] >= 1)
      #expect(abs(Double(parts[2]) - 0.2 * Double(all)) <= Double(largest) + 1)
    }
  }

  @Test("distinct: no ECG crosses, counts are the nearest", arguments: trials)
  func distinct(_ trial: UInt64) throws {
    let split = try Split.make(
      dataset: randomDataset(trial), protocol: .distinct, innerFraction: 0, seed: trial)
    #expect(Self.crossing(split.items) { $0.ecg } == 0)
    for label in ClassList.archive {
      let (test, train) = (split.count(.test, label).distinct, split.count(.train, label).distinct)
      #expect(abs(Double(test) - max(1, 0.2 * Double(test + train))) <= 0.5)
    }
  }

  @Test("files: counts are the nearest by file, and copies cross", arguments: trials)
  func files(_ trial: UInt64) throws {
    let split = try Split.make(dataset: randomDataset(trial), protocol: .files, seed: trial)
    for label in ClassList.archive {
      let counts = Part.allCases.map { split.count($0, label).items }
      let all = Double(counts.reduce(0, +))
      #expect(abs(Double(counts[2]) - max(1, 0.2 * all)) <= 0.5)
    }
    #expect(split.leaks)
    // Test against the rest; the rest itself is grouped.
    #expect(Self.crossing(split.items, merging: [.inner: .train]) { $0.ecg } > 0)
    #expect(Self.crossing(split.items.filter { $0.part != .test }) { $0.group } == 0)
  }

  @Test("paper: 1,200 samples a class, 240 of them tested, copies spread evenly over files")
  func paper() throws {
    let dataset = plainDataset(ecgs: [.normal: 114, .abnormal: 186, .hmi: 69, .mi: 24], copies: 2)
    let split = try Split.make(dataset: dataset, protocol: .paper, seed: 1)
    for label in ClassList.archive {
      #expect(split.count(.train, label).items == 960)
      #expect(split.count(.test, label).items == 240)
      #expect(split.count(.inner, label).items == 0)
      let ofClass = split.items.filter { $0.class == label }
      let perFile = Dictionary(grouping: ofClass, by: \.path).values
      #expect(perFile.count == dataset.items.count { $0.class == label })
      let sizes = perFile.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      #expect(perFile.allSatisfy { $0.map { $0.copy ?? -1 } == Array(0..<$0.count) })
    }
    #expect(Set(split.items.map(\.name)).count == 4800)
    #expect(split.leaks)
  }

  @Test("paper: a class with more files than that keeps them all")
  func paperLargeClass() throws {
    let dataset = plainDataset(ecgs: [.normal: 1300, .mi: 30])
    let split = try Split.make(dataset: dataset, protocol: .paper, seed: 1)
    #expect(split.count(.train, .normal).items + split.count(.test, .normal).items == 1300)
    #expect(split.items.allSatisfy { $0.class == .mi || $0.copy == 0 })
  }

  @Test("a tenth of the training ECGs is held out, by group", arguments: trials)
  func inner(_ trial: UInt64) throws {
    let split = try Split.make(dataset: randomDataset(trial), protocol: .distinct, seed: trial)
    let rest = split.items.filter { $0.part != .test }
    #expect(Self.crossing(rest) { $0.group } == 0)
    for label in ClassList.archive {
      let inner = split.count(.inner, label).distinct
      let train = split.count(.train, label).distinct
      #expect(train >= 1)
      let groups = Dictionary(grouping: rest.filter { $0.class == label }, by: \.group)
      let largest = groups.values.map { Set($0.map(\.ecg)).count }.max() ?? 0
      #expect(abs(Double(inner) - 0.1 * Double(inner + train)) <= Double(largest) + 1)
    }
  }

  @Test("folds keep groups whole, cover every item and hold every class", arguments: trials)
  func folds(_ trial: UInt64) throws {
    let dataset = randomDataset(trial)
    let groups = Dictionary(grouping: dataset.items, by: \.class).mapValues {
      Set($0.map(\.group)).count
    }
    guard groups.values.allSatisfy({ $0 >= 4 }) else {
      #expect(throws: DatasetError.self) {
        try Split.make(dataset: dataset, protocol: .grouped, folds: 4, seed: trial)
      }
      return
    }
    let split = try Split.make(dataset: dataset, protocol: .grouped, folds: 4, seed: trial)
    var folds: [String: Set<Int>] = [:]
    for item in split.items { folds[item.group, default: []].insert(item.fold) }
    #expect(folds.values.allSatisfy { $0.count == 1 })
    var tested: [String] = []
    for fold in 0..<4 {
      let cell = try split.testing(fold: fold)
      #expect(Self.crossing(cell.items) { $0.group } == 0)
      #expect(cell.items.contains { $0.part == .inner })
      for label in ClassList.archive {
        #expect(cell.count(.test, label).items > 0 && cell.count(.train, label).items > 0)
      }
      tested += cell.items.filter { $0.part == .test }.map(\.path)
    }
    #expect(tested.sorted() == dataset.items.map(\.path))
  }

  @Test("a class with fewer groups than folds is named; without a wish the folds do what they can")
  func fewGroups() throws {
    let dataset = plainDataset(ecgs: [.normal: 20, .hmi: 4, .mi: 9])
    #expect(
      throws: DatasetError.classTooSmall(
        path: "/data", class: .hmi, count: 4, needed: 5, unit: "groups")
    ) { try Split.make(dataset: dataset, protocol: .grouped, folds: 5, seed: 0) }
    let split = try Split.make(dataset: dataset, protocol: .grouped, seed: 0)
    #expect(split.folds == 5)
    for label in [DiagnosticClass.normal, .mi] {
      #expect(Set(split.items.filter { $0.class == label }.map(\.fold)).count == 5)
    }
  }

  @Test("tells how far it is from even")
  func deviation() throws {
    let dataset = plainDataset(ecgs: [.normal: 23, .mi: 10], copies: 2)
    let split = try Split.make(dataset: dataset, protocol: .grouped, folds: 5, seed: 0)
    let test = try #require(split.testDeviation)
    #expect(test.class == .normal && test.count == 5 && abs(test.share - 4.6) < 1e-9)
    let folds = try #require(split.foldDeviation)
    #expect(folds.class == .normal && abs(folds.members - 0.6) < 1e-9 && folds.count == 4)
  }

  @Test("depends on the seed and not on the order of the files", arguments: SplitProtocol.allCases)
  func order(_ protocol: SplitProtocol) throws {
    let dataset = randomDataset(77)
    let backwards = Dataset(root: dataset.root, items: dataset.items.reversed())
    let split = try Split.make(dataset: dataset, protocol: `protocol`, seed: 5)
    #expect(try Split.make(dataset: backwards, protocol: `protocol`, seed: 5) == split)
    #expect(try Split.make(dataset: dataset, protocol: `protocol`, seed: 6) != split)
  }

  @Test("names what leaks")
  func leaks() {
    #expect(SplitProtocol.allCases.filter(\.leaks) == [.paper, .files])
    #expect(SplitProtocol.allCases.filter { $0.leakDescription == nil } == [.grouped])
  }

  @Test("one ECG of a class, and one class alone, are errors")
  func tooSmall() {
    let one = plainDataset(ecgs: [.normal: 9, .mi: 1], copies: 3)
    #expect(
      throws: DatasetError.classTooSmall(
        path: "/data", class: .mi, count: 1, needed: 2, unit: "groups")
    ) { try Split.make(dataset: one, protocol: .grouped, seed: 0) }
    #expect(throws: DatasetError.singleClass(path: "/data", class: .hmi)) {
      try Split.make(dataset: plainDataset(ecgs: [.hmi: 9]), protocol: .grouped, seed: 0)
    }
  }

  @Test("an ECG under two classes is refused and all its files are named")
  func labelConflict() throws {
    var items = plainDataset(ecgs: [.normal: 5, .mi: 5]).items
    items.append(page("mi/again.jpg", .mi, contents: "normal 3"))
    let dataset = Dataset(root: "/data", items: items)
    let conflict = try #require(dataset.labelConflicts.first)
    #expect(dataset.labelConflicts.count == 1)
    #expect(conflict.classes == [.normal, .mi])
    #expect(conflict.paths == ["mi/again.jpg", "normal/3-0.jpg"])
    for kind in SplitProtocol.allCases {
      #expect(
        throws: DatasetError.labelConflict(path: "/data", conflict: conflict, others: 0)
      ) { try Split.make(dataset: dataset, protocol: kind, seed: 0) }
    }
  }

  @Test("groups that cannot be separated are an error")
  func inseparable() {
    let dataset = Dataset(
      root: "/data",
      items: [
        page("normal/1.jpg", .normal, contents: "1", group: "a"),
        page("mi/2.jpg", .mi, contents: "2", group: "a"),
        page("mi/3.jpg", .mi, contents: "3", group: "b"),
        page("hmi/4.jpg", .hmi, contents: "4", group: "b"),
        page("hmi/5.jpg", .hmi, contents: "5", group: "c"),
        page("normal/6.jpg", .normal, contents: "6", group: "c"),
      ])
    #expect(throws: DatasetError.inseparableGroups(path: "/data", sides: 2)) {
      try Split.make(dataset: dataset, protocol: .grouped, seed: 0)
    }
  }
}
