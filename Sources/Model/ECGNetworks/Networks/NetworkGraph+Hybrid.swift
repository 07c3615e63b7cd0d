// The article's network, Table II line by line, and its single branches.

extension NetworkGraph {
  /// Slope of every LeakyReLU outside the trunk.
  static let leakySlope: Float = 0.1

  /// The spatial branch beside the global one, the neck and the head.
  ///
  /// - Source: Rishika et al., Table II. The neck's and `fc02`'s activations are ours: without
  ///   them both would collapse into one matrix.
  mutating func addDual(spatial: Bool, global: Bool) {
    let group = ParameterGroup.rest
    let slope = Self.leakySlope
    var parts: [Source] = []
    if spatial {
      let trunk = addTrunk()
      let adapted = convolution("adapter", trunk, to: 224, kernel: 1, bias: true, group: group)
      parts.append(averagePool("pool", adapted, side: 2, group: group))
      branches[.spatial] = [layers.count - 1]
    }
    if global {
      var x = wideLinear("fc01", to: 16, group: group)
      x = normalize("bn01", x, slope: slope, group: group)
      x = add("plane", .plane, [x], FeatureShape(c: 1, h: 4, w: 4), group)
      let conv04 = convolution(
        "conv04", x, to: 32, kernel: 3, bias: true, slope: slope, group: group)
      branches[.global] = specification.globalSkip ? [layers.count - 1] : []
      let conv05 = convolution(
        "conv05", conv04, to: 64, kernel: 3, padding: 1, bias: true, slope: slope, group: group)
      branches[.global]?.append(layers.count - 1)
      parts += specification.globalSkip ? [conv04, conv05] : [conv05]
    }
    let joined = parts.count == 1 ? parts[0] : concatenate("concatenation", parts, group: group)
    let neck = convolution(
      "conv07", joined, to: 256, kernel: 1, bias: true, slope: slope, group: group)
    let hidden = linear("fc02", neck, to: 512, slope: slope, group: group)
    let dropped = add(
      "dropout", .dropout(specification.dropout), [hidden], shape(hidden), group)
    _ = linear("fc03", dropped, to: specification.classes, group: group)
  }
}
