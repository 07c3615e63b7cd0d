// Images for the tests of this module.

import ECGRandom
import ECGRaster
import TestSupport

func fixtureImage(_ name: String) throws -> Image {
  try Image(contentsOf: fixturePath("images/\(name)"))
}

/// Independent random samples.
func noise(_ width: Int, _ height: Int, seed: UInt64 = 3) -> Image {
  var random = Philox(seed: seed, for: .trial, UInt64(width), UInt64(height))
  let pixels = (0..<width * height * 3).map { _ in UInt8(random.index(below: 256)) }
  return Image(width: width, height: height, pixels: pixels)
}

/// The largest difference of two samples; `nil` for images of two sizes.
func largestDifference(_ a: Image, _ b: Image) -> Int? {
  guard a.width == b.width, a.height == b.height else { return nil }
  return zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.max()
}
