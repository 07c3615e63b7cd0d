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
    let numbers = cacheIndices
    var seen = Set<String>()
    return items.filter { item in
      guard item.part == part else { return false }
      return leaks || seen.insert(item.ecg).inserted
    }.map { item in
      EvaluationItem(
        name: item.name, path: item.path, ecg: item.ecg,
        sample: Sample(
          cacheIndex: numbers[item.ecg] ?? 0, label: item.class,
          augmentation: augmentation(of: item, ranges: ranges)))
    }.sorted { $0.name < $1.name }
  }

  /// The distinct ECGs of a part as they are, each by its first path, sorted by name.
  public func distinctItems(_ part: Part) -> [EvaluationItem] {
    let numbers = cacheIndices
    var seen = Set<String>()
    return items.filter { $0.part == part && seen.insert($0.ecg).inserted }.compactMap { item in
      numbers[item.ecg].map { number in
        EvaluationItem(
          name: item.path, path: item.path, ecg: item.ecg,
          sample: Sample(cacheIndex: number, label: item.class))
      }
    }.sorted { $0.name < $1.name }
  }

  /// The number of each ECG's page in ``PageCache``.
  var cacheIndices: [String: Int] {
    Dictionary(uniqueKeysWithValues: ecgs.enumerated().map { ($1, $0) })
  }

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
