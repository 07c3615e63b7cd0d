// Every rung of the reader's ladder, reached by a program that makes the bad file.

import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGWeights

@Suite struct SafetensorsLadderTests {
  /// A bad file and the fault it must meet.
  struct Rung: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: Data
    let fault: SafetensorsFault

    init(_ name: String, _ file: Data, _ fault: SafetensorsFault) {
      testDescription = name
      self.file = file
      self.fault = fault
    }

    init(_ name: String, header: String, data: Int = 0, _ fault: SafetensorsFault) {
      self.init(name, safetensorsBytes(header: header, data: data), fault)
    }
  }

  static let lengths = [
    Rung("nothing", Data(), .tooShort(bytes: 0)),
    Rung("seven bytes", Data(count: 7), .tooShort(bytes: 7)),
    Rung(
      "a text file", Data("Patient data, see page 2".utf8),
      .headerTooLarge(bytes: 0x2074_6E65_6974_6150)),
    Rung(
      "a header over the cap", safetensorsBytes(header: "{}", announcing: 100_000_001),
      .headerTooLarge(bytes: 100_000_001)),
    Rung(
      "a length of all ones", safetensorsBytes(header: "{}", announcing: .max),
      .headerTooLarge(bytes: .max)),
    Rung(
      "a header beyond the end", safetensorsBytes(header: "{}", announcing: 3),
      .headerBeyondEnd(header: 3, available: 2)),
    Rung("a zip", Data([0x50, 0x4B, 3, 4, 0, 0, 0, 0, 8, 8]), .pickled),
    Rung("a pickle", Data([0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9]), .pickled),
  ]

  static let headers = [
    Rung("no header", header: "", .headerNotJSON(byte: 0, expected: "'{'")),
    Rung("an array", header: "[]", .headerNotJSON(byte: 0, expected: "'{'")),
    Rung("a space first", header: " {}", .headerNotJSON(byte: 0, expected: "'{'")),
    Rung("an open object", header: "{\"a\"", .headerNotJSON(byte: 4, expected: "':'")),
    Rung("a comma last", header: "{\(entry("a")),}", .headerNotJSON(byte: 54, expected: "'\"'")),
    Rung("two objects", header: "{}{}", .headerNotJSON(byte: 2, expected: "the end of the header")),
    Rung(
      "an open string", header: "{\"a", .headerNotJSON(byte: 3, expected: "the end of a string")),
    Rung(
      "a bare control character", header: "{\"a\nb\":1}",
      .headerNotJSON(byte: 3, expected: "an escape in place of a control character")),
    Rung(
      "broken UTF-8",
      safetensorsBytes(header: Data([0x7B, 0x22, 0xC3, 0x28, 0x22]), data: Data()),
      .headerNotJSON(byte: 4, expected: "UTF-8 before this")),
    Rung(
      "half a surrogate pair", header: "{\"\\uD83D\":1}",
      .headerNotJSON(byte: 8, expected: "the second half of a surrogate pair")),
    Rung(
      "an unknown escape", header: "{\"\\x\":1}",
      .headerNotJSON(byte: 4, expected: "a known escape before this")),
    Rung(
      "metadata that is no text", header: "{\"__metadata__\":{\"a\":1}}",
      .headerNotJSON(byte: 21, expected: "'\"'")),
    Rung(
      "an unknown key", header: "{\"a\":{\"type\":\"F32\"}}",
      .headerNotJSON(byte: 13, expected: "dtype, shape or data_offsets before this")),
    Rung(
      "a negative extent", header: "{\(entry("a", shape: "[-1]"))}", data: 8,
      .headerNotJSON(byte: 29, expected: "a whole number from 0 to \(Int.max)")),
    Rung(
      "a broken extent", header: "{\(entry("a", shape: "[1.5]"))}", data: 8,
      .headerNotJSON(byte: 30, expected: "']'")),
    Rung(
      "an extent beyond 64 bits", header: "{\(entry("a", shape: "[9223372036854775808]"))}",
      .headerNotJSON(byte: 29, expected: "a whole number from 0 to \(Int.max)")),
    Rung(
      "three offsets", header: "{\"a\":{\"data_offsets\":[0,8,8]}}",
      .headerNotJSON(byte: 28, expected: "two offsets before this")),
    Rung("a name twice", header: "{\(entry("a")),\(entry("a"))}", data: 8, .duplicateName("a")),
    Rung(
      "a name twice, once escaped", header: "{\(entry("a")),\(entry("\\u0061"))}", data: 8,
      .duplicateName("a")),
    Rung("a key twice", header: "{\"a\":{\"shape\":[],\"shape\":[]}}", .duplicateName("shape")),
    Rung(
      "metadata twice", header: "{\"__metadata__\":{},\"__metadata__\":{}}",
      .duplicateName("__metadata__")),
    Rung("no type", header: "{\"a\":{}}", .incompleteEntry(tensor: "a", missing: "dtype")),
    Rung(
      "no shape", header: "{\"a\":{\"dtype\":\"F32\"}}",
      .incompleteEntry(tensor: "a", missing: "shape")),
    Rung(
      "no offsets", header: "{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}",
      .incompleteEntry(tensor: "a", missing: "data_offsets")),
  ]

  static let places = [
    Rung(
      "an unknown type", header: "{\(entry("a", "C64"))}", data: 8,
      .unreadableType(tensor: "a", type: "C64")),
    Rung(
      "a product beyond 64 bits", header: "{\(entry("a", shape: "[4294967296,4294967296]"))}",
      data: 8, .tooManyElements(tensor: "a")),
    Rung(
      "bytes beyond 64 bits", header: "{\(entry("a", shape: "[4611686018427387904]"))}", data: 8,
      .tooManyElements(tensor: "a")),
    Rung(
      "a shape of more bytes", header: "{\(entry("a", shape: "[3]"))}", data: 8,
      .sizeMismatch(tensor: "a", begin: 0, end: 8, needed: 12)),
    Rung(
      "offsets backward", header: "{\(entry("a", from: 8, to: 0))}", data: 8,
      .sizeMismatch(tensor: "a", begin: 8, end: 0, needed: 8)),
    Rung(
      "an end beyond the file", header: "{\(entry("a"))}", data: 5,
      .truncated(tensor: "a", missing: 3)),
    Rung(
      "an end at the last address",
      header: "{\(entry("a", from: 9_223_372_036_854_775_799, to: Int.max))}", data: 8,
      .truncated(tensor: "a", missing: Int.max - 8)),
    Rung(
      "an overlap", header: "{\(entry("a", from: 0, to: 8)),\(entry("b", from: 4, to: 12))}",
      data: 12,
      .overlap(tensor: "b", with: "a")),
    Rung(
      "the same bytes twice",
      header: "{\(entry("a", from: 0, to: 8)),\(entry("b", from: 0, to: 8))}", data: 8,
      .overlap(tensor: "b", with: "a")),
    Rung(
      "a gap at the start", header: "{\(entry("a", from: 4, to: 12))}", data: 12,
      .gap(tensor: "a", bytes: 4)),
    Rung(
      "a gap between", header: "{\(entry("b", from: 12, to: 20)),\(entry("a", from: 0, to: 8))}",
      data: 20,
      .gap(tensor: "b", bytes: 4)),
    Rung("trailing bytes", header: "{\(entry("a"))}", data: 9, .trailingBytes(1)),
    Rung("data without tensors", header: "{}", data: 4, .trailingBytes(4)),
  ]

  static let numbers = [
    Rung("NaN", number("F32", [0, 0, 0, 0, 0, 0, 0xC0, 0x7F]), .notFinite(tensor: "a", index: 1)),
    Rung("-∞", number("F32", [0, 0, 0x80, 0xFF, 0, 0, 0, 0]), .notFinite(tensor: "a", index: 0)),
    Rung("half ∞", number("F16", [0, 0, 0, 0x7C, 0, 0, 0, 0]), .notFinite(tensor: "a", index: 1)),
    Rung("short NaN", number("BF16", [0, 0, 0xC0, 0x7F]), .notFinite(tensor: "a", index: 1)),
    Rung(
      "a double beyond Float", number("F64", [0, 0, 0, 0, 0, 0, 0, 0x48]),
      .notFinite(tensor: "a", index: 0)),
  ]

  static func number(_ type: String, _ bytes: [UInt8]) -> Data {
    let count = bytes.count / (ScalarType(rawValue: type)?.size ?? 1)
    return safetensorsBytes(
      header: Data("{\(entry("a", type, shape: "[\(count)]", to: bytes.count))}".utf8),
      data: Data(bytes))
  }

  @Test(arguments: lengths + headers + places + numbers) func meets(rung: Rung) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/bad.safetensors"
      try rung.file.write(to: URL(fileURLWithPath: path))
      let expected = WeightsError.damaged(path, rung.fault)
      #expect(throws: expected) { try Safetensors.read(path) }
      #expect(expected.exitStatus == .badData)
      #expect(expected.description.hasPrefix("\(path): "))
      #expect(!expected.description.contains("\n") && expected.description.contains("; "))
    }
  }

  @Test func aMissingFileIsTheFileSystemsFault() {
    let error = WeightsError.file(.missing("/nowhere/x.safetensors"))
    #expect(throws: error) { try Safetensors.read("/nowhere/x.safetensors") }
    #expect(error.exitStatus == .missingInput)
  }

  @Test(arguments: ["zip.pth", "pickle.pth"]) func pyTorchsOwnFilesTellHowToConvert(
    name: String
  ) throws {
    let path = fixturePath("weights/\(name)")
    let error = #expect(throws: WeightsError.self) { try TrunkWeights.load(path) }
    #expect(error == .damaged(path, .pickled))
    #expect(error?.description.contains("save_file(") == true)
  }
}
