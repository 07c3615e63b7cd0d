// Follows one panel's line on a straight page.

import ECGPages
import ECGRecordings
import ECGTerms

/// What all panels of a page share.
struct PanelTracer {
  let found: FoundLayout
  let straight: StraightPage
  let runs: ColumnRuns
  /// The share of ink in pixels of each luma.
  let shares: [Float]
  /// Pixels of lower luma are ink.
  let threshold: UInt8
  /// Half the width of the line.
  let radius: Float
  /// The height of a millivolt in layout pixels.
  let millivoltHeight: Double

  private var layout: PageLayout { found.layout }

  /// A panel's path, and where its columns begin on the straight page.
  struct Traced {
    let panel: LeadPanel
    let firstColumn: Int
    let columns: Int
    /// The columns that separators cover, beside the panel too.
    let hidden: Set<Int>
    var path: [PathColumn]
  }

  /// The path through a panel, or through what is there of it.
  func trace(_ panel: LeadPanel) -> Traced {
    let first = Int((panel.box.x - straight.left).rounded())
    let count = Int((panel.box.right - straight.left).rounded()) - first
    let rows = rows(of: panel)
    let hidden = Set(separatorColumns(of: panel).map { $0 - first })
    let columns = (0..<count).map { x -> [Run] in
      if hidden.contains(x) { return [] }
      return runs[first + x].filter { $0.bottom > rows.lowerBound && $0.top < rows.upperBound }
    }
    let search = PathSearch(
      stretches: PenStretches(runs: columns, radius: radius),
      foreign: foreignInk(panel, first: first, count: count),
      rows: Float(panel.box.y - straight.top)...Float(panel.box.bottom - straight.top),
      zero: Float(panel.zeroLine + 0.5 - straight.top))
    return Traced(
      panel: panel, firstColumn: first, columns: count, hidden: hidden, path: search.path() ?? [])
  }

  /// The rows of the straight page where a panel's line is looked for: 4 mV to both sides.
  private func rows(of panel: LeadPanel) -> Range<Float> {
    let zero = panel.zeroLine + 0.5
    let reach = 4 * layout.pixelsPerMillivolt
    let margin = 12 * layout.template.pixelsPerMillimetre
    let top = max(zero - reach, layout.frame.y - margin)
    let bottom = min(zero + reach, layout.frame.bottom + margin / 6)
    return Float(top - straight.top)..<Float(bottom - straight.top)
  }

  /// Columns of a panel that a separator of its height or more covers: nothing else is seen there.
  private func separatorColumns(of panel: LeadPanel) -> Set<Int> {
    let separators = found.landmarks.separators.filter {
      $0.height >= panel.box.height && $0.y < panel.zeroLine && $0.bottom > panel.zeroLine
    }
    return Set(
      separators.flatMap { separator in
        let left = Int((separator.x - straight.left).rounded(.down)) - 3
        let right = Int((separator.right - straight.left).rounded(.up)) + 3
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

  /// Rows of each column where ink need not be the lead's: its name, and short marks.
  private func foreignInk(
    _ panel: LeadPanel, first: Int, count: Int
  ) -> [[ClosedRange<Float>]] {
    let template = layout.template
    let unit = template.pixelsPerMillimetre
    let label = template.label
    let height = label.height * unit
    let width = panel.lead.rawValue.reduce(0) { $0 + Self.advance(of: $1) } * height
    let base = panel.zeroLine + 0.5 - label.up * unit
    let name = PageRectangle(
      x: panel.box.x + label.right * unit - 1, y: base - 0.72 * height - 3,
      width: width + 2, height: 0.72 * height + 6)
    let marks = found.landmarks.separators.filter { $0.height < panel.box.height }.map {
      PageRectangle(x: $0.x - 2, y: $0.y - 2, width: $0.width + 4, height: $0.height + 4)
    }
    var rows = [[ClosedRange<Float>]](repeating: [], count: count)
    for box in [name] + marks {
      let left = Int((box.x - straight.left).rounded()) - first
      let right = Int((box.right - straight.left).rounded()) - first
      for x in max(0, left)..<max(max(0, left), min(count, right)) {
        rows[x].append(Float(box.y - straight.top)...Float(box.bottom - straight.top))
      }
    }
    return rows
  }

  /// The reading of a traced panel.
  func reading(_ traced: Traced) -> LeadReading {
    let panel = traced.panel
    let rate = Recording.standardRate
    let count = Int((panel.durationSeconds * rate).rounded())
    let share = Double(traced.path.count) / Double(max(1, traced.columns))
    guard share >= 0.5 else {
      return LeadReading(
        lead: panel.lead, startSeconds: panel.startSeconds,
        millivolts: [Double](repeating: .nan, count: count),
        confidence: [Double](repeating: 0, count: count), path: [],
        problem: .notFollowed(share: share))
    }
    let line = line(of: traced)
    let firstEdge = Double(traced.firstColumn) + straight.left
    let samples = line.samples(
      count: count, start: panel.box.x - firstEdge, step: layout.pixelsPerSecond / rate)
    let zero = panel.zeroLine + 0.5 - straight.top
    return LeadReading(
      lead: panel.lead, startSeconds: panel.startSeconds,
      millivolts: samples.heights.map { (zero - $0) / millivoltHeight },
      confidence: samples.confidences,
      path: pieces(of: line, firstEdge: firstEdge), problem: nil)
  }

  /// The line of a path.
  ///
  /// Columns place the line of a pen that covers three of them; a thinner one needs its tips restored
  /// and its steep parts placed by rows.
  private func line(of traced: Traced) -> TraceLine {
    guard radius < Self.threeColumns else {
      var line = TraceLine(traced.path, radius: radius)
      line.reachOut(besides: traced.hidden, radius: radius)
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

  private func pieces(of line: TraceLine, firstEdge: Double) -> [[PagePoint]] {
    var pieces: [[PagePoint]] = []
    for corner in line.corners {
      let place = found.placement.onPage(
        PagePoint(x: firstEdge + Double(corner.x), y: Double(corner.y) + straight.top))
      if corner.confidence == 0 {
        pieces.append([place])
      } else {
        pieces[pieces.count - 1].append(place)
      }
    }
    return pieces
  }
}
