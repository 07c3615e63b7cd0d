// Follows one panel's line on a straight page.

import ECGLayouts
import ECGRaster
import ECGRecordings
import ECGTerms

/// What all panels of a page share.
struct PanelTracer {
  let found: FoundLayout
  let straight: StraightPage
  /// The ink outside covered areas.
  let runs: ColumnRuns
  /// The boxes that hide traces.
  let covers: [CoveredArea]
  /// The lines in the header, on the straight page.
  let rules: [PageRectangle]
  /// The share of ink in pixels of each luma.
  let shares: [Float]
  /// Pixels of lower luma are ink.
  let threshold: UInt8
  /// The height of a millivolt in layout pixels.
  let millivoltHeight: Double

  var layout: PageLayout { found.layout }

  /// A panel's path, and where its columns begin on the straight page.
  struct Traced {
    let panel: LeadPanel
    /// The beginning of the panel's zero line on the straight page.
    let start: PagePoint
    let firstColumn: Int
    let columns: Int
    /// The columns that separators cover, beside the panel too.
    let hidden: Set<Int>
    /// Half the width of the line.
    let radius: Float
    var path: [PathColumn]
    /// The panels, by number, whose lines run where this one's was looked for.
    var neighbors: Set<Int> = []
  }

  /// The path through a panel, or through what is there of it.
  ///
  /// - Parameters:
  ///   - panel: The panel.
  ///   - isOwn: Whether ink of a column of the straight page may be the panel's; where this is given,
  ///     the path may be in pieces.
  func trace(_ panel: LeadPanel, isOwn: ((Int, Run) -> Bool)? = nil) -> Traced {
    let start = straight.placement.onPage(
      PagePoint(x: panel.box.x, y: panel.zeroLine + 0.5))
    // What the layout's places are off the straight page's, near the panel.
    let corner = PagePoint(x: panel.box.x - start.x, y: panel.zeroLine + 0.5 - start.y)
    let first = Int(start.x.rounded())
    let width = panel.box.width * straight.placement.scaleAcross
    let count = Int((start.x + width).rounded()) - first
    let rows = rows(of: panel, corner)
    let hidden = Set(separatorColumns(of: panel, corner).map { $0 - first })
    let columns = (0..<count).map { x -> [Run] in
      if hidden.contains(x) { return [] }
      return runs[first + x].filter {
        $0.bottom > rows.lowerBound && $0.top < rows.upperBound && !isRule($0, at: first + x)
          && isOwn?(first + x, $0) ?? true
      }
    }
    let radius = radius(of: panel, corner, columns: first..<first + count)
    var search = PathSearch(
      stretches: PenStretches(runs: columns, radius: radius),
      foreign: foreignInk(panel, corner, first: first, count: count),
      rows: Float(panel.box.y - corner.y)...Float(panel.box.bottom - corner.y),
      zero: Float(start.y), clearance: 2 * radius + 1)
    search.inPieces = isOwn != nil
    let path = (search.path() ?? []).filter { step in
      !covers.contains { $0.cuts(step.stretch.ink, at: first + step.column) }
    }
    return Traced(
      panel: panel, start: start, firstColumn: first, columns: count, hidden: hidden,
      radius: radius, path: path)
  }

  /// The columns of a panel, from its first, in which a box covers part of it: more than what a box
  /// over the row beside takes of its edge.
  func covered(_ traced: Traced) -> [Int] {
    let above = Float(traced.start.y - traced.panel.zeroLine - 0.5)
    let edge = Float(2 * layout.template.pixelsPerMillimetre)
    let rows =
      Float(traced.panel.box.y) + above + edge...Float(traced.panel.box.bottom) + above - edge
    return (0..<traced.columns).filter { x in
      covers.contains { $0.rows(at: traced.firstColumn + x)?.overlaps(rows) ?? false }
    }
  }

  /// Whether a box covers columns of a panel that its path lacks.
  private func isCovered(_ traced: Traced) -> Bool {
    if covers.isEmpty { return false }
    return !Set(covered(traced)).subtracting(traced.path.map(\.column))
      .subtracting(traced.hidden).isEmpty
  }

  /// Half the width of a panel's line: that of its level parts, on the panel's own rows.
  ///
  /// Each panel's line is measured alone, so that no other panel's line decides how this one is read.
  private func radius(of panel: LeadPanel, _ corner: PagePoint, columns: Range<Int>) -> Float {
    let pen = Float(found.landmarks.pen)
    let rows = Float(panel.box.y - corner.y)...Float(panel.box.bottom - corner.y)
    let thickness = runs.levelThickness(columns: columns, rows: rows, upTo: 2 * pen) ?? pen
    return min(max(thickness, 0.6 * pen), 1.6 * pen) / 2
  }

  /// The rows of the straight page where a panel's line is looked for: 4 mV to both sides.
  private func rows(of panel: LeadPanel, _ corner: PagePoint) -> Range<Float> {
    let zero = panel.zeroLine + 0.5
    let reach = 4 * layout.pixelsPerMillivolt
    let margin = 12 * layout.template.pixelsPerMillimetre
    let top = max(zero - reach, layout.frame.y - margin)
    let bottom = min(zero + reach, layout.frame.bottom + margin / 6)
    return Float(top - corner.y)..<Float(bottom - corner.y)
  }

  /// Whether ink is that of a rule in the header alone.
  private func isRule(_ ink: Run, at column: Int) -> Bool {
    rules.contains {
      Double(column) >= $0.x - 2 && Double(column) <= $0.right + 2 && Double(ink.top) >= $0.y - 2
        && Double(ink.bottom) <= $0.bottom + 2
    }
  }

  /// Columns of a panel that a separator of its height or more covers: nothing else is seen there.
  private func separatorColumns(of panel: LeadPanel, _ corner: PagePoint) -> Set<Int> {
    let separators = found.landmarks.separators.filter {
      $0.height >= panel.box.height && $0.y < panel.zeroLine && $0.bottom > panel.zeroLine
    }
    return Set(
      separators.flatMap { separator in
        let left = Int((separator.x - corner.x).rounded(.down)) - 3
        let right = Int((separator.right - corner.x).rounded(.up)) + 3
        return (left..<right).filter { x in
          runs[x].contains { Double($0.thickness) > 0.6 * separator.height }
        }
      })
  }

  /// The widths of letters in the serif faces of devices, in sizes of the type.
  private static func advance(of letter: Character) -> Double {
    switch letter {
    case "I": 0.33
    case "V": 0.72
    case "R": 0.67
    case "L": 0.61
    case "F": 0.56
    default: 0.5
    }
  }

  /// Where a panel's name stands, in layout pixels.
  func labelBox(of panel: LeadPanel) -> PageRectangle {
    let unit = layout.template.pixelsPerMillimetre
    let label = layout.template.label
    let height = label.height * unit
    let width = panel.lead.rawValue.reduce(0) { $0 + Self.advance(of: $1) } * height
    let base = panel.zeroLine + 0.5 - label.up * unit
    return PageRectangle(
      x: panel.box.x + label.right * unit - 1, y: base - 0.72 * height - 3,
      width: width + 2, height: 0.72 * height + 6)
  }

  /// Rows of each column where ink need not be the lead's: its name, and short marks.
  private func foreignInk(
    _ panel: LeadPanel, _ corner: PagePoint, first: Int, count: Int
  ) -> [[ClosedRange<Float>]] {
    let name = labelBox(of: panel)
    let marks = found.landmarks.separators.filter { $0.height < panel.box.height }.map {
      PageRectangle(x: $0.x - 2, y: $0.y - 2, width: $0.width + 4, height: $0.height + 4)
    }
    var rows = [[ClosedRange<Float>]](repeating: [], count: count)
    for box in [name] + marks {
      let left = Int((box.x - corner.x).rounded()) - first
      let right = Int((box.right - corner.x).rounded()) - first
      for x in max(0, left)..<max(max(0, left), min(count, right)) {
        rows[x].append(Float(box.y - corner.y)...Float(box.bottom - corner.y))
      }
    }
    return rows
  }

  /// The reading of a traced panel.
  func reading(_ traced: Traced) -> LeadReading {
    let panel = traced.panel
    let rate = Recording.standardRate
    let count = Int((panel.durationSeconds * rate).rounded())
    if let problem = problem(of: traced) {
      return LeadReading(
        lead: panel.lead, startSeconds: panel.startSeconds,
        millivolts: [Double](repeating: .nan, count: count),
        confidence: [Double](repeating: 0, count: count), path: [], problem: problem)
    }
    let line = line(of: traced)
    let (across, down) = (straight.placement.scaleAcross, straight.placement.scaleDown)
    let samples = line.samples(
      count: count, start: traced.start.x - Double(traced.firstColumn),
      step: layout.pixelsPerSecond * across / rate)
    return LeadReading(
      lead: panel.lead, startSeconds: panel.startSeconds,
      millivolts: samples.heights.map { (traced.start.y - $0) / (millivoltHeight * down) },
      confidence: samples.confidences, path: pieces(of: line, firstColumn: traced.firstColumn),
      problem: LeadProblem(missingShare: samples.confidences, isCovered: isCovered(traced)))
  }

  /// The line of a path.
  ///
  /// Columns place the line of a pen that covers three of them; a thinner one needs its tips restored
  /// and its steep parts placed by rows.
  private func line(of traced: Traced) -> TraceLine {
    let radius = traced.radius
    guard radius < Self.threeColumns else {
      var line = TraceLine(traced.path, radius: radius)
      line.reachOut(traced.path, besides: traced.hidden, radius: radius)
      return line
    }
    let flanks = Flanks(
      page: straight.page, shares: shares, threshold: threshold,
      firstColumn: traced.firstColumn, radius: radius)
    return TraceLine(
      PeakTips(radius: radius).restored(traced.path), radius: radius, flanks: flanks)
  }

  /// The radius from which a pen always covers three columns.
  private static let threeColumns: Float = 1.45

  private func pieces(of line: TraceLine, firstColumn: Int) -> [[PagePoint]] {
    var pieces: [[PagePoint]] = []
    for corner in line.corners {
      let place = straight.onPage(
        PagePoint(x: Double(firstColumn) + Double(corner.x), y: Double(corner.y)))
      if corner.confidence == 0 {
        pieces.append([place])
      } else {
        pieces[pieces.count - 1].append(place)
      }
    }
    return pieces
  }
}
