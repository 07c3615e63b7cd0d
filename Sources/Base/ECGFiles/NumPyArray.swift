// Arrays of Float in NumPy's file format.

import Foundation

/// `.npy` files of little-endian 32-bit floats, rows first.
/// - Source: NumPy Enhancement Proposal 1, versions 1.0 to 3.0 of the format.
public enum NumPyArray {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Writes an array, whole or not at all (format version 1.0).
  ///
  /// - Parameters:
  ///   - values: Row-major.
  ///   - shape: Its product is the number of values.
  ///   - path: The file.
  public static func write(_ values: [Float], shape: [Int], to path: String) throws(FileError) {
    precondition(
      shape.reduce(1, *) == values.count, "\(values.count) values in an array of shape \(shape)")
    let sides = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sides)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var data = Data(magic + [1, 0])
    withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header.utf8)
    values.map(\.bitPattern.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
    try writeAtomically(data, to: path)
  }

  /// Reads an array that `write`, or NumPy from a C-ordered float32 array, has written.
  ///
  /// - Throws: ``FileError/malformed(_:reason:)`` for any other content, also when bytes are
  ///   missing or left over.
  public static func read(_ path: String) throws(FileError) -> (values: [Float], shape: [Int]) {
    let bytes = [UInt8](try readFile(path))
    guard bytes.count >= 12, Array(bytes[..<6]) == magic else {
      throw .malformed(path, reason: "not a NumPy array")
    }
    guard (1...3).contains(bytes[6]) else {
      throw .malformed(path, reason: "format version \(bytes[6])")
    }
    let start = bytes[6] == 1 ? 10 : 12
    var length = 0
    for i in (8..<start).reversed() { length = length << 8 | Int(bytes[i]) }
    guard length <= bytes.count - start else { throw .malformed(path, reason: "header cut off") }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
      .filter { $0 != " " }
    guard header.contains("'descr':'<f4'"), header.contains("'fortran_order':False") else {
      throw .malformed(path, reason: "not C-ordered little-endian float32")
    }
    guard let shape = shape(in: header) else {
      throw .malformed(path, reason: "no shape in the header")
    }
    var count = 1
    for side in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: side)
      guard !overflow else { throw .malformed(path, reason: "shape \(shape)") }
      count = product
    }
    let body = bytes[(start + length)...]
    guard body.count / 4 == count, body.count % 4 == 0 else {
      throw .malformed(path, reason: "\(body.count) bytes of values for shape \(shape)")
    }
    let values = body.withUnsafeBytes { raw in
      (0..<count).map { index in
        let bits = raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
    return (values, shape)
  }

  private static func shape(in header: String) -> [Int]? {
    guard let open = header.range(of: "'shape':("), let close = header.lastIndex(of: ")"),
      open.upperBound <= close
    else { return nil }
    var sides = [Int]()
    for word in header[open.upperBound..<close].split(separator: ",") {
      guard let side = Int(word), side >= 0 else { return nil }
      sides.append(side)
    }
    return sides
  }
}
