// A data set parted for training and testing, and the file that keeps it.

import ECGFiles
import ECGTerms
import Foundation

/// A file of a split, or under ``SplitProtocol/paper`` a sample.
public struct SplitItem: Equatable, Sendable {
  /// Relative to the data set's folder.
  public let path: String
  /// The class of the folder that holds the page.
  public let `class`: DiagnosticClass
  /// Of the file's bytes.
  public let sha256: SHA256Digest
  /// The ECG that the page shows.
  public let ecg: String
  /// What a grouped split keeps on one side.
  public let group: String
  /// Where the item lies.
  public var part: Part
  /// The fold that tests the item in cross-validation, 0-based.
  public var fold: Int
  /// Under the article's protocol 0 for the file as it is, 1 and more for its augmented copies.
  public let copy: Int?

  /// An item.
  public init(
    path: String, class: DiagnosticClass, sha256: SHA256Digest, ecg: String, group: String,
    part: Part, fold: Int, copy: Int? = nil
  ) {
    self.path = path
    self.class = `class`
    self.sha256 = sha256
    self.ecg = ecg
    self.group = group
    self.part = part
    self.fold = fold
    self.copy = copy
  }

  /// What `predictions.csv` calls the item: its path, with `#copy` for an augmented copy.
  public var name: String {
    guard let copy, copy > 0 else { return path }
    return "\(path)#\(copy)"
  }
}

/// A data set parted for training and testing.
///
/// Every file is listed. Copies of a page take the part of their ECG (except under protocols that
/// leak), and an evaluation counts each distinct ECG once: see ``evaluationItems(_:)``.
public struct Split: Equatable, Sendable {
  /// What the split keeps apart.
  public let `protocol`: SplitProtocol
  /// Of every random choice in the split.
  public let seed: UInt64
  /// The share of the test set.
  public let testFraction: Double
  /// The share of the training ECGs that are held out for choices.
  public let innerFraction: Double
  /// How many folds there are.
  public let folds: Int
  /// The classes and their folders.
  public let classFolders: ClassFolders
  /// ``Dataset/digest`` of the data that was parted.
  public let dataDigest: String
  /// Files that could not be read when the split was made, and were left out.
  public let skipped: [SkippedPage]
  /// The groups of more than one file, with what joined them; empty in files of older versions.
  public let pageGroups: [PageGroup]
  /// Sets of ECGs that are near-duplicates of each other; empty in files of older versions.
  public let nearCopies: [[String]]
  /// What reading the data found besides; none in files of older versions.
  public let notes: ReadingNotes
  /// Sorted by path, then copy.
  public var items: [SplitItem]

  /// A split of known items.
  public init(
    protocol: SplitProtocol, seed: UInt64, testFraction: Double, innerFraction: Double,
    folds: Int, classFolders: ClassFolders = .archive, dataDigest: String,
    pageGroups: [PageGroup] = [],
    nearCopies: [[String]] = [], skipped: [SkippedPage] = [],
    notes: ReadingNotes = ReadingNotes(), items: [SplitItem]
  ) {
    self.notes = notes
    self.nearCopies = nearCopies
    self.protocol = `protocol`
    self.seed = seed
    self.testFraction = testFraction
    self.innerFraction = innerFraction
    self.folds = folds
    self.classFolders = classFolders
    self.dataDigest = dataDigest
    self.pageGroups = pageGroups
    self.skipped = skipped
    self.items = items.sorted { ($0.path, $0.copy ?? 0) < ($1.path, $1.copy ?? 0) }
  }

  /// Whether one ECG can lie on both sides.
  public var leaks: Bool { `protocol`.leaks }

  /// Distinct ECGs, sorted; equals ``Dataset/ecgs`` of the data that was parted.
  public var ecgs: [String] { Set(items.map(\.ecg)).sorted() }

  /// For an ECG that has near-duplicates, the first of its set.
  var firstCopies: [String: String] {
    Dictionary(nearCopies.flatMap { set in set.map { ($0, set[0]) } }) { first, _ in first }
  }

  /// The group of each ECG.
  public var groups: [String: String] {
    Dictionary(items.map { ($0.ecg, $0.group) }) { first, _ in first }
  }

  /// All classes, with and without items, in their order: the outputs of a network.
  public var classList: ClassList { classFolders.classes }

  /// The classes that have items, in their order.
  public var classes: [DiagnosticClass] {
    let present = Set(items.map(\.class))
    return classList.filter { present.contains($0) }
  }

  /// How many items and distinct ECGs of a class lie in a part.
  public func count(_ part: Part, _ label: DiagnosticClass) -> (items: Int, distinct: Int) {
    let found = items.filter { $0.part == part && $0.class == label }
    return (found.count, Set(found.map(\.ecg)).count)
  }
}

/// An item as `split.json` has it, its class by key.
private struct StoredItem: Codable {
  let path, `class`: String
  let sha256: SHA256Digest
  let ecg, group: String
  let part: Part
  let fold: Int
  let copy: Int?

  init(_ item: SplitItem) {
    (path, `class`, sha256, ecg) = (item.path, item.class.key, item.sha256, item.ecg)
    (group, part, fold, copy) = (item.group, item.part, item.fold, item.copy)
  }

  /// The item; `nil` where no class has its key.
  func item(_ classes: ClassList) -> SplitItem? {
    classes[key: `class`].map {
      SplitItem(
        path: path, class: $0, sha256: sha256, ecg: ecg, group: group, part: part, fold: fold,
        copy: copy)
    }
  }
}

extension Split: Codable {
  private enum CodingKeys: String, CodingKey {
    case `protocol`, seed
    case testFraction = "test"
    case innerFraction = "inner"
    case folds
    case classes
    case ignoredFolders = "ignored_folders"
    case dataDigest = "data_digest"
    case pageGroups = "groups"
    case nearCopies = "near_copies"
    case skipped, items, unused
    case notCompared = "not_compared"
    case groupTable = "group_table"
  }

  /// Reads `split.json`; the inner share and the number of folds may be missing, and the classes where
  /// they are the archive's.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let `protocol` = try fields.decode(SplitProtocol.self, forKey: .protocol)
    let classFolders = try fields.decodeIfPresent([StoredClass].self, forKey: .classes).map {
      try ClassFolders(
        stored: $0,
        ignored: try fields.decodeIfPresent([String].self, forKey: .ignoredFolders) ?? [],
        path: "classes")
    }
    let items = try fields.decode([StoredItem].self, forKey: .items).map { stored in
      guard let item = stored.item(classFolders?.classes ?? .archive) else {
        throw DecodingError.dataCorruptedError(
          forKey: .items, in: fields, debugDescription: "no class is called \"\(stored.class)\"")
      }
      return item
    }
    let lastFold = items.map(\.fold).max() ?? 0
    self.init(
      protocol: `protocol`, seed: try fields.decode(UInt64.self, forKey: .seed),
      testFraction: try fields.decode(Double.self, forKey: .testFraction),
      innerFraction: try fields.decodeIfPresent(Double.self, forKey: .innerFraction)
        ?? (`protocol` == .paper ? 0 : 0.1),
      folds: try fields.decodeIfPresent(Int.self, forKey: .folds)
        ?? max(`protocol`.isDeclared ? 1 : 2, lastFold + 1),
      classFolders: classFolders ?? .archive,
      dataDigest: try fields.decode(String.self, forKey: .dataDigest),
      pageGroups: try fields.decodeIfPresent([PageGroup].self, forKey: .pageGroups) ?? [],
      nearCopies: try fields.decodeIfPresent([[String]].self, forKey: .nearCopies) ?? [],
      skipped: try fields.decodeIfPresent([SkippedPage].self, forKey: .skipped) ?? [],
      notes: ReadingNotes(
        unused: try fields.decodeIfPresent([UnusedEntry].self, forKey: .unused) ?? [],
        notCompared: try fields.decodeIfPresent([String].self, forKey: .notCompared) ?? [],
        groupTable: try fields.decodeIfPresent(GroupTableFit.self, forKey: .groupTable)),
      items: items)
  }

  /// Writes `split.json`; notes that are empty have no key.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(`protocol`, forKey: .protocol)
    try fields.encode(seed, forKey: .seed)
    try fields.encode(testFraction, forKey: .testFraction)
    try fields.encode(innerFraction, forKey: .innerFraction)
    try fields.encode(folds, forKey: .folds)
    try fields.encode(classFolders.stored, forKey: .classes)
    if !classFolders.ignored.isEmpty {
      try fields.encode(classFolders.ignored, forKey: .ignoredFolders)
    }
    try fields.encode(dataDigest, forKey: .dataDigest)
    try fields.encode(pageGroups, forKey: .pageGroups)
    try fields.encode(nearCopies, forKey: .nearCopies)
    try fields.encode(skipped, forKey: .skipped)
    if !notes.unused.isEmpty { try fields.encode(notes.unused, forKey: .unused) }
    if !notes.notCompared.isEmpty { try fields.encode(notes.notCompared, forKey: .notCompared) }
    try fields.encodeIfPresent(notes.groupTable, forKey: .groupTable)
    try fields.encode(items.map(StoredItem.init), forKey: .items)
  }
}
