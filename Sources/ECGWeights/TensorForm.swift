// What a network asks of a file: names and shapes.

import ECGNetworks

/// A tensor's name and shape, without its numbers.
public struct TensorForm: Equatable, Sendable {
  /// The full name.
  public let name: String
  /// The extent of each axis.
  public let shape: [Int]

  /// A form by its parts.
  public init(name: String, shape: [Int]) {
    self.name = name
    self.shape = shape
  }

  /// The form of a tensor.
  public init(_ tensor: NamedTensor) { self.init(name: tensor.name, shape: tensor.shape) }
}

/// The tensors of `forms`, in their order, when the file at `path` held all of them and no others.
///
/// - Parameters:
///   - optional: names of forms that a file may lack; they stay out of the result.
public func fit(
  _ tensors: [NamedTensor], to forms: [TensorForm], optional: Set<String> = [], path: String
) throws(WeightsError) -> [NamedTensor] {
  let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  let missing = forms.map(\.name).filter { byName[$0] == nil && !optional.contains($0) }
  guard missing.isEmpty else { throw .missingTensors(path, missing) }
  let known = Set(forms.map(\.name))
  let unexpected = tensors.map(\.name).filter { !known.contains($0) }
  guard unexpected.isEmpty else { throw .unexpectedTensors(path, unexpected) }
  var fitted: [NamedTensor] = []
  for form in forms {
    guard let tensor = byName[form.name] else { continue }
    guard tensor.shape == form.shape else {
      throw .wrongShape(path, tensor: form.name, found: tensor.shape, expected: form.shape)
    }
    fitted.append(tensor)
  }
  return fitted
}

extension Safetensors {
  /// The tensors and the free text of a checkpoint that holds exactly `forms`, in their order.
  public static func read(
    _ path: String, fitting forms: [TensorForm]
  ) throws(WeightsError) -> (tensors: [NamedTensor], metadata: [String: String]) {
    let (tensors, metadata) = try read(path)
    return (try fit(tensors, to: forms, path: path), metadata)
  }
}
