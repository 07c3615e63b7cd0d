// Pages in memory: 8-bit RGB.

import ECGFiles
import Foundation

/// An image of 8-bit RGB pixels, interleaved, rows from the top.
public struct Image: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel; `width * height * 3` bytes.
  public var pixels: [UInt8]

  /// The largest image read by default, in millions of pixels.
  public static let defaultMaximumMegapixels = 40.0

  /// An image from its pixels.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * 3,
      "\(pixels.count) bytes in an image of \(width) x \(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// An image of one color.
  public init(width: Int, height: Int, filledWith colour: (UInt8, UInt8, UInt8)) {
    var pixels = [UInt8](repeating: colour.0, count: width * height * 3)
    for i in stride(from: 0, to: pixels.count, by: 3) {
      pixels[i + 1] = colour.1
      pixels[i + 2] = colour.2
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// Reads a JPEG or PNG file, whatever its name; an EXIF orientation is applied.
  ///
  /// Color profiles and gamma are passed over, so that the pixels are those the file stores.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - maximumMegapixels: Compared with the header before memory is taken for the pixels.
  /// - Throws: ``ImageError`` that names the file.
  public init(
    contentsOf path: String, maximumMegapixels: Double = Image.defaultMaximumMegapixels
  ) throws(ImageError) {
    let data: Data
    do { data = try readFile(path) } catch { throw .file(error) }
    try self.init(decoding: data, path: path, maximumMegapixels: maximumMegapixels)
  }

  /// Reads the bytes of a JPEG or PNG file.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - path: What an error names.
  ///   - maximumMegapixels: Compared with the header before memory is taken for the pixels.
  /// - Throws: ``ImageError``.
  public init(
    decoding data: Data, path: String,
    maximumMegapixels: Double = Image.defaultMaximumMegapixels
  ) throws(ImageError) {
    let source = EncodedImage(path: path, maximumMegapixels: maximumMegapixels)
    self = try data.withUnsafeBytes { bytes -> Result<Image, ImageError> in
      switch FileKind(of: bytes) {
      case .empty: .failure(.empty(path))
      case .jpeg: source.decodedJPEG(bytes).map { $0.turned(by: Orientation(ofJPEG: bytes)) }
      case .png: source.decodedPNG(bytes).map { $0.turned(by: Orientation(ofPNG: bytes)) }
      case .other(let found): .failure(.notAnImage(path, found: found))
      }
    }.get()
  }

  /// The identity of the pixels, whatever file they came from: width, height, then the bytes.
  public func pixelDigest() -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(UInt64(width))
    hasher.update(UInt64(height))
    pixels.withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }
}

/// What the decoders need to know besides the bytes.
struct EncodedImage {
  let path: String
  let maximumMegapixels: Double

  /// The error for a header that promises too many pixels, or none.
  func fault(ofWidth width: Int, height: Int) -> ImageError? {
    guard width > 0, height > 0 else { return .damaged(path, reason: "no width or no height") }
    guard Double(width) * Double(height) > maximumMegapixels * 1e6 else { return nil }
    return .tooLarge(path, width: width, height: height, maximumMegapixels: maximumMegapixels)
  }
}
