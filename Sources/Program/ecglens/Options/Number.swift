// Numbers on the command line, each with the range that it must lie in.

import ECGFiles
import ECGTraining

/// Parsers for flags; what they refuse names the range.
enum Number {
  /// What is wrong with a value.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// A whole number in a range.
  static func whole(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
    { text in
      guard let value = Int(text), range.contains(value) else {
        throw Fault(
          description: "use a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return value
    }
  }

  /// A whole number in a setting's range.
  static func whole(_ setting: TrainingSetting) -> @Sendable (String) throws -> Int {
    guard case .whole(let range) = setting.declaration.range else {
      preconditionFailure("\(setting.rawValue) is no whole number")
    }
    return whole(range)
  }

  /// A proportion in a setting's range.
  static func proportion(_ setting: TrainingSetting) -> @Sendable (String) throws -> Double {
    guard case .proportion(let includingZero) = setting.declaration.range else {
      preconditionFailure("\(setting.rawValue) is no proportion")
    }
    return real(from: 0, to: 1, includingLow: includingZero, includingHigh: false)
  }

  /// Whole numbers in a range, separated by commas.
  static func wholes(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> [Int] {
    { text in
      let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard values.allSatisfy({ $0.map(range.contains) ?? false }) else {
        throw Fault(
          description: "use whole numbers from \(range.lowerBound) to \(range.upperBound), "
            + "separated by commas")
      }
      return values.compactMap { $0 }
    }
  }

  /// A bound without needless decimals.
  private static func text(_ bound: Double) -> String {
    bound == bound.rounded() ? String(Int(bound)) : String(bound)
  }

  /// A number above `low` and below or at `high`; `low` itself only where `includingLow` says so.
  static func real(
    from low: Double, to high: Double, includingLow: Bool = true, includingHigh: Bool = true
  ) -> @Sendable (String) throws -> Double {
    { argument in
      let value = Double(argument) ?? .nan
      guard value >= low, value <= high, includingLow || value > low, includingHigh || value < high
      else {
        let open = includingLow ? "of at least" : "above"
        let close = includingHigh ? "at most" : "below"
        throw Fault(
          description: "use a number \(open) \(text(low)) and \(close) \(text(high))")
      }
      return value
    }
  }
}
