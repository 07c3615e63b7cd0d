// What a network asks of a file: names and shapes.

import ECGNetworks

/// A tensor's name and shape, without its numbers.
struct TensorForm: Equatable, Sendable {
  /// The full name.
  let name: String
  /// The extent of each axis.
  let shape: [Int]
}

extension [TensorForm] {
  /// The tensors of these forms, in their order, when a file held all of them and no others.
  ///
  /// A file may lack what `optional` names; that stays out of the result. All names that are missing
  /// or too many are reported at once, so that another depth or another naming shows.
  func pick(
    from tensors: [NamedTensor], optional: Set<String> = [], path: String
  ) throws(WeightsError) -> [NamedTensor] {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = map(\.name).filter { byName[$0] == nil && !optional.contains($0) }
    guard missing.isEmpty else { throw .missingTensors(path, missing) }
    let known = Set(map(\.name))
    let unexpected = tensors.map(\.name).filter { !known.contains($0) }
    guard unexpected.isEmpty else { throw .unexpectedTensors(path, unexpected) }
    var picked: [NamedTensor] = []
    for form in self {
      guard let tensor = byName[form.name] else { continue }
      guard tensor.shape == form.shape else {
        throw .wrongShape(path, tensor: form.name, found: tensor.shape, expected: form.shape)
      }
      picked.append(tensor)
    }
    return picked
  }
}
