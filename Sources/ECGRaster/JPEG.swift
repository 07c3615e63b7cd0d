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
    guard colours != TJCS_CMYK.rawValue, colours != TJCS_YCCK.rawValue else {
      return .failure(.unsupported(path, reason: "a JPEG of printing colours (CMYK)"))
    }
    let count = Int(width) * Int(height) * 3
    var status: Int32 = -1
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      status = tjDecompress2(
        decoder, file, size, buffer.baseAddress, width, 0, height, Int32(TJPF_RGB.rawValue),
        TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS)
      filled = status == 0 ? count : 0
    }
    guard status == 0 else { return .failure(.damaged(path, reason: Self.message(of: decoder))) }
    return .success(Image(width: Int(width), height: Int(height), pixels: pixels))
  }

  private static func message(of decoder: tjhandle) -> String {
    String(cString: tjGetErrorStr2(decoder))
  }
}

extension Image {
  /// The image as a JPEG file, colours halved in both directions as in the scans (4:2:0).
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
