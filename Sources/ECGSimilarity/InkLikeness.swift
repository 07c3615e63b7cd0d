// What is kept of a page whose traces cannot be read: a small picture of its ink.

import ECGRaster

/// A page's ink within its frame, or on the whole page where it has none: about 12 kB.
///
/// The frame's inside is laid straight and reduced to 96 x 64 cells. Each cell's darkness less its
/// surroundings' is what counts, so that neither exposure nor shadows do. Rescaled, re-encoded,
/// brighter and noisy copies agree; turned or cropped ones do where the page has a red frame.
public struct InkLikeness: Equatable, Sendable {
  /// Cells of the picture, across and down.
  static let size = (width: 96, height: 64)

  /// Row after row, mean 0 and length 1.
  let values: [Float]

  /// The likeness of a page; `nil` for one without ink.
  public init?(_ page: Image) {
    var (straight, inside) = (page, page.bounds)
    if let frame = GridFrame(of: page) { (straight, inside) = page.levelled(by: frame) }
    let small = straight.resized(
      from: inside, width: Self.size.width, height: Self.size.height, method: .area)
    let darkness = stride(from: 0, to: small.pixels.count, by: 3).map { at -> Float in
      255
        - (0.299 * Float(small.pixels[at]) + 0.587 * Float(small.pixels[at + 1])
          + 0.114 * Float(small.pixels[at + 2]))
    }
    self.init(unit: Self.withoutSurroundings(darkness))
  }

  /// A likeness from its values; `nil` for a wrong number of them.
  init?(values: [Float]) {
    guard values.count == Self.size.width * Self.size.height else { return nil }
    self.values = values
  }

  /// The correlation of the inks, -1...1.
  public func similarity(to other: InkLikeness) -> Double { Double(dot(values, other.values)) }

  /// The same where it is at least `least`, else `nil`, which mostly a few rows tell.
  func similarity(to other: InkLikeness, atLeast least: Double) -> Double? {
    // Values of length 1 at similarity s lie at the squared distance 2 - 2 s.
    if isFarther(values, other.values, than: 2 * (1.001 - Float(least))) { return nil }
    let found = similarity(to: other)
    return found >= least ? found : nil
  }

  /// The same without what pages have in common; `nil` where nothing is left.
  func without(_ template: [Float]) -> InkLikeness? {
    InkLikeness(unit: zip(values, template).map { $0 - $1 })
  }

  private init?(unit values: [Float]) {
    let mean = values.reduce(0, +) / Float(values.count)
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    guard spread > 1e-3 else { return nil }
    self.values = values.map { ($0 - mean) / spread }
  }

  /// Each cell less the mean of the 9 x 9 cells around it.
  private static func withoutSurroundings(_ cells: [Float]) -> [Float] {
    let (width, height, reach) = (size.width, size.height, 4)
    return (0..<width * height).map { at in
      let (x, y) = (at % width, at / width)
      var (sum, count): (Float, Float) = (0, 0)
      for row in max(0, y - reach)...min(height - 1, y + reach) {
        for column in max(0, x - reach)...min(width - 1, x + reach) {
          sum += cells[row * width + column]
          count += 1
        }
      }
      return cells[at] - sum / count
    }
  }
}
