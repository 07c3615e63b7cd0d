// Extremes of values of which there is at least one.

extension Collection {
  /// The place of the greatest element in an order, the first of equal ones; there must be an element.
  @inlinable public func indexOfGreatest(by areInOrder: (Element, Element) -> Bool) -> Index {
    guard let index = indices.max(by: { areInOrder(self[$0], self[$1]) }) else {
      preconditionFailure("the greatest of no values")
    }
    return index
  }
}

extension Collection where Element: Comparable {
  /// The greatest element; there must be one.
  @inlinable public var greatest: Element {
    guard let greatest = self.max() else { preconditionFailure("the greatest of no values") }
    return greatest
  }

  /// The least element; there must be one.
  @inlinable public var least: Element {
    guard let least = self.min() else { preconditionFailure("the least of no values") }
    return least
  }
}
