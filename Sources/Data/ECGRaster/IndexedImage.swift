// Images of few colors, a palette's index for each pixel.

import CPNG
import Foundation

/// An image whose pixels are numbers of a palette's colors.
public struct IndexedImage: Equatable, Sendable {
  /// A color in sRGB.
  public struct Colour: Equatable, Sendable {
    /// 0...255.
    public let red, green, blue: UInt8

    /// A color.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// A number below the palette's length for each pixel, row by row.
  public let indices: [UInt8]
  /// At most 256 colors.
  public let palette: [Colour]

  /// An image of a palette.
  public init(width: Int, height: Int, indices: [UInt8], palette: [Colour]) {
    precondition(
      width > 0 && height > 0 && indices.count == width * height,
      "\(indices.count) numbers in an image of \(width) x \(height)")
    precondition((1...256).contains(palette.count), "a palette of \(palette.count) colors")
    self.width = width
    self.height = height
    self.indices = indices
    self.palette = palette
  }

  /// The image as an indexed PNG, four bits a pixel where the palette has 16 colors or fewer.
  ///
  /// - Throws: ``ImageError/notEncodable(reason:)``.
  public func pngData() throws(ImageError) -> Data {
    var png = png_image()
    png.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&png) }
    png.width = png_uint_32(width)
    png.height = png_uint_32(height)
    png.format = png_uint_32(PNG_FORMAT_RGB | PNG_FORMAT_FLAG_COLORMAP)
    png.colormap_entries = png_uint_32(palette.count)
    // Without filters, which help no indices; deflate at a low level, for long runs are all there is.
    png.flags = png_uint_32(PNG_IMAGE_FLAG_FAST)
    let colours = palette.flatMap { [$0.red, $0.green, $0.blue] }
    // More than deflate's worst case: five bytes a stored block, a filter byte a row, the chunks.
    var size = indices.count + height + indices.count / 1000 + 4096
    var data = Data(count: size)
    let status = data.withUnsafeMutableBytes { file in
      indices.withUnsafeBufferPointer { buffer in
        png_image_write_to_memory(
          &png, file.baseAddress, &size, 0, buffer.baseAddress, 0, colours)
      }
    }
    guard status != 0 else {
      throw .notEncodable(reason: "libpng: code \(png.warning_or_error)")
    }
    return data.prefix(size)
  }
}
