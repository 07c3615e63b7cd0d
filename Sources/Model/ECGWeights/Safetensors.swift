// Files of named tensors: safetensors, the format of every checkpoint here.

import ECGFiles
import ECGNetworks
import Foundation

/// Reading and writing safetensors files.
///
/// A file is eight bytes with the header's length, the header (JSON: each tensor's type, shape and
/// byte offsets), and the numbers, little-endian and row-major. Reading is a ladder of checks, each
/// with its own `SafetensorsFault`: sizes are capped before anything is allocated, every byte of data
/// belongs to exactly one tensor, and every number is finite.
/// - Source: the format's description in huggingface/safetensors.
public enum Safetensors {
  /// The tensors of a file in the order of its header, and its free text.
  ///
  /// F32 is copied; F64, F16, BF16, I64, I32 and U8 become the nearest `Float`.
  public static func read(
    _ path: String
  ) throws(WeightsError) -> (tensors: [NamedTensor], metadata: [String: String]) {
    let file: MappedFile
    do throws(FileError) { file = try MappedFile(path: path) } catch { throw .file(error) }
    defer { withExtendedLifetime(file) {} }
    do throws(SafetensorsFault) {
      return try tensors(in: file.bytes)
    } catch {
      throw .damaged(path, error)
    }
  }

  /// Writes tensors as F32 in the order given; the same input gives the same bytes.
  ///
  /// The file is the old one or the new one, never a mixture. A number that is not finite is
  /// refused and the old file stays, since no reader here would take the new one back.
  public static func write(
    _ tensors: [NamedTensor], metadata: [String: String] = [:], to path: String
  ) throws(WeightsError) {
    try write(tensors.map { LiveTensor($0) }, metadata: metadata, to: path)
  }

  /// Writes tensors whose numbers are read one tensor after the other, as their turn comes.
  public static func write(
    _ tensors: [LiveTensor], metadata: [String: String] = [:], to path: String
  ) throws(WeightsError) {
    let fault: SafetensorsFault?
    do throws(FileError) {
      fault = try replaceFile(path, with: tensors, metadata: metadata)
    } catch {
      throw .file(error)
    }
    if let fault { throw .damaged(path, fault) }
  }
}
