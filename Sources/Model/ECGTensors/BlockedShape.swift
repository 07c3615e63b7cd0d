// The layout of activations: [N][C/16][H][W][16].

/// The shape of an activation, stored as [N][C/16][H][W][16] with missing channels zero.
///
/// One pixel of sixteen channels is one vector, so that transforms need no shuffles, constants of
/// a channel are one register, and strided pixels stay whole cache lines.
public struct BlockedShape: Equatable, Sendable {
  /// Images, channels, rows, columns.
  public var n, c, h, w: Int

  /// A shape of `n` images with `c` channels of `h` rows and `w` columns.
  public init(n: Int, c: Int, h: Int, w: Int) {
    (self.n, self.c, self.h, self.w) = (n, c, h, w)
  }

  /// Blocks of sixteen channels, the last one padded.
  public var blocks: Int { (c + 15) / 16 }
  /// Pixels of a plane.
  public var area: Int { h * w }
  /// Floats of one image.
  public var imageCount: Int { blocks * area * 16 }
  /// Floats of all images.
  public var count: Int { n * imageCount }
}

extension BlockedShape {
  /// Copies planes (N, C, H, W) into the blocked layout.
  public func pack(
    _ planes: UnsafePointer<Float>, into blocked: UnsafeMutablePointer<Float>
  ) {
    for image in 0..<n {
      for channel in 0..<blocks * 16 {
        let target = blocked + (image * blocks + channel / 16) * area * 16 + channel % 16
        guard channel < c else {
          for pixel in 0..<area { target[pixel * 16] = 0 }
          continue
        }
        let source = planes + (image * c + channel) * area
        for pixel in 0..<area { target[pixel * 16] = source[pixel] }
      }
    }
  }

  /// Copies the blocked layout into planes (N, C, H, W).
  public func unpack(
    _ blocked: UnsafePointer<Float>, into planes: UnsafeMutablePointer<Float>
  ) {
    for image in 0..<n {
      for channel in 0..<c {
        let source = blocked + (image * blocks + channel / 16) * area * 16 + channel % 16
        let target = planes + (image * c + channel) * area
        for pixel in 0..<area { target[pixel] = source[pixel * 16] }
      }
    }
  }
}
