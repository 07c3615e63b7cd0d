// The two networks that read a page's traces in place of its pixels.

extension NetworkGraph {
  /// Logistic regression: one linear layer.
  mutating func addBeatsLinear() {
    _ = wideLinear("linear", to: specification.classes, group: .rest)
  }

  /// A dense layer to 32 features, in halves as the engine has them, and one to the logits, with batch
  /// normalization and dropout between them.
  mutating func addBeats() {
    let halves = ["fc01", "fc02"].map { wideLinear($0, to: 16, group: .rest) }
    let hidden = concatenate("concatenation", halves, group: .rest)
    let active = normalize("bn01", hidden, slope: Self.leakySlope, group: .rest)
    let dropped = add(
      "dropout", .dropout(specification.dropout), [active], shape(active), .rest)
    _ = linear("fc03", dropped, to: specification.classes, group: .rest)
  }
}
