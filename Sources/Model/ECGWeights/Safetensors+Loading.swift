// A file's tensors handed to whoever takes them, so that a misfit names the file.

import ECGNetworks

extension Safetensors {
  /// Reads a file and gives its tensors away, for example to `network.load`; returns the free text.
  ///
  /// - Throws: ``WeightsError/otherNetwork(_:_:)`` where the receiver refuses the tensors.
  @discardableResult
  public static func load(
    _ path: String, into receiver: ([NamedTensor]) throws(NetworkError) -> Void
  ) throws(WeightsError) -> [String: String] {
    let (tensors, metadata) = try read(path)
    do throws(NetworkError) { try receiver(tensors) } catch { throw .otherNetwork(path, error) }
    return metadata
  }
}
