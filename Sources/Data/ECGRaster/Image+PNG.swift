// PNG in and out, through libpng's simplified interface, which reports by status and never jumps.

import CPNG
import Foundation

extension EncodedImage {
  /// Decodes a PNG of any kind to 8-bit RGB, transparency on white.
  func decodedPNG(_ bytes: UnsafeRawBufferPointer) -> Result<Image, ImageError> {
    guard let plain = Self.withoutColourSpace(bytes) else {
      return .failure(.damaged(path, reason: "the last chunk is missing"))
    }
    var png = png_image()
    png.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&png) }
    return plain.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(&png, file.baseAddress, file.count) != 0 else {
        return .failure(.damaged(path, reason: Self.message(of: png)))
      }
      let (width, height) = (Int(png.width), Int(png.height))
      if let fault = fault(ofWidth: width, height: height) { return .failure(fault) }
      let hasAlpha = png.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
      png.format = png_uint_32(PNG_FORMAT_RGB | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0))
      // Without this, 16-bit samples would be taken for linear light.
      png.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      let count = width * height * (hasAlpha ? 4 : 3)
      var status: Int32 = 0
      let samples = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        status = png_image_finish_read(&png, nil, buffer.baseAddress, 0, nil)
        filled = status == 0 ? 0 : count
      }
      guard status != 0 else { return .failure(.damaged(path, reason: Self.message(of: png))) }
      let pixels = hasAlpha ? Self.onWhite(samples) : samples
      return .success(Image(width: width, height: height, pixels: pixels))
    }
  }

  /// RGBA laid on white paper, each sample rounded.
  private static func onWhite(_ samples: [UInt8]) -> [UInt8] {
    var pixels = [UInt8]()
    pixels.reserveCapacity(samples.count / 4 * 3)
    for i in stride(from: 0, to: samples.count, by: 4) {
      let alpha = Int(samples[i + 3])
      for channel in i..<i + 3 {
        pixels.append(UInt8((Int(samples[channel]) * alpha + 255 * (255 - alpha) + 127) / 255))
      }
    }
    return pixels
  }

  /// The file without the chunks that would make libpng convert colors; `nil` without an end.
  private static func withoutColourSpace(_ bytes: UnsafeRawBufferPointer) -> Data? {
    var plain = Data(bytes.prefix(8))
    plain.reserveCapacity(bytes.count)
    var offset = 8
    while offset + 12 <= bytes.count {
      let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      let kind = String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self)
      guard length <= bytes.count - offset - 12 else { return nil }
      let end = offset + 12 + length
      if !["gAMA", "cHRM", "iCCP", "sRGB"].contains(kind) {
        plain.append(contentsOf: bytes[offset..<end])
      }
      if kind == "IEND" { return plain }
      offset = end
    }
    return nil
  }

  private static func message(of png: png_image) -> String {
    withUnsafeBytes(of: png.message) { text in
      String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

extension Image {
  /// The image as an 8-bit RGB PNG file.
  ///
  /// - Throws: ``ImageError/notEncodable(reason:)``.
  public func pngData() throws(ImageError) -> Data {
    var png = png_image()
    png.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&png) }
    png.width = png_uint_32(width)
    png.height = png_uint_32(height)
    png.format = png_uint_32(PNG_FORMAT_RGB)
    // More than deflate's worst case: five bytes a stored block, a filter byte a row, the chunks.
    var size = pixels.count + height + pixels.count / 1000 + 4096
    var data = Data(count: size)
    let status = data.withUnsafeMutableBytes { file in
      pixels.withUnsafeBufferPointer { buffer in
        png_image_write_to_memory(&png, file.baseAddress, &size, 0, buffer.baseAddress, 0, nil)
      }
    }
    guard status != 0 else {
      throw .notEncodable(reason: "libpng: code \(png.warning_or_error)")
    }
    return data.prefix(size)
  }
}
