// A training's progress and epochs as people read them.

import ECGTraining
import Foundation

package extension TrainingProgress {
  /// Done, total, rate, running loss and time left.
  var text: String {
    var parts = ["epoch \(epoch)/\(epochs), \(stage.rawValue) \(step)/\(steps)"]
    parts.append("\(imagesPerSecond.formatted(digits: 1)) images/s")
    if let runningLoss { parts.append("loss \(runningLoss.formatted(digits: 3))") }
    if let secondsLeft { parts.append("\(duration(secondsLeft)) left") }
    return parts.joined(separator: ", ")
  }
}

package extension EpochRecord {
  /// An epoch's figures in a line.
  func text(of epochs: Int) -> String {
    var parts = ["epoch \(epoch)/\(epochs): loss \(trainLoss.formatted(digits: 3))"]
    parts.append("accuracy train \(shareText(trainAccuracy))")
    if let innerAccuracy { parts.append("inner \(shareText(innerAccuracy))") }
    if let testAccuracy { parts.append("test \(shareText(testAccuracy))") }
    parts.append("\(imagesPerSecond.formatted(digits: 1)) images/s")
    return parts.joined(separator: ", ")
  }
}

/// Seconds as `m:ss` or `h:mm:ss`.
package func duration(_ seconds: Double) -> String {
  let whole = Int(min(max(seconds, 0), 1e7).rounded())
  let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
  return hours > 0
    ? String(format: "%d:%02d:%02d", hours, minutes, rest)
    : String(format: "%d:%02d", minutes, rest)
}
