// The brightness of a pixel.

/// The luma of RGB samples as JPEG defines it (ITU-R BT.601), with weights in 256ths.
public enum Luma {
  /// 256 times the luma, 0 (black) to 65,280 (white).
  @inlinable @inline(__always)
  public static func in256ths(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt32 {
    77 &* UInt32(red) &+ 150 &* UInt32(green) &+ 29 &* UInt32(blue)
  }
}
