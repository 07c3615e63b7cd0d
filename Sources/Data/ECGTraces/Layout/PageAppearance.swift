// What a page looks like as a picture: size, brightness, color, texture, and where its layout lies.

import ECGLayouts
import ECGRaster

/// A figure of a page's look, by which a page can differ from others.
public enum PageTrait: String, CaseIterable, Sendable, Codable {
  /// Pixels across and down.
  case width, height
  /// Width over height.
  case aspect
  /// The luma of the paper, the median of all pixels, 0 (black) to 255.
  case paper
  /// The luma of the ink: one pixel in two hundred is as dark or darker.
  case ink
  /// The share of pixels darker than half-way between paper and ink.
  case inkShare = "ink_share"
  /// The share of pixels between ink and paper: darker than 0.85 of the contrast, lighter than 0.2.
  case halftones
  /// The mean difference of the largest and the least of red, green and blue.
  case color
  /// The share of pixels whose luma differs by more than 32 from their left neighbor's.
  case edges
  /// The sides of the layout's frame, as fractions of the page's width or height.
  case left, right, top, bottom
}

/// A page's look, computed in one pass over its pixels.
public struct PageAppearance: Equatable, Sendable, Codable {
  /// The name of the known layout on the page; `nil` where none was found.
  public let layout: String?
  /// The figures by the names of ``PageTrait``; the frame's sides only where there is a layout.
  private let traits: [String: Double]

  /// An appearance of known figures.
  public init(layout: String?, traits: [PageTrait: Double]) {
    self.layout = layout
    self.traits = Dictionary(uniqueKeysWithValues: traits.map { ($0.key.rawValue, $0.value) })
  }

  /// A figure; `nil` for a side of a frame that is not there.
  public subscript(trait: PageTrait) -> Double? { traits[trait.rawValue] }

  /// The look of a decoded page.
  public init(of image: Image) {
    let page = GreyPage(image)
    let levels = Levels(of: page)
    var traits: [PageTrait: Double] = [
      .width: Double(image.width), .height: Double(image.height),
      .aspect: Double(image.width) / Double(image.height), .paper: levels.paper,
      .ink: levels.ink, .inkShare: levels.inkShare, .halftones: levels.halftones,
      .color: colorSpread(of: image), .edges: edgeShare(of: page),
    ]
    let located = LocatedLayout(on: page)
    if let frame = located?.frame {
      func mean(_ a: Double, _ b: Double, of side: Int) -> Double { (a + b) / 2 / Double(side) }
      traits[.left] = mean(frame.topLeft.x, frame.bottomLeft.x, of: image.width)
      traits[.right] = mean(frame.topRight.x, frame.bottomRight.x, of: image.width)
      traits[.top] = mean(frame.topLeft.y, frame.topRight.y, of: image.height)
      traits[.bottom] = mean(frame.bottomLeft.y, frame.bottomRight.y, of: image.height)
    }
    self.init(layout: located?.layout.name, traits: traits)
  }
}

/// The levels of a page's luma.
private struct Levels {
  let paper, ink, inkShare, halftones: Double

  init(of page: GreyPage) {
    var histogram = [Int](repeating: 0, count: 256)
    histogram.withUnsafeMutableBufferPointer { histogram in
      for value in page.luma { histogram[Int(value)] &+= 1 }
    }
    let count = page.luma.count
    func level(above share: Double) -> Double {
      var sum = 0
      let found = histogram.indices.first { value in
        sum += histogram[value]
        return Double(sum) >= share * Double(count)
      }
      return Double(found ?? 255)
    }
    func share(of range: (Double) -> Bool) -> Double {
      let sum = histogram.indices.reduce(0) { range(Double($1)) ? $0 + histogram[$1] : $0 }
      return Double(sum) / Double(count)
    }
    let (paper, ink) = (level(above: 0.5), level(above: 0.005))
    let contrast = paper - ink
    (self.paper, self.ink) = (paper, ink)
    inkShare = share { $0 < ink + 0.5 * contrast }
    halftones = share { $0 > ink + 0.2 * contrast && $0 < ink + 0.85 * contrast }
  }
}

/// The mean difference of the largest and the least of red, green and blue, 0…255.
private func colorSpread(of image: Image) -> Double {
  let sum = image.pixels.withUnsafeBufferPointer { pixels -> Int in
    var sum = 0
    for at in stride(from: 0, to: pixels.count, by: 3) {
      let (red, green, blue) = (pixels[at], pixels[at + 1], pixels[at + 2])
      sum &+= Int(max(red, green, blue)) &- Int(min(red, green, blue))
    }
    return sum
  }
  return Double(sum) / Double(image.width * image.height)
}

/// The share of pixels whose luma differs by more than 32 from their left neighbor's.
private func edgeShare(of page: GreyPage) -> Double {
  let sum = page.luma.withUnsafeBufferPointer { luma -> Int in
    var sum = 0
    for row in 0..<page.height {
      for at in row * page.width + 1..<(row + 1) * page.width {
        let difference = Int(luma[at]) &- Int(luma[at - 1])
        if difference > 32 || difference < -32 { sum &+= 1 }
      }
    }
    return sum
  }
  return Double(sum) / Double(page.width * page.height)
}
