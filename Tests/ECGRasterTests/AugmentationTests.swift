// Augmentation: the identity, known motions, and a slow twin from the definition.

import ECGRandom
import ECGRaster
import Foundation
import Testing

@Suite("Augmentation")
struct AugmentationTests {
  @Test("the identity keeps every byte", arguments: [(1, 1), (2, 3), (227, 227), (64, 10)])
  func identity(_ width: Int, _ height: Int) {
    let image = noise(width, height)
    #expect(applied(.identity, to: image) == image)
  }

  @Test("a quarter turn is counter-clockwise")
  func quarterTurn() {
    let image = noise(8, 8)
    var change = Augmentation.identity
    change.rotationDegrees = 90
    let turned = applied(change, to: image)
    for y in 0..<8 {
      for x in 0..<8 {
        // What was at the right edge's top comes to the top edge's left.
        #expect(pixel(turned, x, y) == pixel(image, 7 - y, x))
      }
    }
  }

  @Test("shifts go right and down, and repeat the edge")
  func shift() {
    let image = noise(10, 10)
    var change = Augmentation.identity
    change.shiftX = 0.2
    change.shiftY = 0.1
    let moved = applied(change, to: image)
    for y in 0..<10 {
      for x in 0..<10 { #expect(pixel(moved, x, y) == pixel(image, max(x - 2, 0), max(y - 1, 0))) }
    }
  }

  @Test("a scale above 1 enlarges about the center")
  func scale() {
    let image = noise(9, 9)
    var change = Augmentation.identity
    change.scale = 2
    let larger = applied(change, to: image)
    for y in stride(from: 0, to: 9, by: 2) {
      for x in stride(from: 0, to: 9, by: 2) {
        #expect(pixel(larger, x, y) == pixel(image, x / 2 + 2, y / 2 + 2))
      }
    }
  }

  @Test("contrast turns about mid-gray, then brightness multiplies")
  func light() {
    let pixels = (0..<256).flatMap { [UInt8($0), UInt8($0), UInt8(255 - $0)] }
    let image = Image(width: 16, height: 16, pixels: pixels)
    var change = Augmentation.identity
    for (contrast, brightness) in [(0.9, 1), (1.1, 1), (1, 0.9), (1, 1.1), (0.93, 1.07)] {
      change.contrast = contrast
      change.brightness = brightness
      for (before, after) in zip(pixels, applied(change, to: image).pixels) {
        let exact = ((Double(before) - 127.5) * contrast + 127.5) * brightness
        #expect(abs(min(max(exact, 0), 255) - Double(after)) <= 0.5001)
      }
    }
  }

  @Test("equal to the definition in double precision", arguments: 0..<12)
  func definition(_ trial: Int) {
    var random = Philox(seed: 4, for: .augmentation, UInt64(trial))
    let wide = Augmentation.Ranges(
      rotationDegrees: 40, scale: 0.5, shift: 0.3, brightness: 0.4, contrast: 0.4)
    let change = Augmentation(drawnFrom: &random, ranges: trial % 2 == 0 ? .standard : wide)
    let image = noise(31, 23)
    let (fast, slow) = (applied(change, to: image), reference(change, image))
    let bound = 0.5 + 0.16 * change.brightness * change.contrast
    var different = 0
    for (a, b) in zip(fast.pixels, slow) {
      #expect(abs(Double(a) - b) <= bound)
      different += a == image.pixels[0] ? 0 : 1
    }
    #expect(different > 0)
  }

  @Test("draws are six numbers within the ranges, the same for the same stream")
  func draws() {
    var changes = [Augmentation]()
    for stream in 0..<300 {
      var random = Philox(seed: 1, for: .augmentation, UInt64(stream))
      let change = Augmentation(drawnFrom: &random)
      #expect(random.drawn == 6)
      var again = Philox(seed: 1, for: .augmentation, UInt64(stream))
      #expect(Augmentation(drawnFrom: &again) == change)
      changes.append(change)
    }
    let parts: [(KeyPath<Augmentation, Double>, Double, Double)] = [
      (\.rotationDegrees, 0, 3), (\.scale, 1, 0.05), (\.shiftX, 0, 0.02), (\.shiftY, 0, 0.02),
      (\.brightness, 1, 0.1), (\.contrast, 1, 0.1),
    ]
    for (part, centre, range) in parts {
      let offsets = changes.map { ($0[keyPath: part] - centre) / range }
      #expect(offsets.allSatisfy { abs($0) <= 1 + 1e-12 })
      #expect(offsets.contains { $0 > 0.9 } && offsets.contains { $0 < -0.9 })
    }
  }

  private func applied(_ change: Augmentation, to image: Image) -> Image {
    var result = Image(width: image.width, height: image.height, filledWith: (7, 7, 7))
    image.pixels.withUnsafeBufferPointer { source in
      result.pixels.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        change.apply(to: from, width: image.width, height: image.height, into: to)
      }
    }
    return result
  }

  private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [UInt8] {
    Array(image.pixels[(y * image.width + x) * 3..<(y * image.width + x) * 3 + 3])
  }

  /// Where each pixel comes from, by undoing shift, scale and turn one after the other.
  private func reference(_ change: Augmentation, _ image: Image) -> [Double] {
    let (w, h) = (image.width, image.height)
    let angle = change.rotationDegrees * .pi / 180
    var samples = [Double]()
    for y in 0..<h {
      for x in 0..<w {
        let right = (Double(x) + 0.5 - Double(w) / 2 - change.shiftX * Double(w)) / change.scale
        let up = -(Double(y) + 0.5 - Double(h) / 2 - change.shiftY * Double(h)) / change.scale
        let fromRight = right * cos(angle) + up * sin(angle)
        let fromUp = -right * sin(angle) + up * cos(angle)
        let column = fromRight + Double(w) / 2 - 0.5
        let row = -fromUp + Double(h) / 2 - 0.5
        for channel in 0..<3 {
          var sum = 0.0
          for (j, v) in neighbours(row, h) {
            for (i, u) in neighbours(column, w) {
              sum += u * v * Double(image.pixels[(j * w + i) * 3 + channel])
            }
          }
          sum = ((sum - 127.5) * change.contrast + 127.5) * change.brightness
          samples.append(min(max(sum, 0), 255))
        }
      }
    }
    return samples
  }

  private func neighbours(_ place: Double, _ count: Int) -> [(Int, Double)] {
    let low = place.rounded(.down)
    return [(low, 1 - (place - low)), (low + 1, place - low)].map { position, weight in
      (Int(min(max(position, 0), Double(count - 1))), weight)
    }
  }
}
