// Medians: of an even number of values either the mean of the middle two or the upper one.

extension Collection where Element: FloatingPoint {
  /// The middle value, or the mean of the middle two; there must be a value.
  @inlinable public var median: Element {
    precondition(!isEmpty, "the median of no values")
    let sorted = sorted()
    let half = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
  }

  /// The middle value, or the upper of the middle two; there must be a value.
  @inlinable public var upperMedian: Element { upperMedian(by: <) }
}

extension Collection {
  /// The middle element in an order, or the later of the middle two; there must be an element.
  @inlinable public func upperMedian(by areInOrder: (Element, Element) -> Bool) -> Element {
    precondition(!isEmpty, "the median of no values")
    return sorted(by: areInOrder)[count / 2]
  }
}
