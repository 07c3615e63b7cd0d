// NumPy files: the bytes NumPy writes, and every way a file can be cut or altered.

import ECGFiles
import Foundation
import TestSupport
import Testing

@Suite("NumPy array")
struct NumPyArrayTests {
  @Test(
    "what is written is read back", arguments: [[], [0], [7], [2, 3], [2, 0, 4], [1, 2, 3, 4]])
  func roundTrip(_ shape: [Int]) throws {
    try withTemporaryFolder { folder in
      let count = shape.reduce(1, *)
      let values = (0..<count).map { Float($0) / 3 - 1 }
      try NumPyArray.write(values, shape: shape, to: folder + "/a.npy")
      let array = try NumPyArray.read(folder + "/a.npy")
      #expect(array.values == values && array.shape == shape)
      let bytes = try readFile(folder + "/a.npy")
      #expect((bytes.count - 4 * count) % 64 == 0)
    }
  }

  @Test("the bytes are those of numpy.save")
  func bytes() throws {
    try withTemporaryFolder { folder in
      try NumPyArray.write([1, -2], shape: [2], to: folder + "/a.npy")
      let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
      var expected = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0])
      expected.append(Data((header + String(repeating: " ", count: 117 - header.count)).utf8))
      expected.append(Data([10, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
      #expect(try readFile(folder + "/a.npy") == expected)
    }
  }

  @Test("no cut file is read")
  func cuts() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npy"
      try NumPyArray.write([1, 2, 3, 4], shape: [2, 2], to: path)
      let whole = try readFile(path)
      for length in 0..<whole.count {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path))
        #expect(throws: FileError.self) { try NumPyArray.read(path) }
      }
      try (whole + Data([0])).write(to: URL(fileURLWithPath: path))
      #expect(throws: FileError.self) { try NumPyArray.read(path) }
    }
  }

  @Test("other kinds of array are refused", arguments: ["'<f8'", "'>f4'", "'|u1'"])
  func otherKinds(_ kind: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npy"
      try NumPyArray.write([1], shape: [1], to: path)
      let text = try readFile(path).map { String(UnicodeScalar($0)) }.joined()
        .replacingOccurrences(of: "'<f4'", with: kind)
      try writeAtomically(Data(text.unicodeScalars.map { UInt8($0.value) }), to: path)
      #expect(throws: FileError.malformed(path, reason: "not C-ordered little-endian float32")) {
        try NumPyArray.read(path)
      }
    }
  }
}
