// Pages that lie over one another: what they print alike, and what each has besides.

/// What many pages print alike, in the place where they print it.
struct InkTemplate: Sendable {
  /// In 192 x 192 cells.
  let fine: InkMap
  /// In 96 x 96 cells.
  let coarse: InkMap

  /// Fewer pages do not show what they print alike.
  static let leastPages = 8
  /// A hundred pages, spread over all, show it.
  private static let mostPages = 100

  /// The median of pages that lie as they are; of at least ``leastPages``.
  init(of pictures: [PagePicture]) {
    let step = max(1, pictures.count / Self.mostPages)
    fine = InkMap.median(
      of: stride(from: 0, to: pictures.count, by: step).map { InkMap(pictures[$0]) })
    coarse = fine.halved
  }
}

/// A page on a sheet.
struct PlacedPage: Sendable {
  /// Where the sheet's points lie on the page.
  let mapping: PageMapping
  /// Its ink less what the sheet's pages print alike, where the page lies.
  let own: ResidualInk
  /// Whether it shows so much of what the sheet's pages print alike that it surely lies there.
  let isSure: Bool
}

/// Ink less a template, where it is known.
struct ResidualInk: Sendable {
  /// 0 where it is unknown.
  private let values: [Float]
  private let squares: [Float]
  /// 1 where it is known, else 0.
  private let known: [Float]
  private let isWhole: Bool
  /// The sum of the squares.
  private let spread: Double

  /// The ink of a page laid over a template.
  ///
  /// - Parameters:
  ///   - laid: NaN where the page is not.
  ///   - template: Of as many cells.
  init(_ laid: [Float], less template: InkMap) {
    var (product, square) = (0.0, 0.0)
    for (ink, printed) in zip(laid, template.cells) where !ink.isNaN {
      product += Double(ink) * Double(printed)
      square += Double(printed) * Double(printed)
    }
    // Darker or paler print: within bounds, as a page's own ink weighs in too.
    let gain = Float(min(max(product / max(square, 1e-12), 0.25), 4))
    known = laid.map { $0.isNaN ? 0 : 1 }
    isWhole = !known.contains(0)
    let differences = zip(laid, template.cells).map { $0.isNaN ? 0 : $0 / gain - $1 }
    let mean = differences.reduce(0, +) / max(known.reduce(0, +), 1)
    values = zip(differences, known).map { ($0 - mean) * $1 }
    squares = values.map { $0 * $0 }
    spread = Double(squares.reduce(0, +))
  }

  /// The correlation where both are known, -1...1.
  func correlation(with other: ResidualInk) -> Double {
    let product = Double(dot(values, other.values))
    if isWhole && other.isWhole {
      let both = spread * other.spread
      return both > 0 ? product / both.squareRoot() : 0
    }
    let count = Double(dot(known, other.known))
    guard count > 0 else { return 0 }
    let (a, b) = (Double(dot(values, other.known)), Double(dot(known, other.values)))
    let spreadA = Double(dot(squares, other.known)) - a * a / count
    let spreadB = Double(dot(known, other.squares)) - b * b / count
    guard spreadA > 0, spreadB > 0 else { return 0 }
    return (product - a * b / count) / (spreadA * spreadB).squareRoot()
  }
}
