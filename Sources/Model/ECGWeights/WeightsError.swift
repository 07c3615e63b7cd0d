// What can go wrong between a network and a file of weights.

import ECGFiles
import ECGNetworks

/// A fault of reading or writing weights; the file's path comes first in every case.
public enum WeightsError: ExitStatusError, Equatable {
  /// The file system's fault.
  case file(FileError)
  /// The bytes are not a sound safetensors file of finite numbers.
  case damaged(String, SafetensorsFault)
  /// A network refuses the file's tensors.
  case otherNetwork(String, NetworkError)
  /// Tensors that a trunk has and the file lacks.
  case missingTensors(String, [String])
  /// Tensors that the file has and a trunk lacks.
  case unexpectedTensors(String, [String])
  /// A tensor of another shape than the trunk's.
  case wrongShape(String, tensor: String, found: [Int], expected: [Int])
  /// Several trunks in one file, under these prefixes.
  case severalTrunks(String, prefixes: [String])

  /// Exit status.
  public var exitStatus: ExitStatus {
    switch self {
    case .file(let error): error.exitStatus
    default: .badData
    }
  }

  /// One line: the file, the problem, the remedy.
  public var description: String {
    let text =
      switch self {
      case .file(let error): error.description
      case .damaged(let path, let fault): "\(path): \(fault)"
      case .otherNetwork(let path, let error):
        "\(path): checkpoint of another network (\(error)); give weights of this network"
      case .missingTensors(let path, let names):
        "\(path): checkpoint of another network (it lacks \(Self.list(names))); "
          + "give weights of a ResNet-18"
      case .unexpectedTensors(let path, let names):
        "\(path): checkpoint of another network (it also holds \(Self.list(names))); "
          + "give weights of a ResNet-18"
      case .wrongShape(let path, let tensor, let found, let expected):
        "\(path): checkpoint of another network (tensor '\(tensor)' is \(Self.shape(found)), "
          + "in a ResNet-18 it is \(Self.shape(expected))); give weights of a ResNet-18"
      case .severalTrunks(let path, let prefixes):
        "\(path): several trunks (under \(Self.list(prefixes))); keep one and save the file again"
      }
    return String(text.map { $0.isNewline ? " " : $0 })
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }

  private static func shape(_ shape: [Int]) -> String {
    shape.isEmpty ? "a scalar" : shape.map(String.init).joined(separator: "x")
  }
}
