// Split files: what is written comes back, and what does not fit is said.

import ECGFiles
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGDatasets

@Suite("Checking splits")
struct SplitCheckingTests {
  static let dataset = plainDataset(
    ecgs: [.normal: 9, .abnormal: 8, .hmi: 7, .mi: 6], copies: 2)

  static func split(_ kind: SplitProtocol = .grouped) throws -> Split {
    try Split.make(dataset: dataset, protocol: kind, seed: 3)
  }

  @Test("comes back from its file", arguments: SplitProtocol.allCases)
  func roundTrip(_ kind: SplitProtocol) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/split.json"
      let split = try Self.split(kind)
      try split.write(to: path)
      #expect(try Split.read(path, for: Self.dataset) == split)
    }
  }

  @Test("has the keys of the contract")
  func keys() throws {
    let data = try encodeJSON(try Self.split())
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["protocol"] as? String == "grouped")
    #expect(object["seed"] as? Int == 3)
    #expect(object["test"] as? Double == 0.2)
    #expect(object["data_digest"] as? String == Self.dataset.digest)
    let items = try #require(object["items"] as? [[String: Any]])
    #expect(items.count == 60)
    #expect(
      Set(items[0].keys) == ["path", "class", "sha256", "ecg", "group", "part", "fold"])
    #expect(items[0]["class"] as? String == "abnormal")
  }

  @Test("the inner share and the number of folds may be missing")
  func shortForm() throws {
    let data = try encodeJSON(try Self.split())
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["inner"] = nil
    object["folds"] = nil
    let short = try JSONSerialization.data(withJSONObject: object)
    #expect(try JSONDecoder().decode(Split.self, from: short) == Self.split())
  }

  /// Writes a changed split and reads it for the data set.
  static func read(_ kind: SplitProtocol, _ change: (inout Split) -> Void) throws {
    try withTemporaryFolder { folder in
      var split = try split(kind)
      change(&split)
      try split.write(to: folder + "/split.json")
      _ = try Split.read(folder + "/split.json", for: dataset)
    }
  }

  static func changed(
    _ item: SplitItem, path: String? = nil, class label: DiagnosticClass? = nil,
    contents: String? = nil
  ) -> SplitItem {
    SplitItem(
      path: path ?? item.path, class: label ?? item.class,
      sha256: contents.map { fakeDigest($0) } ?? item.sha256, ecg: item.ecg, group: item.group,
      part: item.part, fold: item.fold, copy: item.copy)
  }

  /// Whether the error is of this kind and its message holds these words, on one line.
  static func expect(
    _ words: String, under kind: SplitProtocol = .grouped,
    _ change: @escaping (inout Split) -> Void
  ) {
    #expect {
      try read(kind, change)
    } throws: { error in
      guard let error = error as? DatasetError else { return false }
      return error.exitStatus == .badData && error.description.contains(words)
        && error.description.contains("/split.json: ") && !error.description.contains("\n")
    }
  }

  @Test("files that are missing, new, changed or moved to another class are named")
  func otherData() {
    Self.expect("normal/new.jpg is not in /data") {
      $0.items.append(Self.changed($0.items[0], path: "normal/new.jpg"))
    }
    Self.expect("abnormal/0-0.jpg is not in the split") { $0.items.removeFirst() }
    Self.expect("abnormal/0-0.jpg has other contents") {
      $0.items[0] = Self.changed($0.items[0], contents: "other")
    }
    Self.expect("abnormal/0-0.jpg is abnormal, not hmi") {
      $0.items[0] = Self.changed($0.items[0], class: .hmi)
    }
  }

  @Test(
    "an ECG on both sides is refused where the protocol forbids it",
    arguments: [
      SplitProtocol.distinct, .grouped,
    ])
  func leak(_ kind: SplitProtocol) {
    Self.expect("lies on both sides (abnormal/0-0.jpg, abnormal/0-1.jpg)", under: kind) {
      $0.items[1].part = $0.items[0].part == .test ? .train : .test
    }
  }

  @Test("an ECG in training and validation set is refused under every protocol with one")
  func innerLeak() {
    for kind in [SplitProtocol.files, .distinct, .grouped] {
      Self.expect("lies on both sides", under: kind) {
        ($0.items[0].part, $0.items[1].part) = (.train, .inner)
      }
    }
  }

  @Test("copies on both sides are allowed under the protocols that leak")
  func allowedLeak() throws {
    try Self.read(.files) { ($0.items[0].part, $0.items[1].part) = (.train, .test) }
  }

  @Test("a page listed twice, a wrong fold, an empty part and a wrong copy are refused")
  func malformed() {
    Self.expect("abnormal/0-0.jpg twice") { $0.items.append($0.items[0]) }
    Self.expect("abnormal/0-0.jpg in fold 5 of 5") { $0.items[0].fold = 5 }
    Self.expect("nothing in part test") { split in
      for index in split.items.indices { split.items[index].part = .train }
    }
    Self.expect("no mi in part train") { split in
      for index in split.items.indices where split.items[index].class == .mi {
        split.items[index].part = .test
      }
    }
    Self.expect("with a wrong \"copy\"") { split in
      let item = split.items[0]
      split.items[0] = SplitItem(
        path: item.path, class: item.class, sha256: item.sha256, ecg: item.ecg,
        group: item.group, part: item.part, fold: item.fold, copy: 1)
    }
  }

  @Test(
    "a file that is no split is said to be none", arguments: ["", "{}", "[1]", "{\"seed\": -1}"])
  func noSplit(_ text: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/split.json"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect {
        try Split.read(path)
      } throws: { error in
        guard case .malformedSplit(path, _)? = error as? DatasetError else { return false }
        return true
      }
      #expect(throws: FileError.missing(folder + "/no.json")) {
        try Split.read(folder + "/no.json")
      }
    }
  }

  @Test("groups are listed with what joined them; a file without the list is read")
  func groupsListed() throws {
    let relation = GroupRelation(.printedNumber, ecgs: Array(Self.dataset.ecgs.prefix(3)))
    let dataset = Self.dataset.joined(by: [relation])
    let split = try Split.make(dataset: dataset, protocol: .grouped, seed: 3)
    let wide = try #require(split.pageGroups.first { $0.ecgs.count == 3 })
    #expect(wide.sources == [.bytes, .printedNumber])
    #expect(Set(split.items.filter { $0.group == wide.group }.map(\.part)).count == 1)
    let data = try encodeJSON(split)
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let listed = try #require(object["groups"] as? [[String: Any]])
    #expect(listed.contains { $0["sources"] as? [String] == ["bytes", "printed_number"] })
    object["groups"] = nil
    let old = try JSONSerialization.data(withJSONObject: object)
    #expect(try JSONDecoder().decode(Split.self, from: old).pageGroups.isEmpty)
  }

  @Test("a grouped split that parts what the data say belongs together is refused")
  func widerGroups() throws {
    let split = try Self.split()
    let test = try #require(split.items.first { $0.part == .test })
    let train = try #require(split.items.first { $0.part == .train })
    let joined = Self.dataset.joined(by: [
      GroupRelation(.printedNumber, ecgs: [test.ecg, train.ecg])
    ])
    #expect(throws: DatasetError.self) { try split.check(against: joined, path: "s") }
    try split.check(against: Self.dataset, path: "s")
    // `distinct` looks at copies only.
    try Self.split(.distinct).check(against: joined, path: "s")
  }

  @Test("an ECG in two groups, and a list that is not the items', are refused")
  func groupsThatDisagree() throws {
    let split = try Self.split()
    try withTemporaryFolder { folder in
      let path = folder + "/split.json"
      func refuses(_ change: (inout [String: Any]) throws -> Void) throws {
        let data = try encodeJSON(split)
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        try change(&object)
        try JSONSerialization.data(withJSONObject: object).write(to: URL(fileURLWithPath: path))
        #expect {
          try Split.read(path)
        } throws: { error in
          if case DatasetError.malformedSplit = error { true } else { false }
        }
      }
      try refuses { object in
        var items = try #require(object["items"] as? [[String: Any]])
        items[0]["group"] = "another"
        object["items"] = items
      }
      try refuses { object in
        var groups = try #require(object["groups"] as? [[String: Any]])
        groups[0]["group"] = "another"
        object["groups"] = groups
      }
    }
  }
}
