// From bytes to the numbers that the network reads.

/// `(x / 255 - mean) / deviation` of each channel, in float32 as PyTorch computes it.
public struct PixelNormalization: Equatable, Sendable {
  /// The value of each byte, for red, then green, then blue.
  private let values: [Float]

  /// A normalization by means and standard deviations of red, green and blue in 0...1.
  public init(mean: [Float], deviation: [Float]) {
    precondition(mean.count == 3 && deviation.count == 3, "means and deviations of three channels")
    values = (0..<768).map { (Float($0 % 256) / 255 - mean[$0 / 256]) / deviation[$0 / 256] }
  }

  /// ImageNet's, which pre-trained trunks expect.
  public static let imageNet = PixelNormalization(
    mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

  /// Writes an image's planes.
  ///
  /// - Parameters:
  ///   - pixels: `side * side` RGB pixels, interleaved.
  ///   - side: Width and height.
  ///   - planes: Red, green, blue, `side * side` each; must not overlap `pixels`.
  public func planes(
    from pixels: UnsafePointer<UInt8>, side: Int, into planes: UnsafeMutablePointer<Float>
  ) {
    let area = side * side
    values.withUnsafeBufferPointer { values in
      for i in 0..<area {
        planes[i] = values[Int(pixels[3 * i])]
        planes[area + i] = values[256 + Int(pixels[3 * i + 1])]
        planes[2 * area + i] = values[512 + Int(pixels[3 * i + 2])]
      }
    }
  }
}
