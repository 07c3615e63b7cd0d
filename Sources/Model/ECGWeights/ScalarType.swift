// The types of number in a safetensors file that are read, and their way to `Float`.

#if _endian(big)
  #error("safetensors files are little-endian; this code copies numbers as they lie")
#endif

/// A readable type of number, by its name in a safetensors header.
enum ScalarType: String, CaseIterable {
  case f64 = "F64"
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case i64 = "I64"
  case i32 = "I32"
  case u8 = "U8"

  /// Bytes a number.
  var size: Int {
    switch self {
    case .f64, .i64: 8
    case .f32, .i32: 4
    case .f16, .bf16: 2
    case .u8: 1
    }
  }

  /// The nearest `Float` of each number; exact for F32, F16, BF16 and U8.
  func floats(in bytes: UnsafeRawBufferPointer) -> [Float] {
    switch self {
    case .f32:
      [Float](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
        count = bytes.count / 4
      }
    case .f64: numbers(in: bytes) { (number: UInt64) in Float(Double(bitPattern: number)) }
    case .f16: numbers(in: bytes) { (number: UInt16) in Float(Float16(bitPattern: number)) }
    case .bf16: numbers(in: bytes) { (number: UInt16) in Float(bitPattern: UInt32(number) << 16) }
    case .i64: numbers(in: bytes) { (number: Int64) in Float(number) }
    case .i32: numbers(in: bytes) { (number: Int32) in Float(number) }
    case .u8: numbers(in: bytes) { (number: UInt8) in Float(number) }
    }
  }

  /// Numbers wherever they lie: a file of another writer need not align them.
  private func numbers<Raw: BitwiseCopyable>(
    in bytes: UnsafeRawBufferPointer, _ float: (Raw) -> Float
  ) -> [Float] {
    stride(from: 0, to: bytes.count, by: size).map {
      float(bytes.loadUnaligned(fromByteOffset: $0, as: Raw.self))
    }
  }
}
