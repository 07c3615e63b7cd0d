// The pages of a data set with their identities.

import ECGFiles
import ECGSimilarity
import ECGTerms
import ECGTraces
import Foundation

/// A page of a data set.
public struct DatasetItem: Equatable, Sendable {
  /// Relative to the data set's folder, with `/` between components.
  public let path: String
  /// The class of the folder that holds the page.
  public let `class`: DiagnosticClass
  /// Of the file's bytes.
  public let sha256: SHA256Digest
  /// Of the decoded pixels, width and height included.
  public let pixels: SHA256Digest
  /// The ECG that the page shows: the first 16 hexadecimal digits of ``pixels``.
  ///
  /// Files with equal bytes decode to equal pixels, so the pixels alone decide; the identity stays
  /// the same whatever the file's name, its place and its neighbors.
  public let ecg: String
  /// What must stay on one side of a split; equals ``ecg`` where nothing wider is known.
  public let group: String
  /// The part that a folder above the class folders names, where there is one.
  public let declaredPart: DeclaredPart?

  /// A page; `group` is the ECG when it is `nil`.
  public init(
    path: String, class: DiagnosticClass, sha256: SHA256Digest, pixels: SHA256Digest,
    group: String? = nil, declaredPart: DeclaredPart? = nil
  ) {
    self.path = path
    self.class = `class`
    self.sha256 = sha256
    self.pixels = pixels
    ecg = ecgName(pixels)
    self.group = group ?? ecg
    self.declaredPart = declaredPart
  }
}

/// One ECG that lies in folders of different classes.
public struct LabelConflict: Equatable, Sendable {
  /// The ECG.
  public let ecg: String
  /// Its classes, in their order.
  public let classes: [DiagnosticClass]
  /// Its files, sorted.
  public let paths: [String]
}

/// The pages of a data set, each read once.
public struct Dataset: Equatable, Sendable {
  /// The folder, as given.
  public let root: String
  /// The classes and their folders.
  public let classFolders: ClassFolders
  /// Every file, sorted by path.
  public let items: [DatasetItem]
  /// Of every file's path, class and bytes: 64 hexadecimal digits, the same for any folder that
  /// holds the same pages under the same names.
  public let digest: String
  /// ECGs that lie under several classes, sorted; ``Split`` refuses them.
  public let labelConflicts: [LabelConflict]
  /// What joins ECGs into groups, beyond being one ECG.
  public let relations: [GroupRelation]
  /// Pages that could not be read and were left out, sorted by path.
  public let skipped: [SkippedPage]
  /// The most similar pairs of ECGs whose pixels differ, the most similar first; empty where they
  /// were not looked for.
  public let similarPairs: [SimilarPair]
  /// What reading found besides.
  public let notes: ReadingNotes
  /// What each ECG's page looks like, by the ECG; empty where it was not looked for.
  public let appearances: [String: PageAppearance]
  /// Distinct ECGs, sorted; ``PageCache`` numbers them in this order.
  public let ecgs: [String]

  /// A data set of known pages.
  ///
  /// - Parameters:
  ///   - root: The folder that the paths start from.
  ///   - items: In any order, each path once.
  ///   - classFolders: The classes of the items.
  public init(root: String, items: [DatasetItem], classFolders: ClassFolders = .archive) {
    self.init(root: root, items: items, classFolders: classFolders, relations: [])
  }

  /// A data set of known pages whose groups follow from relations.
  init(
    root: String, items: [DatasetItem], classFolders: ClassFolders = .archive,
    relations: [GroupRelation], skipped: [SkippedPage] = [],
    similarPairs: [SimilarPair] = [], notes: ReadingNotes = ReadingNotes(),
    appearances: [String: PageAppearance] = [:]
  ) {
    self.classFolders = classFolders
    self.appearances = appearances
    self.similarPairs = similarPairs
    self.notes = notes
    self.relations = relations
    self.skipped = skipped
    let items = items.sorted { $0.path < $1.path }
    self.root = root
    self.items = items
    let byECG = Dictionary(grouping: items, by: \.ecg)
    ecgs = byECG.keys.sorted()
    labelConflicts = ecgs.compactMap { ecg in
      let files = byECG[ecg] ?? []
      let classes = Set(files.map(\.class)).sorted { $0.index < $1.index }
      guard classes.count > 1 else { return nil }
      return LabelConflict(ecg: ecg, classes: classes, paths: files.map(\.path))
    }
    let lines = items.map { "\($0.path)\t\($0.class.key)\t\($0.sha256)\n" }
    digest = SHA256Digest.of(Data(lines.joined().utf8)).description
  }

  /// The path of an item's file, as it can be opened.
  public func filePath(_ item: DatasetItem) -> String { joinedPath(root, item.path) }

  /// All classes, with and without pages, in their order.
  public var classes: ClassList { classFolders.classes }

  /// Files and distinct ECGs of each class that has any, in the order of the classes.
  public var counts: [(class: DiagnosticClass, files: Int, distinct: Int)] {
    classes.compactMap { label in
      let files = items.filter { $0.class == label }
      guard !files.isEmpty else { return nil }
      return (label, files.count, Set(files.map(\.ecg)).count)
    }
  }
}

extension Dataset {
  /// Near-duplicates that lie under different classes, sorted; ``Split`` refuses them too.
  public var nearLabelConflicts: [LabelConflict] {
    let byECG = Dictionary(grouping: items, by: \.ecg)
    return nearCopySets.compactMap { set in
      let files = set.flatMap { byECG[$0] ?? [] }
      let classes = Set(files.map(\.class)).sorted { $0.index < $1.index }
      guard classes.count > 1 else { return nil }
      return LabelConflict(ecg: set[0], classes: classes, paths: files.map(\.path).sorted())
    }
  }

  /// Refuses one ECG under several classes, be its pages equal or near-duplicates.
  ///
  /// - Throws: ``DatasetError/labelConflict(path:conflict:others:)``.
  func checkLabels() throws(DatasetError) {
    let conflicts = labelConflicts + nearLabelConflicts
    guard let conflict = conflicts.first else { return }
    throw .labelConflict(path: root, conflict: conflict, others: conflicts.count - 1)
  }
}

/// The identity of the ECG that decodes to these pixels.
func ecgName(_ pixels: SHA256Digest) -> String { String(pixels.description.prefix(16)) }

/// A number for a name, the same on every machine (FNV-1a), as randomness is keyed by numbers.
func stableNumber(of name: String) -> UInt64 {
  name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
