// What a network reads of each ECG: pixels, or scaled measures and beats.

import ECGBaselines
import ECGDatasets
import ECGNetworks
import ECGParallel

/// Where the numbers come from that a network reads.
public enum NetworkInput: Sendable {
  /// Squares of pixels, changed by each sample's augmentation.
  case squares(PageCache)
  /// Rows of columns; each draw of a training has noise of its own, as pages have augmentations.
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
      nonisolated(unsafe) let input = input
      pool.run(samples.count) { task, _ in
        columns.write(
          samples[samples.startIndex + task],
          to: input + task * NetworkSpecification.beatColumns)
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

  /// The deviation of a draw's noise; a measure's own is 1.
  ///
  /// A few hundred ECGs have more columns than
  /// samples: without noise a dense network learns them by heart.
  static let noise: Float = 0.7

  /// Writes a sample's row, a draw's with noise.
  func write(_ sample: Sample, to target: UnsafeMutablePointer<Float>) {
    let count = NetworkSpecification.beatColumns
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      target.update(from: start + sample.cacheIndex * count, count: count)
    }
    guard var random = sample.draw?.random(for: .columnNoise) else { return }
    for column in 0..<count { target[column] += Self.noise * Float(random.normal()) }
  }
}
