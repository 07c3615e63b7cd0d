// Small random changes of a page, so that a network sees no page twice.

import ECGRandom
import Foundation

/// One change of an image: turned, scaled and shifted about its center, then lighter or darker.
///
/// Never a flip: it would reverse time or exchange leads.
public struct Augmentation: Equatable, Sendable, Codable {
  /// How far the content turns, counter-clockwise, in degrees.
  public var rotationDegrees: Double
  /// How much larger the content becomes; 1 leaves it.
  public var scale: Double
  /// How far the content moves to the right, as a fraction of the width.
  public var shiftX: Double
  /// How far the content moves down, as a fraction of the height.
  public var shiftY: Double
  /// The factor of every sample, after the contrast; 1 leaves it.
  public var brightness: Double
  /// The factor of every sample's distance from mid-gray (127.5); 1 leaves it.
  public var contrast: Double

  /// No change: every byte stays.
  public static let identity = Augmentation(
    rotationDegrees: 0, scale: 1, shiftX: 0, shiftY: 0, brightness: 1, contrast: 1)

  /// A change from its parts.
  public init(
    rotationDegrees: Double, scale: Double, shiftX: Double, shiftY: Double, brightness: Double,
    contrast: Double
  ) {
    precondition(scale > 0, "augmentation by a scale of \(scale)")
    self.rotationDegrees = rotationDegrees
    self.scale = scale
    self.shiftX = shiftX
    self.shiftY = shiftY
    self.brightness = brightness
    self.contrast = contrast
  }

  /// How far each part may go from the identity, to both sides, uniformly.
  public struct Ranges: Equatable, Sendable, Codable {
    /// Degrees.
    public var rotationDegrees = 3.0
    /// Of 1.
    public var scale = 0.05
    /// Fractions of each side.
    public var shift = 0.02
    /// Of 1.
    public var brightness = 0.1
    /// Of 1.
    public var contrast = 0.1

    /// The recipes' ranges.
    public static let standard = Ranges()

    /// Ranges, by default the standard ones.
    public init(
      rotationDegrees: Double = 3, scale: Double = 0.05, shift: Double = 0.02,
      brightness: Double = 0.1, contrast: Double = 0.1
    ) {
      self.rotationDegrees = rotationDegrees
      self.scale = scale
      self.shift = shift
      self.brightness = brightness
      self.contrast = contrast
    }
  }

  /// A random change: six numbers, in the order of the members.
  public init(drawnFrom random: inout Philox, ranges: Ranges = .standard) {
    func draw(_ range: Double) -> Double { random.uniform(-range, range) }
    rotationDegrees = draw(ranges.rotationDegrees)
    scale = 1 + draw(ranges.scale)
    shiftX = draw(ranges.shift)
    shiftY = draw(ranges.shift)
    brightness = 1 + draw(ranges.brightness)
    contrast = 1 + draw(ranges.contrast)
  }

  /// Changes an image: bilinear between pixel centers, edge pixels repeated outside.
  ///
  /// Places are counted in 2048ths of a pixel and samples in 16ths of a step until they are rounded,
  /// once, after contrast and brightness: a sample is within 0.5 + 0.16 * brightness * contrast of
  /// the exact one, and the identity gives the same bytes (`AugmentationTests`).
  ///
  /// - Parameters:
  ///   - source: `width * height` RGB pixels.
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - target: As many pixels; must not overlap `source`.
  public func apply(
    to source: UnsafePointer<UInt8>, width: Int, height: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    let angle = rotationDegrees * .pi / 180
    let (cosine, sine) = (cos(angle) / scale, sin(angle) / scale)
    let (centreX, centreY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    let (stepX, stepY) = (Self.fixed(cosine), Self.fixed(sine))
    let (lastX, lastY) = (Int64(width - 1) << 32, Int64(height - 1) << 32)
    let bytes = width * height * 3
    let half = SIMD4<Int32>(repeating: 1 << 17)
    lightTable().withUnsafeBufferPointer { table in
      for y in 0..<height {
        let dx = -centreX - shiftX * Double(width)
        let dy = Double(y) - centreY - shiftY * Double(height)
        var fromX = Self.fixed(cosine * dx - sine * dy + centreX)
        var fromY = Self.fixed(sine * dx + cosine * dy + centreY)
        var out = target + y * width * 3
        for _ in 0..<width {
          let (placeX, placeY) = (min(max(fromX, 0), lastX), min(max(fromY, 0), lastY))
          let (column, row) = (Int(placeX >> 32), Int(placeY >> 32))
          let (u, v) = (Self.part(of: placeX), Self.part(of: placeY))
          let right = placeX < lastX ? 3 : 0
          let above = (row &* width &+ column) &* 3
          let below = placeY < lastY ? above &+ width &* 3 : above
          let (a, b) = (pixel(above), pixel(above &+ right))
          let (c, d) = (pixel(below), pixel(below &+ right))
          let top = a &* 2048 &+ (b &- a) &* u
          let bottom = c &* 2048 &+ (d &- c) &* u
          let value = (top &* 2048 &+ (bottom &- top) &* v &+ half) &>> 18
          out[0] = table[Int(value[0])]
          out[1] = table[Int(value[1])]
          out[2] = table[Int(value[2])]
          out += 3
          fromX &+= stepX
          fromY &+= stepY
        }
      }
    }

    /// Three samples and one more that does not count.
    @inline(__always)
    func pixel(_ at: Int) -> SIMD4<Int32> {
      let samples =
        at &+ 4 <= bytes
        ? UnsafeRawPointer(source + at).loadUnaligned(as: SIMD4<UInt8>.self)
        : SIMD4(source[at], source[at + 1], source[at + 2], 0)
      return SIMD4<Int32>(truncatingIfNeeded: samples)
    }
  }

  /// What contrast and brightness make of the samples from 0 to 255 in steps of 1/16.
  private func lightTable() -> [UInt8] {
    let gain = brightness * contrast
    let offset = brightness * (1 - contrast) * 127.5
    return (0...255 * 16).map { step in
      UInt8(min(max(Double(step) / 16 * gain + offset + 0.5, 0), 255))
    }
  }

  /// A place in 2^-32 pixels; places far outside any image are drawn in.
  private static func fixed(_ place: Double) -> Int64 {
    Int64((min(max(place, -1e6), 1e6) * 0x1p32).rounded())
  }

  /// How far a place lies beyond its pixel, in 2048ths.
  @inline(__always)
  private static func part(of place: Int64) -> Int32 {
    Int32(truncatingIfNeeded: ((place & 0xFFFF_FFFF) + (1 << 20)) >> 21)
  }
}
