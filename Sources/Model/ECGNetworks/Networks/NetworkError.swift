// What can be wrong with tensors meant for a network.

/// Tensors that do not fit a network; the caller names the file they came from.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// The network needs a tensor that was not given.
  case missingTensor(name: String)
  /// A tensor has another shape than the network's.
  case wrongShape(name: String, expected: [Int], found: [Int])
  /// A tensor that the network does not know.
  case unknownTensor(name: String)

  /// What is wrong, without the file.
  public var description: String {
    switch self {
    case .missingTensor(let name): "it has no tensor \(name)"
    case .wrongShape(let name, let expected, let found):
      "its tensor \(name) has shape \(found), the network's has \(expected)"
    case .unknownTensor(let name): "its tensor \(name) is none of the network's"
    }
  }
}
