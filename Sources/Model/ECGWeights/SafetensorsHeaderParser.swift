// The small part of JSON that a safetensors header may use, read strictly.

/// Reads a header, keeping the order of its tensors and refusing keys that stand twice.
///
/// A general JSON reader loses both. Nothing nests deeper than the format does, so no header can
/// exhaust the stack.
struct SafetensorsHeaderParser {
  private let bytes: [UInt8]
  private var at = 0

  /// Reads the whole of `bytes`; spaces may follow the object.
  static func header(in bytes: [UInt8]) throws(SafetensorsFault) -> SafetensorsHeader {
    var parser = Self(bytes: bytes)
    guard bytes.first == UInt8(ascii: "{") else {
      throw .headerNotJSON(byte: 0, expected: "'{'")
    }
    var header = SafetensorsHeader()
    try parser.object { (parser, key) throws(SafetensorsFault) in
      if key == "__metadata__" {
        try parser.object { (parser, name) throws(SafetensorsFault) in
          header.metadata[name] = try parser.string()
        }
      } else {
        header.entries.append(try parser.entry(named: key))
      }
    }
    parser.skipSpace()
    guard parser.at == bytes.count else { throw parser.fault("the end of the header") }
    return header
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func entry(
    named name: String
  ) throws(SafetensorsFault) -> SafetensorsHeader.Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try object { (parser, key) throws(SafetensorsFault) in
      switch key {
      case "dtype": type = try parser.string()
      case "shape": shape = try parser.integers()
      case "data_offsets":
        offsets = try parser.integers()
        guard offsets?.count == 2 else { throw parser.fault("two offsets before this") }
      default: throw parser.fault("dtype, shape or data_offsets before this")
      }
    }
    guard let type else { throw .incompleteEntry(tensor: name, missing: "dtype") }
    guard let shape else { throw .incompleteEntry(tensor: name, missing: "shape") }
    guard let offsets else { throw .incompleteEntry(tensor: name, missing: "data_offsets") }
    return .init(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  private mutating func object(
    _ member: (inout Self, String) throws(SafetensorsFault) -> Void
  ) throws(SafetensorsFault) {
    var seen: Set<String> = []
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try string()
      guard seen.insert(key).inserted else { throw .duplicateName(key) }
      try expect(":")
      try member(&self, key)
    } while take(",")
    try expect("}")
  }

  private mutating func integers() throws(SafetensorsFault) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if take("]") { return numbers }
    repeat { numbers.append(try integer()) } while take(",")
    try expect("]")
    return numbers
  }

  private mutating func integer() throws(SafetensorsFault) -> Int {
    skipSpace()
    let start = at
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
    let digits = String(decoding: bytes[start..<at], as: UTF8.self)
    guard digits == "0" || !digits.hasPrefix("0"), let number = Int(digits) else {
      at = start
      throw fault("a whole number from 0 to \(Int.max)")
    }
    return number
  }

  private mutating func string() throws(SafetensorsFault) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] >= 0x20 else { throw fault("an escape in place of a control character") }
      if bytes[at] == UInt8(ascii: "\\") {
        text.append(contentsOf: String(try escape()).utf8)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    guard at < bytes.count else { throw fault("the end of a string") }
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw fault("UTF-8 before this")
    }
    at += 1
    return valid
  }

  private mutating func escape() throws(SafetensorsFault) -> Unicode.Scalar {
    at += 1
    guard at < bytes.count else { throw fault("an escape") }
    at += 1
    switch bytes[at - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint()
    default: throw fault("a known escape before this")
    }
  }

  private mutating func codePoint() throws(SafetensorsFault) -> Unicode.Scalar {
    let high = try fourHexadecimalDigits()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    else { throw fault("the second half of a surrogate pair") }
    at += 2
    let low = try fourHexadecimalDigits()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw fault("the second half of a surrogate pair before this") }
    return scalar
  }

  private mutating func fourHexadecimalDigits() throws(SafetensorsFault) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else {
        throw fault("four hexadecimal digits")
      }
      number = number << 4 | UInt32(digit)
      at += 1
    }
    return number
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsFault) {
    guard take(character) else { throw fault("'\(character)'") }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private func fault(_ expected: String) -> SafetensorsFault {
    .headerNotJSON(byte: at, expected: expected)
  }
}
