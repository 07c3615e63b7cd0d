// Numbers as results print them.

import ECGMetrics
import Foundation

package extension Double {
  /// The number with a fixed count of decimals.
  func formatted(digits: Int) -> String { String(format: "%.\(digits)f", self) }
}

package extension Int {
  /// The number with a comma before every three digits.
  var grouped: String {
    var digits = Array(String(magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (self < 0 ? "-" : "") + String(digits)
  }
}

/// A share with three decimals, `-` where it cannot be computed.
package func shareText(_ value: Double?) -> String { value.map { $0.formatted(digits: 3) } ?? "-" }

/// A figure with its interval, where it has one.
package func shareText(_ value: Double?, _ interval: ConfidenceInterval?) -> String {
  guard let interval else { return shareText(value) }
  return "\(shareText(value)) [\(shareText(interval.lower)), \(shareText(interval.upper))]"
}

package extension String {
  /// The text with a capital at its beginning.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
