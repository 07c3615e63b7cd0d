// A sequential network of the trunk's size: the article's "traditional CNN".

extension NetworkGraph {
  /// ResNet-18's trunk without its shortcuts, as one list of layers `features.N`.
  mutating func addPlainCNN() {
    let group = ParameterGroup.rest
    var x = stem("features.0", group: group)
    x = normalize("features.1", x, slope: 0, group: group)
    x = maxPool("features.3", x, group: group)
    var index = 4
    for (stage, channels) in [64, 128, 256, 512].enumerated() {
      for position in 0..<4 {
        let stride = stage > 0 && position == 0 ? 2 : 1
        x = convolution(
          "features.\(index)", x, to: channels, kernel: 3, stride: stride, padding: 1, group: group)
        x = normalize("features.\(index + 1)", x, slope: 0, group: group)
        index += 3
      }
    }
    x = averagePool("avgpool", x, side: 1, group: group)
    _ = linear("fc", x, to: specification.classes, group: group)
  }
}
