// Names and shapes of torchvision's ResNet-18 without its classifier.

enum ResNet18Forms {
  /// The trunk's 120 tensors in torchvision's order.
  static let all: [TensorForm] = {
    var forms = [TensorForm(name: "conv1.weight", shape: [64, 3, 7, 7])]
    forms += normalization("bn1", 64)
    var width = 64
    for (stage, channels) in [64, 128, 256, 512].enumerated() {
      for block in 0..<2 {
        let prefix = "layer\(stage + 1).\(block)"
        forms.append(.init(name: "\(prefix).conv1.weight", shape: [channels, width, 3, 3]))
        forms += normalization("\(prefix).bn1", channels)
        forms.append(.init(name: "\(prefix).conv2.weight", shape: [channels, channels, 3, 3]))
        forms += normalization("\(prefix).bn2", channels)
        if width != channels {
          let projection = [channels, width, 1, 1]
          forms.append(.init(name: "\(prefix).downsample.0.weight", shape: projection))
          forms += normalization("\(prefix).downsample.1", channels)
        }
        width = channels
      }
    }
    return forms
  }()

  /// How many batches each BatchNorm has seen: of no effect here, and often left out of files.
  static let counters = Set(all.map(\.name).filter { $0.hasSuffix(".num_batches_tracked") })

  private static func normalization(_ name: String, _ channels: Int) -> [TensorForm] {
    ["weight", "bias", "running_mean", "running_var"].map {
      TensorForm(name: "\(name).\($0)", shape: [channels])
    } + [TensorForm(name: "\(name).num_batches_tracked", shape: [])]
  }
}
