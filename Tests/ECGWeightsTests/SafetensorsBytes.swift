// Programs that make safetensors files, sound and otherwise, byte by byte.

import Foundation

/// The bytes of a file with this header and data, whatever they say.
func safetensorsBytes(header: String, data: Int = 0, announcing length: UInt64? = nil) -> Data {
  safetensorsBytes(header: Data(header.utf8), data: Data(count: data), announcing: length)
}

/// The bytes of a file with this header and data, whatever they are.
func safetensorsBytes(header: Data, data: Data, announcing length: UInt64? = nil) -> Data {
  withUnsafeBytes(of: (length ?? UInt64(header.count)).littleEndian) { Data($0) } + header + data
}

/// A header entry.
func entry(
  _ name: String, _ type: String = "F32", shape: String = "[2]", from begin: Int = 0,
  to end: Int = 8
) -> String {
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
}
