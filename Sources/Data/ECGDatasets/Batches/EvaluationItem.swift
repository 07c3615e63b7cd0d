// What an evaluation looks at.

import ECGRandom
import ECGRaster
import ECGTerms

/// One image of an evaluation.
public struct EvaluationItem: Equatable, Sendable {
  /// What `predictions.csv` calls it: the path, with `#copy` for an augmented copy.
  public let name: String
  /// Relative to the data set's folder.
  public let path: String
  /// The ECG on it.
  public let ecg: String
  /// The image, with its true class.
  public let sample: Sample
}

extension Split {
  /// The images that an evaluation of a part looks at, sorted by name.
  ///
  /// Each distinct ECG once, by its first path; under ``SplitProtocol/files`` every file, under
  /// ``SplitProtocol/paper`` every sample, its copies augmented.
  public func evaluationItems(
    _ part: Part, ranges: Augmentation.Ranges = .standard
  ) -> [EvaluationItem] {
    let numbers = pageNumbers
    var seen = Set<String>()
    return items.filter { item in
      guard item.part == part else { return false }
      return `protocol`.countsEveryItem || seen.insert(item.ecg).inserted
    }.map { item in
      EvaluationItem(
        name: item.name, path: item.path, ecg: item.ecg,
        sample: Sample(
          cacheIndex: numbers.index(of: item.ecg), label: item.class,
          augmentation: augmentation(of: item, ranges: ranges)))
    }.sorted { $0.name < $1.name }
  }

  /// The distinct ECGs of a part as they are, each by its first path, sorted by name.
  public func distinctItems(_ part: Part) -> [EvaluationItem] {
    let numbers = pageNumbers
    var seen = Set<String>()
    return items.filter { $0.part == part && seen.insert($0.ecg).inserted }.map { item in
      EvaluationItem(
        name: item.path, path: item.path, ecg: item.ecg,
        sample: Sample(cacheIndex: numbers.index(of: item.ecg), label: item.class))
    }.sorted { $0.name < $1.name }
  }

  /// The number of each ECG's page in ``PageCache``.
  public var pageNumbers: PageNumbers { PageNumbers(ecgs) }

  /// The lasting change of a sample: none for a file as it is; for an augmented copy the one that
  /// (seed, ECG, path, copy) give, so that byte copies of a page do not make equal samples.
  func augmentation(of item: SplitItem, ranges: Augmentation.Ranges) -> Augmentation {
    guard let copy = item.copy, copy > 0 else { return .identity }
    var random = Philox(
      seed: seed, for: .augmentation, ecgNumber(item.ecg), stableNumber(of: item.path),
      UInt64(copy))
    return Augmentation(drawnFrom: &random, ranges: ranges)
  }
}

/// The numbers of a split's ECGs in ``PageCache`` and in tables with one row per ECG: their places in ``Split/ecgs``.
public struct PageNumbers: Sendable {
  private let numbers: [String: Int]

  init(_ ecgs: [String]) {
    numbers = Dictionary(uniqueKeysWithValues: ecgs.enumerated().map { ($1, $0) })
  }

  /// The number of an ECG, which must be the split's.
  public func index(of ecg: String) -> Int {
    guard let number = numbers[ecg] else { preconditionFailure("ECG \(ecg) is not in the split") }
    return number
  }
}
