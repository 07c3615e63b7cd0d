// How dark a page's paper and its ink are.

/// The luma of paper and of ink, and what lies between as a share of ink.
struct InkScale: Equatable, Sendable {
  /// The luma of bare paper.
  let paper: UInt8
  /// The luma of solid ink.
  let ink: UInt8

  /// The levels of a page, or `nil` where ink and paper are not distinguished: a blank page.
  ///
  /// Paper is the most frequent bright luma; ink is as dark as the darkest one and a half
  /// thousandths of the pixels, less than any ECG's traces take.
  init?(of page: GreyPage) {
    var histogram = [Int](repeating: 0, count: 256)
    histogram.withUnsafeMutableBufferPointer { histogram in
      for value in page.luma { histogram[Int(value)] &+= 1 }
    }
    let paper = (128...255).max { histogram[$0] < histogram[$1] } ?? 255
    let enough = max(40, page.luma.count * 3 / 2000)
    var sum = 0
    let ink = (0...255).first { value in
      sum += histogram[value]
      return sum >= enough
    }
    guard let ink, paper - ink >= Self.leastContrast else { return nil }
    self.paper = UInt8(paper)
    self.ink = UInt8(ink)
  }

  private static let leastContrast = 60

  /// Pixels of lower luma are ink: half-way.
  var threshold: UInt8 { UInt8((Int(paper) + Int(ink) + 1) / 2) }

  /// The share of ink in pixels of each luma, 0…1.
  ///
  /// An eighth of the contrast at both ends is taken for noise of the encoding.
  func shares() -> [Float] {
    let span = Float(paper) - Float(ink)
    return (0..<256).map { value in
      min(max(((Float(paper) - Float(value)) / span - 0.125) / 0.75, 0), 1)
    }
  }
}
