// Small random changes of a page, so that a network sees no page twice.

import ECGRandom
import Foundation

/// One change of an image: turned, scaled and shifted about its centre, then lighter or darker.
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
  /// The factor of every sample's distance from mid-grey (127.5); 1 leaves it.
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

    /// Ranges that differ from the standard ones where told.
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

  /// Changes an image: bilinear between pixel centres, edge pixels repeated outside.
  ///
  /// Samples are rounded once, after contrast and brightness; the identity gives the same bytes.
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
    let (lastX, lastY) = (Double(width - 1), Double(height - 1))
    let gain = Float(brightness * contrast)
    let offset = Float(brightness * (1 - contrast) * 127.5)
    for y in 0..<height {
      let dy = Double(y) - centreY - shiftY * Double(height)
      let out = target + y * width * 3
      for x in 0..<width {
        let dx = Double(x) - centreX - shiftX * Double(width)
        let fromX = min(max(cosine * dx - sine * dy + centreX, 0), lastX)
        let fromY = min(max(sine * dx + cosine * dy + centreY, 0), lastY)
        let (column, row) = (Int(fromX), Int(fromY))
        let (u, v) = (Float(fromX - Double(column)), Float(fromY - Double(row)))
        let right = column + 1 < width ? 3 : 0
        let above = source + (row * width + column) * 3
        let below = row + 1 < height ? above + width * 3 : above
        for channel in 0..<3 {
          let (a, b) = (Float(above[channel]), Float(above[channel + right]))
          let (c, d) = (Float(below[channel]), Float(below[channel + right]))
          let top = a + u * (b - a)
          let bottom = c + u * (d - c)
          let value = (top + v * (bottom - top)) * gain + offset
          out[x * 3 + channel] = UInt8(min(max(value + 0.5, 0), 255))
        }
      }
    }
  }
}
