// One line of `metrics.jsonl`: what an epoch did.

import ECGFiles
import Foundation

/// The figures of an epoch.
///
/// `train_loss` is the objective (labels smoothed, dropout on, mean over the epoch's images as they
/// were seen); the inner and test losses are plain cross-entropies. The inner figures are `nil`
/// without an validation set.
public struct EpochRecord: Equatable, Sendable {
  /// The epoch, from 1.
  public var epoch: Int
  /// The mean objective over the epoch's images.
  public var trainLoss: Double
  /// The share of them that was predicted rightly during training.
  public var trainAccuracy: Double
  /// The mean cross-entropy of the validation set.
  public var innerLoss: Double?
  /// The accuracy on the validation set.
  public var innerAccuracy: Double?
  /// The mean cross-entropy of the test set.
  public var testLoss: Double?
  /// The accuracy on the test set.
  public var testAccuracy: Double?
  /// The rates at the epoch's last step: the trunk's (0 while frozen), then all others'.
  public var learningRates: [Double]
  /// Images trained on.
  public var images: Int
  /// The time of the epoch's training steps.
  public var seconds: Double
  /// `images` over `seconds`.
  public var imagesPerSecond: Double
}

extension EpochRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case epoch, images, seconds
    case trainLoss = "train_loss"
    case trainAccuracy = "train_accuracy"
    case innerLoss = "inner_loss"
    case innerAccuracy = "inner_accuracy"
    case testLoss = "test_loss"
    case testAccuracy = "test_accuracy"
    case learningRates = "learning_rates"
    case imagesPerSecond = "images_per_second"
  }

  /// The record as a line of JSON, its keys in the order of the format's description.
  ///
  /// What is not a finite number is `null`.
  public var line: String {
    func number(_ value: Double?) -> String {
      guard let value, value.isFinite else { return "null" }
      return "\(value)"
    }
    let fields: [(CodingKeys, String)] = [
      (.epoch, "\(epoch)"),
      (.trainLoss, number(trainLoss)), (.trainAccuracy, number(trainAccuracy)),
      (.innerLoss, number(innerLoss)), (.innerAccuracy, number(innerAccuracy)),
      (.testLoss, number(testLoss)), (.testAccuracy, number(testAccuracy)),
      (.learningRates, "[\(learningRates.map(number).joined(separator: ","))]"),
      (.images, "\(images)"), (.seconds, number(seconds)),
      (.imagesPerSecond, number(imagesPerSecond)),
    ]
    return "{\(fields.map { "\"\($0.rawValue)\":\($1)" }.joined(separator: ","))}"
  }
}

/// The epochs of a run, as `metrics.jsonl` keeps them.
public struct TrainingHistory: Equatable, Sendable {
  /// The finished epochs, in order.
  public var epochs: [EpochRecord]

  /// A history; a run begins with an empty one.
  public init(epochs: [EpochRecord] = []) { self.epochs = epochs }

  /// Reads `metrics.jsonl`; a torn last line is dropped, a missing file is an empty history.
  public init(contentsOf path: String) throws(FileError) {
    epochs = try JSONLines(path: path).read(EpochRecord.self)
    for (index, record) in epochs.enumerated() where record.epoch != index + 1 {
      throw .malformed(path, reason: "line \(index + 1) is of epoch \(record.epoch)")
    }
  }

  /// Writes all lines, whole or not at all.
  public func write(to path: String) throws(FileError) {
    try writeAtomically(Data(epochs.map { $0.line + "\n" }.joined().utf8), to: path)
  }
}
