// What is written comes back, to the byte; what is damaged never crashes the reader.

import ECGFiles
import ECGNetworks
import ECGRandom
import Foundation
import TestSupport
import Testing

@testable import ECGWeights

@Suite struct SafetensorsRoundTripTests {
  /// Tensors with odd names, sizes and bit patterns, all finite.
  static func tensors(seed: UInt64) -> [NamedTensor] {
    var draws = Philox(seed: seed, for: .trial)
    let names = ["plain.weight", "a \"quoted\"\\name", "ünïcode 🫀", "tab\tnew\nline\u{1}", ""]
    return (0..<draws.index(below: 6)).map { i in
      let shape = (0..<draws.index(below: 4)).map { _ in draws.index(below: 5) }
      let values = (0..<shape.reduce(1, *)).map { _ in
        let number = Float(bitPattern: UInt32(truncatingIfNeeded: draws.next()))
        return number.isFinite ? number : -0.0
      }
      return NamedTensor(name: names[i], shape: shape, values: values)
    }
  }

  @Test(arguments: 0..<40) func readsBackNamesShapesBitsAndOrder(seed: UInt64) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.safetensors"
      let written = Self.tensors(seed: seed)
      let metadata = seed % 2 == 0 ? [:] : ["format": "pt", "note\n\"x\"": "é\u{7}\\"]
      try Safetensors.write(written, metadata: metadata, to: path)
      let read = try Safetensors.read(path)
      #expect(read.tensors == written && read.metadata == metadata)
      for (a, b) in zip(read.tensors, written) {
        #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
      }
      let bytes = try readFile(path)
      #expect(bytes.withUnsafeBytes { $0.load(as: UInt64.self) }.isMultiple(of: 8))
    }
  }

  @Test func metadataComesFirstInSortedOrder() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.safetensors"
      let tensor = NamedTensor(name: "w", shape: [1], values: [1])
      try Safetensors.write([tensor], metadata: ["b": "2", "a": "1"], to: path)
      let header = String(decoding: try readFile(path)[8...], as: UTF8.self)
      #expect(
        header.hasPrefix(#"{"__metadata__":{"a":"1","b":"2"},"w":{"dtype":"F32","shape":[1],"#))
    }
  }

  @Test func numbersThatAreNotFiniteLeaveTheOldFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.safetensors"
      let sound = NamedTensor(name: "w", shape: [2], values: [1, 2])
      try Safetensors.write([sound], to: path)
      for value in [Float.nan, -.nan, .infinity, -.infinity] {
        let broken = NamedTensor(name: "bn1.running_var", shape: [2], values: [1, value])
        #expect(
          throws: WeightsError.damaged(path, .notFinite(tensor: "bn1.running_var", index: 1))
        ) { try Safetensors.write([sound, broken], to: path) }
      }
      #expect(try Safetensors.read(path).tensors == [sound])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["w.safetensors"])
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsTheFileSystemsFault() throws {
    let error = #expect(throws: WeightsError.self) {
      try Safetensors.write([NamedTensor](), to: "/nowhere/w.safetensors")
    }
    #expect(error?.exitStatus == .cannotCreate)
  }

  @Test func everyCutOfAFileIsRefused() throws {
    let whole = try fixture("weights/types.safetensors")
    for length in 0..<whole.count {
      #expect(throws: SafetensorsFault.self) { try parsed(whole.prefix(length)) }
    }
  }

  @Test(arguments: 0..<8) func damagedFilesNeverCrash(seed: UInt64) throws {
    let whole = try fixture("weights/types.safetensors")
    var draws = Philox(seed: seed, for: .trial)
    var refused = 0
    for _ in 0..<500 {
      var damaged = whole
      for _ in 0..<(1 + draws.index(below: 3)) {
        damaged[draws.index(below: whole.count)] = UInt8(truncatingIfNeeded: draws.next())
      }
      do { _ = try parsed(damaged) } catch { refused += 1 }
    }
    #expect(refused > 100)
  }

  private func parsed(_ data: Data) throws -> [NamedTensor] {
    try [UInt8](data).withUnsafeBytes { try Safetensors.tensors(in: $0).tensors }
  }
}
