// Tensors from and to the bytes of a safetensors file.

import ECGFiles
import ECGNetworks
import Foundation

extension Safetensors {
  /// The most bytes that a header may have.
  static let largestHeader = 100_000_000

  /// The tensors and the free text in the bytes of a file.
  static func tensors(
    in bytes: UnsafeRawBufferPointer
  ) throws(SafetensorsFault) -> (tensors: [NamedTensor], metadata: [String: String]) {
    guard bytes.count >= 8 else { throw .tooShort(bytes: bytes.count) }
    guard !isPickled(bytes) else { throw .pickled }
    let announced = bytes.loadUnaligned(as: UInt64.self)
    guard announced <= largestHeader else { throw .headerTooLarge(bytes: announced) }
    let length = Int(announced)
    guard length <= bytes.count - 8 else {
      throw .headerBeyondEnd(header: length, available: bytes.count - 8)
    }
    let header = try SafetensorsHeaderParser.header(in: Array(bytes[8..<8 + length]))
    let data = UnsafeRawBufferPointer(rebasing: bytes[(8 + length)...])
    let types = try header.checkedTypes(dataBytes: data.count)
    var tensors: [NamedTensor] = []
    for (entry, type) in zip(header.entries, types) {
      let values = type.floats(in: UnsafeRawBufferPointer(rebasing: data[entry.begin..<entry.end]))
      try requireFinite(values, of: entry.name)
      tensors.append(NamedTensor(name: entry.name, shape: entry.shape, values: values))
    }
    return (tensors, header.metadata)
  }

  /// Writes a file of these tensors, or returns the fault that keeps the old one in its place.
  static func replaceFile(
    _ path: String, with tensors: [LiveTensor], metadata: [String: String]
  ) throws(FileError) -> SafetensorsFault? {
    precondition(
      Set(tensors.map(\.name) + ["__metadata__"]).count == tensors.count + 1,
      "two tensors of one name, or one called __metadata__")
    let file = try AtomicFile(replacing: path)
    let header = SafetensorsHeaderWriter.header(of: tensors, metadata: metadata)
    var start = withUnsafeBytes(of: UInt64(header.count)) { Data($0) }
    start.append(contentsOf: header)
    try file.write(start)
    for tensor in tensors {
      let values = tensor.values()
      precondition(
        values.count == tensor.shape.reduce(1, *),
        "\(tensor.name): \(values.count) values for shape \(tensor.shape)")
      do throws(SafetensorsFault) { try requireFinite(values, of: tensor.name) } catch {
        return error
      }
      try values.withUnsafeBytes { bytes in
        Result { () throws(FileError) in try file.write(bytes) }
      }.get()
    }
    try file.finish()
    return nil
  }

  private static func requireFinite(
    _ values: [Float], of tensor: String
  ) throws(SafetensorsFault) {
    // The largest magnitude tells it of all at once.
    let magnitudes: UInt32 = 0x7FFF_FFFF
    let largest = values.reduce(0) { max($0, $1.bitPattern & magnitudes) }
    guard largest >= Float.infinity.bitPattern else { return }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(tensor: tensor, index: index)
    }
  }

  /// Whether the bytes begin as PyTorch's archive (a zip) or its older bare pickle does.
  private static func isPickled(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let isZip = bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    let isPickle = bytes[0] == 0x80 && (2...5).contains(bytes[1])
    let isHeaderNext = bytes.count > 8 && bytes[8] == UInt8(ascii: "{")
    return isZip || isPickle && !isHeaderNext
  }
}
