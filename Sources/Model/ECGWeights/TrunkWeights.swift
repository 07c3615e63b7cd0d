// Initial weights of the trunk from other people's ResNet-18 files.

import ECGNetworks

/// Weights for the `spatial` part from a safetensors file with torchvision's or timm's names.
public enum TrunkWeights {
  /// The trunk's tensors under `spatial.`, in torchvision's order.
  ///
  /// The names may stand behind wrappers (`module.`, `model.`, `backbone.`, `spatial.`, `resnet.`,
  /// `encoder.`, also several); then whatever stands outside of them is left alone, so that the trunk
  /// of a whole checkpoint can be taken. The classifier (`fc.`, `classifier.`) is ignored; any other
  /// tensor means another network. `num_batches_tracked` is 0 where the file lacks it.
  public static func load(_ path: String) throws(WeightsError) -> [NamedTensor] {
    try trunk(in: Safetensors.read(path).tensors, path: path)
  }

  /// The trunk among the tensors of the file at `path`.
  static func trunk(
    in tensors: [NamedTensor], path: String
  ) throws(WeightsError) -> [NamedTensor] {
    let prefix = try wrapper(of: tensors.map(\.name), path: path)
    let inside = tensors.filter { $0.name.hasPrefix(prefix) }.map {
      $0.renamed(String($0.name.dropFirst(prefix.count)))
    }
    let trunk = inside.filter { tensor in
      !classifiers.contains { tensor.name.hasPrefix($0) }
    }
    let picked = try ResNet18Forms.all.pick(
      from: trunk, optional: ResNet18Forms.counters, path: path)
    let byName = Dictionary(uniqueKeysWithValues: picked.map { ($0.name, $0) })
    return ResNet18Forms.all.map { form in
      (byName[form.name] ?? NamedTensor(name: form.name, shape: form.shape, values: [0]))
        .renamed("spatial." + form.name)
    }
  }

  private static let wrappers = [
    "module.", "model.", "backbone.", "spatial.", "resnet.", "encoder.",
  ]
  private static let classifiers = ["fc.", "classifier."]

  /// What stands before the trunk's first name; nothing where that name is not found.
  private static func wrapper(of names: [String], path: String) throws(WeightsError) -> String {
    let first = ResNet18Forms.all[0].name
    let found = names.filter { $0.hasSuffix(first) }.map { String($0.dropLast(first.count)) }
      .filter(isWrapper)
    guard found.count <= 1 else { throw .severalTrunks(path, prefixes: found) }
    return found.first ?? ""
  }

  private static func isWrapper(_ prefix: String) -> Bool {
    guard !prefix.isEmpty else { return true }
    return wrappers.contains {
      prefix.hasPrefix($0) && isWrapper(String(prefix.dropFirst($0.count)))
    }
  }
}

extension NamedTensor {
  /// The same numbers under another name.
  fileprivate func renamed(_ name: String) -> NamedTensor {
    NamedTensor(name: name, shape: shape, values: values)
  }
}
