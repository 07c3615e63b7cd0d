// What a network reads of each ECG: pixels, or scaled measures and beats.

import ECGBaselines
import ECGDatasets
import ECGNetworks
import ECGParallel

/// Where the numbers come from that a network reads.
public enum NetworkInput: Sendable {
  /// Squares of pixels, changed by each sample's augmentation.
  case squares(PageCache)
  /// Rows of columns; an augmentation turns and shades a page, so it changes nothing here.
  case columns(BeatColumns)

  /// Writes samples' numbers, one after the other.
  ///
  /// - Parameters:
  ///   - samples: What to write, in order.
  ///   - input: Of the network's engine; as many images are overwritten as there are samples.
  ///   - pool: What the samples are shared out on.
  public func fill(
    _ samples: ArraySlice<Sample>, into input: UnsafeMutablePointer<Float>, pool: WorkerPool
  ) {
    switch self {
    case .squares(let cache): fillBatch(samples: samples, cache: cache, into: input, pool: pool)
    case .columns(let columns):
      for (place, sample) in samples.enumerated() {
        columns.write(sample.cacheIndex, to: input + place * NetworkSpecification.beatColumns)
      }
    }
  }
}

/// The rows of a ``BeatTable``, scaled.
public struct BeatColumns: Sendable {
  private let values: [Float]

  /// Scales a table's rows.
  public init(_ table: BeatTable, scaling: FeatureScaling) {
    self.init(rows: table.rows.map(\.values), scaling: scaling)
  }

  /// Scales rows of features, in the order of ``BeatFeatures/names``.
  public init(rows: [[Double?]], scaling: FeatureScaling) {
    values = rows.flatMap { scaling($0).map(Float.init) }
    precondition(
      values.count == rows.count * NetworkSpecification.beatColumns,
      "\(values.count) numbers in \(rows.count) rows")
  }

  /// Writes a row.
  func write(_ row: Int, to target: UnsafeMutablePointer<Float>) {
    let count = NetworkSpecification.beatColumns
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      target.update(from: start + row * count, count: count)
    }
  }
}
