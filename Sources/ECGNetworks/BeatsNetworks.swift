// The two networks that read a page's traces in place of its pixels.

extension NetworkGraph {
  /// Logistic regression: one linear layer.
  mutating func addBeatsLinear() {
    _ = wideLinear("linear", to: specification.classes, group: .rest)
  }

  /// Two dense layers with batch normalisation and dropout between them.
  mutating func addBeats() {
    let hidden = wideLinear("fc01", to: 16, group: .rest)
    let active = normalize("bn01", hidden, slope: Self.leakySlope, group: .rest)
    let dropped = add(
      "dropout", .dropout(specification.dropout), [active], shape(active), .rest)
    _ = linear("fc02", dropped, to: specification.classes, group: .rest)
  }
}
