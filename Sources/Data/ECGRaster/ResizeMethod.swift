// Changing an image's size, by one of three named methods.

/// How an image is resampled.
public enum ResizeMethod: String, CaseIterable, Sendable, Codable {
  /// Pillow's `BICUBIC`: antialiased, a = -0.5; equal to Pillow's bytes.
  case pillowBicubic = "pillow-bicubic"
  /// OpenCV's `INTER_CUBIC`: a = -0.75, without antialiasing; within 1 of OpenCV's bytes.
  case openCVCubic = "opencv-cubic"
  /// OpenCV's `INTER_AREA`: the mean over each pixel's area; within 1 of OpenCV's bytes.
  case area
}

extension Image {
  /// The image, or a part of it, at another size; the aspect is not kept.
  ///
  /// A part is read where it lies, and gives what resizing its copy would give.
  ///
  /// - Parameters:
  ///   - part: What to resize; the whole image when `nil`.
  ///   - width: Pixels in a row of the result.
  ///   - height: Rows of the result.
  ///   - method: The resampling.
  public func resized(
    from part: PixelRectangle? = nil, width: Int, height: Int,
    method: ResizeMethod = .pillowBicubic
  ) -> Image {
    precondition(width > 0 && height > 0, "resize to \(width) x \(height)")
    let count = width * height * 3
    let pixels = withView(of: part ?? bounds) { view in
      [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        guard let target = buffer.baseAddress else { return }
        switch method {
        case .pillowBicubic: PillowBicubic.resize(view, width, height, into: target)
        case .openCVCubic: OpenCVCubic.resize(view, width, height, into: target)
        case .area: AreaMean.resize(view, width, height, into: target)
        }
        filled = count
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}

extension ResizeMethod {
  /// A sentence on the choice, as the help shows it.
  public var summary: String {
    switch self {
    case .pillowBicubic: "Pillow's BICUBIC, antialiased."
    case .openCVCubic: "OpenCV's INTER_CUBIC, without antialiasing."
    case .area: "OpenCV's INTER_AREA, the mean over each pixel's area."
    }
  }
}
