// Where in its recipe a step stands: its phase and its learning rates.

import Foundation

/// A step's place in the recipe.
public struct StepRates: Equatable, Sendable {
  /// The index of the phase.
  public let phase: Int
  /// The step's number within its phase, from 1: what Adam's bias correction counts.
  public let stepOfPhase: Int
  /// The trunk's learning rate; `nil` while it is frozen.
  public let trunk: Double?
  /// The learning rate of all other parameters.
  public let rest: Double

  /// The rates as `metrics.jsonl` lists them: the trunk's (0 while frozen), then the others'.
  public var list: [Double] { [trunk ?? 0, rest] }
}

extension Recipe {
  /// The rates of a step: a function of the recipe and the step's number alone.
  ///
  /// - Parameters:
  ///   - step: 1...(epochs x stepsPerEpoch), counted over all phases.
  ///   - stepsPerEpoch: How many steps an epoch has.
  public func rates(step: Int, stepsPerEpoch: Int) -> StepRates {
    let steps = epochs * stepsPerEpoch
    precondition((1...max(1, steps)).contains(step), "step \(step) of \(steps)")
    var first = 0
    var index = 0
    while index < phases.count - 1, step > first + phases[index].epochs * stepsPerEpoch {
      first += phases[index].epochs * stepsPerEpoch
      index += 1
    }
    let factor = schedule.factor(step: step, steps: steps)
    return StepRates(
      phase: index, stepOfPhase: step - first, trunk: phases[index].trunkRate.map { $0 * factor },
      rest: phases[index].restRate * factor)
  }
}

extension Recipe {
  /// The decay of the weights' moving average at a step of 1...: `nil` without an average.
  ///
  /// It rises as (1 + step) / (10 + step) to the recipe's: else a short training's average would
  /// still be mostly the initial weights (61 % of them after 50 steps of 0.99).
  public func averageDecay(step: Int) -> Double? {
    weightAverageDecay.map { min($0, Double(1 + step) / Double(10 + step)) }
  }
}

extension Schedule {
  /// What the phase's rate is multiplied by at a step of 1...steps.
  ///
  /// The cosine's warm-up reaches 1 at its last step; the last step of all is still above zero, so
  /// that none is in vain.
  public func factor(step: Int, steps: Int) -> Double {
    switch self {
    case .constant: return 1
    case .cosine(let warmUp):
      let rising = min(steps - 1, Int((warmUp * Double(steps)).rounded()))
      if step <= rising { return Double(step) / Double(rising) }
      return 0.5 * (1 + cos(.pi * Double(step - rising - 1) / Double(steps - rising)))
    }
  }
}

/// The sizes of an epoch's batches.
///
/// All are `batch` but the last. BatchNorm needs two images: a single one left over takes a second
/// from the batch before it, and is dropped where that is not possible (`batch` 2).
public func batchSizes(images: Int, batch: Int) -> [Int] {
  precondition(batch >= 2 && images >= 2, "batches of \(batch) from \(images) images")
  var sizes = Array(repeating: batch, count: images / batch)
  let left = images % batch
  if left >= 2 { sizes.append(left) }
  if left == 1, batch > 2 {
    sizes[sizes.count - 1] -= 1
    sizes.append(2)
  }
  return sizes
}
