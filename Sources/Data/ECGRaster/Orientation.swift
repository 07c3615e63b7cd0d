// Which way up a photograph is: the EXIF orientation and its undoing.

/// EXIF's orientation, 1 to 8: where the stored first row and first column belong.
/// - Source: Exif 2.3, tag 0x0112.
struct Orientation: Equatable {
  let number: Int

  /// Stored as seen.
  static let upright = Orientation(number: 1)

  /// Rows become columns.
  var isTransposed: Bool { number >= 5 }

  init(number: Int) { self.number = (1...8).contains(number) ? number : 1 }

  /// The orientation of a PNG's eXIf chunk; upright when there is none to be read.
  init(ofPNG bytes: UnsafeRawBufferPointer) {
    var offset = 8
    while offset + 12 <= bytes.count {
      let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - offset - 12 else { break }
      let body = UnsafeRawBufferPointer(rebasing: bytes[offset + 8..<offset + 8 + length])
      if bytes[offset + 4..<offset + 8].elementsEqual("eXIf".utf8),
        let number = Self.number(inTIFF: body)
      {
        self.init(number: number)
        return
      }
      offset += 12 + length
    }
    self = .upright
  }

  /// The orientation of a JPEG's APP1 segment; upright when there is none to be read.
  init(ofJPEG bytes: UnsafeRawBufferPointer) {
    var offset = 2
    while offset + 4 <= bytes.count, bytes[offset] == 0xFF {
      let marker = bytes[offset + 1]
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      let end = offset + 2 + length
      guard marker != 0xDA, length >= 2, end <= bytes.count else { break }
      let body = UnsafeRawBufferPointer(rebasing: bytes[offset + 4..<end])
      if marker == 0xE1, body.starts(with: Array("Exif\0\0".utf8)),
        let number = Self.number(inTIFF: UnsafeRawBufferPointer(rebasing: body[6...]))
      {
        self.init(number: number)
        return
      }
      offset = end
    }
    self = .upright
  }

  private static func number(inTIFF bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= 8, bytes[0] == bytes[1], bytes[0] == 0x49 || bytes[0] == 0x4D else {
      return nil
    }
    let lowFirst = bytes[0] == 0x49
    func value(at offset: Int, length: Int) -> Int? {
      guard offset >= 0, offset + length <= bytes.count else { return nil }
      let digits = bytes[offset..<offset + length]
      return lowFirst
        ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard value(at: 2, length: 2) == 42, let folder = value(at: 4, length: 4),
      let entries = value(at: folder, length: 2)
    else { return nil }
    for entry in 0..<entries {
      let offset = folder + 2 + entry * 12
      guard let tag = value(at: offset, length: 2) else { return nil }
      if tag == 0x0112, value(at: offset + 2, length: 2) == 3 {
        return value(at: offset + 8, length: 2)
      }
    }
    return nil
  }
}

extension Image {
  /// The image as it should be seen.
  func turned(by orientation: Orientation) -> Image {
    guard orientation != .upright else { return self }
    let (w, h) = orientation.isTransposed ? (height, width) : (width, height)
    var turned = [UInt8](repeating: 0, count: pixels.count)
    for y in 0..<h {
      for x in 0..<w {
        let (column, row) =
          switch orientation.number {
          case 2: (w - 1 - x, y)
          case 3: (w - 1 - x, h - 1 - y)
          case 4: (x, h - 1 - y)
          case 5: (y, x)
          case 6: (y, w - 1 - x)
          case 7: (h - 1 - y, w - 1 - x)
          default: (h - 1 - y, x)
          }
        let from = (row * width + column) * 3
        let to = (y * w + x) * 3
        for channel in 0..<3 { turned[to + channel] = pixels[from + channel] }
      }
    }
    return Image(width: w, height: h, pixels: turned)
  }
}
