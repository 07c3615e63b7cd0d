// That a run's weights are its own.

import ECGNetworks
import ECGWeights

extension RunRecord {
  /// Reads a file of the run's weights into a network.
  ///
  /// The file's metadata hold ``identity()``; files of older versions have none and are not checked.
  ///
  /// - Throws: ``TrainingError/otherWeights(path:)`` where they are another run's; `WeightsError`.
  func loadWeights(_ path: String, into network: Network) throws {
    let (tensors, metadata) = try Safetensors.read(path)
    if let found = metadata[Self.identityKey], found != (try identity()) {
      throw TrainingError.otherWeights(path: path)
    }
    do throws(NetworkError) { try network.load(tensors) } catch {
      throw WeightsError.otherNetwork(path, error)
    }
  }

  /// The key of ``identity()`` in the metadata.
  static var identityKey: String { "run" }
}
