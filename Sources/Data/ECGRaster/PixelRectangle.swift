// Parts of an image.

/// A rectangle of whole pixels; it holds at least one.
public struct PixelRectangle: Equatable, Sendable, Codable {
  /// The first column.
  public let x: Int
  /// The first row.
  public let y: Int
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int

  /// A rectangle from its first pixel and its size.
  public init(x: Int, y: Int, width: Int, height: Int) {
    precondition(
      x >= 0 && y >= 0 && width > 0 && height > 0, "rectangle \(x),\(y) \(width) x \(height)")
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension Image {
  /// The whole image as a rectangle.
  public var bounds: PixelRectangle { PixelRectangle(x: 0, y: 0, width: width, height: height) }

  /// A copy of the pixels in a rectangle, which must lie within the image.
  public func cropped(to part: PixelRectangle) -> Image {
    checkHolds(part)
    var copy = [UInt8]()
    copy.reserveCapacity(part.width * part.height * 3)
    for row in part.y..<part.y + part.height {
      let start = (row * width + part.x) * 3
      copy += pixels[start..<start + part.width * 3]
    }
    return Image(width: part.width, height: part.height, pixels: copy)
  }

  func checkHolds(_ part: PixelRectangle) {
    precondition(
      part.x + part.width <= width && part.y + part.height <= height,
      "rectangle \(part) in an image of \(width) x \(height)")
  }
}

/// Pixels of a rectangle where they lie, for the length of a call.
struct PixelView {
  /// Red of the first pixel.
  let base: UnsafePointer<UInt8>
  /// Bytes from a row to the next.
  let stride: Int
  let width: Int
  let height: Int
  /// Bytes that may be read from `base` on.
  let readable: Int

  func row(_ y: Int) -> UnsafePointer<UInt8> { base + y * stride }
}

extension Image {
  func withView<Result>(of part: PixelRectangle, _ body: (PixelView) -> Result) -> Result {
    checkHolds(part)
    return pixels.withUnsafeBufferPointer { buffer in
      let offset = (part.y * width + part.x) * 3
      guard let base = buffer.baseAddress else { preconditionFailure("an image has pixels") }
      return body(
        PixelView(
          base: base + offset, stride: width * 3, width: part.width, height: part.height,
          readable: buffer.count - offset))
    }
  }
}
