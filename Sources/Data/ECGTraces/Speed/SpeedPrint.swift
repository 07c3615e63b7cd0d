// The paper speed that a page's footer prints, compared as a picture.

import ECGLayouts
import ECGRaster

/// The part of a page where its layout prints the paper speed.
struct SpeedPrint {
  /// The share of ink, blurred over 3 x 3 layout pixels, row by row.
  private let ink: [[Double]]
  private let shapes: DigitShapes
  /// Layout pixels from a digit to the next.
  private let advance: Double

  /// How far the print may lie from its place, in layout pixels.
  private static let reach = 4
  /// Blank columns before the first digit and rows above and below, in layout pixels.
  private static let margin = (left: 5, right: 1, rows: 2)
  /// The least correlation of the print with a number.
  private static let leastSimilarity = 0.7
  /// How much less any other number's must be.
  private static let leastLead = 0.12

  /// Takes the shares of ink from the page; outside of the image there is none.
  init(_ page: GreyPage, scale: InkScale, layout: PageLayout, placement: Placement) {
    let print = layout.template.printedSpeed
    let unit = layout.template.pixelsPerMillimetre
    shapes = DigitShapes(print.face)
    advance = print.advance * unit
    let left = Int((print.x * unit).rounded()) - Self.margin.left - Self.reach
    let top = Int((print.baseline * unit).rounded()) - shapes.height - Self.margin.rows - Self.reach
    let widest = PaperSpeed.allCases.map { String($0.rawValue).count }.max() ?? 0
    let size = Self.size(digits: widest, advance: advance, shapes)
    let shares = InkSampling(page, scale: scale, placement: placement)
    ink = blurred(
      (0..<size.height + 2 * Self.reach).map { row in
        (0..<size.width + 2 * Self.reach).map { column in
          shares.share(x: left + column, y: top + row)
        }
      })
  }

  private static func size(
    digits: Int, advance: Double, _ shapes: DigitShapes
  ) -> (width: Int, height: Int) {
    (
      Int((Double(digits) * advance).rounded()) + margin.left + margin.right,
      shapes.height + 2 * margin.rows
    )
  }

  /// The speed that is printed; `nil` where none can be read without doubt.
  var speed: PaperSpeed? {
    let similarity = PaperSpeed.allCases.map { (speed: $0, value: self.similarity(of: $0)) }
      .sorted { $0.value > $1.value }
    guard let best = similarity.first, best.value >= Self.leastSimilarity,
      similarity.dropFirst().allSatisfy({ best.value - $0.value >= Self.leastLead })
    else { return nil }
    return best.speed
  }

  /// The greatest correlation of the print with a speed's number, over all places within reach.
  private func similarity(of speed: PaperSpeed) -> Double {
    let number = blurred(picture(of: String(speed.rawValue)))
    let shifts = 0...2 * Self.reach
    return shifts.flatMap { down in shifts.map { right in (down, right) } }
      .map { correlation(number, down: $0.0, right: $0.1) }.max() ?? 0
  }

  /// A number as it would be printed, with blank margins.
  private func picture(of number: String) -> [[Double]] {
    let size = Self.size(digits: number.count, advance: advance, shapes)
    var rows = [[Double]](
      repeating: [Double](repeating: 0, count: size.width), count: size.height)
    for (place, digit) in number.enumerated() {
      let left = Self.margin.left + Int((Double(place) * advance).rounded())
      for (row, columns) in shapes[digit].enumerated() {
        for (column, isInk) in columns.enumerated() where isInk && left + column < size.width {
          rows[Self.margin.rows + row][left + column] = 1
        }
      }
    }
    return rows
  }

  /// Pearson's correlation of a picture with the ink at a place; 0 where either is of one tone.
  private func correlation(_ picture: [[Double]], down: Int, right: Int) -> Double {
    var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (row, values) in picture.enumerated() {
      for (column, x) in values.enumerated() {
        let y = ink[row + down][column + right]
        a += x
        b += y
        aa += x * x
        bb += y * y
        ab += x * y
      }
    }
    let count = Double(picture.count * (picture.first?.count ?? 0))
    let spread = (aa - a * a / count) * (bb - b * b / count)
    return spread > 0 ? (ab - a * b / count) / spread.squareRoot() : 0
  }
}

/// The share of ink of a page at the pixels of its layout.
private struct InkSampling {
  private let page: GreyPage
  private let shares: [Float]
  private let placement: Placement
  /// A layout pixel's ink is the mean over this many places across and down.
  private let places: Int

  init(_ page: GreyPage, scale: InkScale, placement: Placement) {
    self.page = page
    self.placement = placement
    shares = scale.shares()
    places = max(placement.scaleAcross, placement.scaleDown) > 1.3 ? 2 : 1
  }

  /// The share of ink in the layout's pixel of column x and row y.
  func share(x: Int, y: Int) -> Double {
    var sum = 0.0
    for down in 0..<places {
      for across in 0..<places {
        let part = { (step: Int) in (Double(step) + 0.5) / Double(self.places) }
        let place = placement.onPage(
          PagePoint(x: Double(x) + part(across), y: Double(y) + part(down)))
        sum += share(at: place)
      }
    }
    return sum / Double(places * places)
  }

  /// Bilinear between pixel middles.
  private func share(at place: PagePoint) -> Double {
    let pixel = PixelPlace(x: place.x - 0.5, y: place.y - 0.5)
    func ink(_ right: Int, _ down: Int) -> Double {
      let (x, y) = (pixel.column + right, pixel.row + down)
      guard x >= 0, y >= 0, x < page.width, y < page.height else { return 0 }
      return Double(shares[Int(page.luma[y * page.width + x])])
    }
    return pixel.value(ink(0, 0), ink(1, 0), ink(0, 1), ink(1, 1))
  }
}

/// The mean of each value and its eight neighbors; the border's values are held beyond it.
private func blurred(_ rows: [[Double]]) -> [[Double]] {
  rows.indices.map { row in
    rows[row].indices.map { column in
      var sum = 0.0
      for down in -1...1 {
        let line = rows[min(max(row + down, 0), rows.count - 1)]
        for right in -1...1 { sum += line[min(max(column + right, 0), line.count - 1)] }
      }
      return sum / 9
    }
  }
}
