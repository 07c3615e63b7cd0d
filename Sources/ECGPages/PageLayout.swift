// Where each lead lies on a page, and the scales of time and voltage.

import ECGTerms

/// One lead's stretch of trace on a page.
public struct LeadPanel: Equatable, Sendable {
  /// Which lead.
  public let lead: Lead
  /// The area that belongs to the panel.
  public let box: PageRectangle
  /// The row of zero voltage: 463 is the middle of the pixel row with 463 rows above it.
  public let zeroLine: Double
  /// Where the panel's time begins in the recording, in seconds.
  public let startSeconds: Double
  /// How long the panel is, in seconds.
  public let durationSeconds: Double

  /// A panel.
  public init(
    lead: Lead, box: PageRectangle, zeroLine: Double, startSeconds: Double, durationSeconds: Double
  ) {
    self.lead = lead
    self.box = box
    self.zeroLine = zeroLine
    self.startSeconds = startSeconds
    self.durationSeconds = durationSeconds
  }

  func scaled(across: Double, down: Double) -> LeadPanel {
    LeadPanel(
      lead: lead, box: box.scaled(across: across, down: down), zeroLine: zeroLine * down,
      startSeconds: startSeconds, durationSeconds: durationSeconds)
  }
}

/// The geometry of a kind of ECG page: its leads' boxes, rhythm strip, frame, grid and scales.
///
/// All lengths are pixels of a page of `size`. A scan of the same kind in another size has the
/// layout `scaled(to:)` that size.
public struct PageLayout: Equatable, Sendable {
  /// The page.
  public let size: PageSize
  /// The grid's box, its frame line included.
  public let frame: PageRectangle
  /// The twelve leads, in the order of `Lead.allCases`.
  public let panels: [LeadPanel]
  /// The rhythm strip below them.
  public let rhythmStrip: LeadPanel
  /// Pixels a second of trace.
  public let pixelsPerSecond: Double
  /// Pixels a millivolt of trace.
  public let pixelsPerMillivolt: Double
  /// The grid drawn behind the traces.
  public let grid: PageGrid

  /// A layout with one panel a lead.
  public init(
    size: PageSize, frame: PageRectangle, panels: [LeadPanel], rhythmStrip: LeadPanel,
    pixelsPerSecond: Double, pixelsPerMillivolt: Double, grid: PageGrid
  ) {
    precondition(panels.map(\.lead) == Lead.allCases, "a panel for each lead, in their order")
    self.size = size
    self.frame = frame
    self.panels = panels
    self.rhythmStrip = rhythmStrip
    self.pixelsPerSecond = pixelsPerSecond
    self.pixelsPerMillivolt = pixelsPerMillivolt
    self.grid = grid
  }

  /// The panel of a lead in the 3 x 4 part of the page.
  public func panel(_ lead: Lead) -> LeadPanel {
    panels[Lead.allCases.firstIndex(of: lead)!]
  }

  /// The area of a lead in the 3 x 4 part of the page.
  ///
  /// The twelve boxes and the rhythm strip's do not overlap; each reaches half-way to the rows
  /// above and below.
  public func leadBox(_ lead: Lead) -> PageRectangle { panel(lead).box }

  /// The same geometry on a page of another size.
  public func scaled(to other: PageSize) -> PageLayout {
    if other == size { return self }
    let across = Double(other.width) / Double(size.width)
    let down = Double(other.height) / Double(size.height)
    return PageLayout(
      size: other, frame: frame.scaled(across: across, down: down),
      panels: panels.map { $0.scaled(across: across, down: down) },
      rhythmStrip: rhythmStrip.scaled(across: across, down: down),
      pixelsPerSecond: pixelsPerSecond * across, pixelsPerMillivolt: pixelsPerMillivolt * down,
      grid: grid.scaled(across: across, down: down))
  }
}

/// A grid of 1 mm squares in 5 mm squares.
public struct PageGrid: Equatable, Sendable {
  /// The x of one of the vertical 5 mm lines.
  public let originX: Double
  /// The y of one of the horizontal 5 mm lines.
  public let originY: Double
  /// Pixels a millimetre across.
  public let pitchX: Double
  /// Pixels a millimetre down.
  public let pitchY: Double

  /// A grid.
  public init(originX: Double, originY: Double, pitchX: Double, pitchY: Double) {
    self.originX = originX
    self.originY = originY
    self.pitchX = pitchX
    self.pitchY = pitchY
  }

  func scaled(across: Double, down: Double) -> PageGrid {
    PageGrid(
      originX: originX * across, originY: originY * down, pitchX: pitchX * across,
      pitchY: pitchY * down)
  }
}

extension PageLayout {
  /// The device of the public archive: 2213 x 1572 pixels, 3 x 4 leads of 2.5 s at consecutive
  /// times, a rhythm strip of 10 s, 25 mm/s, 10 mm/mV.
  ///
  /// The three rows and the strip lie 301 pixels apart; the columns join at the separators.
  public static let device: PageLayout = {
    let zeroLines = [463.0, 763, 1065.5, 1366]
    let edges = [313.0, 613, 914.25, 1215.75, 1513]
    let left = 152.0
    let pixelsPerSecond = 196.8
    let columnSeconds = 2.5
    let columnWidth = columnSeconds * pixelsPerSecond
    let panels = Lead.allCases.enumerated().map { index, lead in
      let column = index / 3
      let row = index % 3
      return LeadPanel(
        lead: lead,
        box: PageRectangle(
          x: left + Double(column) * columnWidth, y: edges[row], width: columnWidth,
          height: edges[row + 1] - edges[row]),
        zeroLine: zeroLines[row], startSeconds: Double(column) * columnSeconds,
        durationSeconds: columnSeconds)
    }
    let strip = LeadPanel(
      lead: .II,
      box: PageRectangle(
        x: left, y: edges[3], width: 4 * columnWidth, height: edges[4] - edges[3]),
      zeroLine: zeroLines[3], startSeconds: 0, durationSeconds: 4 * columnSeconds)
    return PageLayout(
      size: PageSize(width: 2213, height: 1572),
      frame: PageRectangle(x: 68, y: 283, width: 2109, height: 1235), panels: panels,
      rhythmStrip: strip, pixelsPerSecond: pixelsPerSecond, pixelsPerMillivolt: 79,
      grid: PageGrid(originX: 105.4, originY: 323.7, pitchX: 7.945, pitchY: 7.945))
  }()
}
