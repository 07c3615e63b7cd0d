// From a decoded page to the square that the network reads.

/// How a page becomes a square of pixels: a crop, then a resize that does not keep the aspect.
public struct Preprocessing: Equatable, Sendable, Codable {
  /// What is kept of the page.
  public var crop: CropRule
  /// How the rest is resized.
  public var resize: ResizeMethod
  /// Width and height of the square.
  public var side: Int

  /// The article's crop and size, resized with antialiasing, by default.
  public init(crop: CropRule = .paper, resize: ResizeMethod = .pillowBicubic, side: Int = 227) {
    precondition(side > 0, "a square of side \(side)")
    self.crop = crop
    self.resize = resize
    self.side = side
  }

  /// The square of a page, set level where the crop is the frame of a turned scan, as ``PageCache`` holds it and the network reads it.
  ///
  /// - Parameters:
  ///   - page: Decoded, whole.
  ///   - path: What an error names.
  /// - Throws: `ImageError.noFrame` when the crop needs a frame that is not there.
  public func square(of page: Image, path: String) throws(ImageError) -> Image {
    square(of: try crop.seen(of: page, path: path))
  }

  /// The square of what ``crop`` keeps of a page.
  public func square(of seen: SeenPage) -> Image {
    seen.page.resized(from: seen.part, width: side, height: side, method: resize)
  }

  /// The network's input for what ``crop`` keeps of a page.
  ///
  /// - Parameters:
  ///   - seen: The part of the page that ``crop`` keeps.
  ///   - normalization: From bytes to the numbers that the network reads.
  /// - Returns: The planes of red, green and blue, ``side`` x ``side`` each.
  public func planes(
    of seen: SeenPage, normalization: PixelNormalization = .imageNet
  ) -> [Float] {
    let square = square(of: seen)
    return [Float](unsafeUninitializedCapacity: 3 * side * side) { planes, count in
      count = planes.count
      square.pixels.withUnsafeBufferPointer { pixels in
        guard let start = pixels.baseAddress, let target = planes.baseAddress else { return }
        normalization.planes(from: start, side: side, into: target)
      }
    }
  }
}
