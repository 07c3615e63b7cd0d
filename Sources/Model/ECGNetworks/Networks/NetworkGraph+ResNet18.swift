// ResNet-18's trunk, and the network that is nothing else.

extension NetworkGraph {
  /// The trunk with torchvision's names under `spatial.`, without pool and classifier.
  ///
  /// - Source: He, Zhang, Ren and Sun 2016, Table 1.
  mutating func addTrunk() -> Source {
    let group = ParameterGroup.trunk
    var x = stem("spatial.conv1", group: group)
    x = normalize("spatial.bn1", x, slope: 0, group: group)
    x = maxPool("spatial.maxpool", x, group: group)
    for (index, stage) in Stage.allCases.enumerated() {
      for block in 0..<2 {
        let stride = index > 0 && block == 0 ? 2 : 1
        x = basicBlock(
          "spatial.\(stage.rawValue).\(block)", x, to: 64 << index, stride: stride, group: group)
      }
      stages[stage] = layers.count - 1
    }
    return x
  }

  /// Two 3x3 convolutions and the shortcut around them.
  private mutating func basicBlock(
    _ name: String, _ input: Source, to k: Int, stride: Int, group: ParameterGroup
  ) -> Source {
    var x = convolution(
      "\(name).conv1", input, to: k, kernel: 3, stride: stride, padding: 1, group: group)
    x = normalize("\(name).bn1", x, slope: 0, group: group)
    x = convolution("\(name).conv2", x, to: k, kernel: 3, padding: 1, group: group)
    var shortcut = input
    if stride > 1 {
      shortcut = convolution(
        "\(name).downsample.0", input, to: k, kernel: 1, stride: stride, group: group)
      shortcut = normalize("\(name).downsample.1", shortcut, slope: 1, group: group)
    }
    return normalize("\(name).bn2", x, plus: shortcut, slope: 0, group: group)
  }

  mutating func addResNet18() {
    let trunk = addTrunk()
    let pooled = averagePool("avgpool", trunk, side: 1, group: .rest)
    _ = linear("fc", pooled, to: specification.classes, group: .rest)
  }
}
