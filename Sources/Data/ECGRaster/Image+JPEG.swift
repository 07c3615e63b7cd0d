// JPEG in and out, through TurboJPEG, which reports by status and never jumps.

import CTurboJPEG
import Foundation

extension EncodedImage {
  /// Decodes a JPEG with the accurate transform and smooth chroma, as Pillow does.
  ///
  /// A warning of the decoder means that pixels are missing or made up; it is an error here.
  func decodedJPEG(_ bytes: UnsafeRawBufferPointer) -> Result<Image, ImageError> {
    guard let decoder = tjInitDecompress() else {
      return .failure(.file(.ioFailed(path, reason: "no memory for the decoder")))
    }
    defer { tjDestroy(decoder) }
    let file = bytes.bindMemory(to: UInt8.self).baseAddress
    let size = UInt(bytes.count)
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(decoder, file, size, &width, &height, &subsampling, &colours) == 0
    else { return .failure(.damaged(path, reason: Self.message(of: decoder))) }
    if let fault = fault(ofWidth: Int(width), height: Int(height)) { return .failure(fault) }
    guard Self.scanCount(in: bytes) <= Self.mostScans else {
      return .failure(.unsupported(path, reason: "a JPEG of more than \(Self.mostScans) scans"))
    }
    let isPrinted = colours == TJCS_CMYK.rawValue || colours == TJCS_YCCK.rawValue
    let (format, channels) = isPrinted ? (TJPF_CMYK, 4) : (TJPF_RGB, 3)
    let count = Int(width) * Int(height) * channels
    var status: Int32 = -1
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      status = tjDecompress2(
        decoder, file, size, buffer.baseAddress, width, 0, height, Int32(format.rawValue),
        TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING)
      filled = status == 0 ? count : 0
    }
    guard status == 0 else { return .failure(.damaged(path, reason: Self.message(of: decoder))) }
    return .success(
      Image(
        width: Int(width), height: Int(height),
        pixels: isPrinted ? Self.onScreen(printed: pixels) : pixels))
  }

  /// Each scan goes over the whole picture, so a small file of many scans would take minutes; what
  /// encoders write has about ten.
  private static let mostScans = 32

  /// Scans that a file holds, at most one more than are read.
  private static func scanCount(in bytes: UnsafeRawBufferPointer) -> Int {
    var (offset, count) = (2, 0)
    while offset + 4 <= bytes.count, count <= mostScans {
      // Entropy-coded data and fill bytes lie between segments.
      guard bytes[offset] == 0xFF, ![0x00, 0xFF].contains(bytes[offset + 1]),
        !(0xD0...0xD7).contains(bytes[offset + 1])
      else {
        offset += 1
        continue
      }
      let marker = bytes[offset + 1]
      if marker == 0xD9 { break }
      if marker == 0xDA { count += 1 }
      offset += 2 + max(2, Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3]))
    }
    return count
  }

  /// Cyan, magenta, yellow and black to red, green and blue, as Pillow does: inks are stored
  /// inverted, as Adobe's programs write them, and no color profile is applied.
  private static func onScreen(printed inks: [UInt8]) -> [UInt8] {
    var pixels = [UInt8]()
    pixels.reserveCapacity(inks.count / 4 * 3)
    for at in stride(from: 0, to: inks.count, by: 4) {
      let light = Int(inks[at + 3])
      for ink in at..<at + 3 {
        let product = (255 - Int(inks[ink])) * light + 128
        pixels.append(UInt8(light - ((product >> 8) + product) >> 8))
      }
    }
    return pixels
  }

  private static func message(of decoder: tjhandle) -> String {
    String(cString: tjGetErrorStr2(decoder))
  }
}

extension Image {
  /// The image as a JPEG file, colors halved in both directions as in the scans (4:2:0).
  ///
  /// - Parameter quality: 1 (small) to 100 (faithful).
  /// - Throws: ``ImageError/notEncodable(reason:)``, for example above 65,535 pixels a side.
  public func jpegData(quality: Int) throws(ImageError) -> Data {
    precondition((1...100).contains(quality), "JPEG quality \(quality) not in 1...100")
    guard let encoder = tjInitCompress() else { throw .notEncodable(reason: "no JPEG encoder") }
    defer { tjDestroy(encoder) }
    var file: UnsafeMutablePointer<UInt8>?
    var size: UInt = 0
    let status = pixels.withUnsafeBufferPointer { buffer in
      tjCompress2(
        encoder, buffer.baseAddress, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue),
        &file, &size, Int32(TJSAMP_420.rawValue), Int32(quality), TJFLAG_ACCURATEDCT)
    }
    defer { tjFree(file) }
    guard status == 0, let file else {
      throw .notEncodable(reason: String(cString: tjGetErrorStr2(encoder)))
    }
    return Data(bytes: file, count: Int(size))
  }
}
