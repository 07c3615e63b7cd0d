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

  /// The same place for another lead.
  func showing(_ other: Lead) -> LeadPanel {
    LeadPanel(
      lead: other, box: box, zeroLine: zeroLine, startSeconds: startSeconds,
      durationSeconds: durationSeconds)
  }
}

/// A template at a paper speed and a gain, in pixels: its leads' boxes, rhythm strip and scales.
///
/// All lengths are pixels of a page of `size`. A scan of the same kind in another size has the
/// layout `scaled(to:)` that size.
public struct PageLayout: Equatable, Sendable {
  /// The kind of page in millimeters.
  public let template: PageTemplate
  /// The paper's speed.
  public let speed: PaperSpeed
  /// The deflection of a millivolt.
  public let gain: PaperGain
  /// The page.
  public let size: PageSize
  /// The grid's box, its frame line included.
  public let frame: PageRectangle
  /// The twelve leads, in the order of `Lead.allCases`.
  public let panels: [LeadPanel]
  /// The rhythm strip below them, where the page has one.
  public let rhythmStrip: LeadPanel?
  /// Pixels a second of trace.
  public let pixelsPerSecond: Double
  /// Pixels a millivolt of trace.
  public let pixelsPerMillivolt: Double
  /// The grid drawn behind the traces.
  public let grid: PageGrid

  /// The kind's name: `device` or `6x2`.
  public var name: String { template.design.rawValue }

  /// The twelve panels and, where there is one, the rhythm strip after them.
  public var allPanels: [LeadPanel] { panels + (rhythmStrip.map { [$0] } ?? []) }

  /// A template's page of its own size.
  ///
  /// The columns show consecutive times, the rhythm strip all of them: a faster paper shows less.
  ///
  /// - Parameters:
  ///   - template: The kind of page.
  ///   - speed: The paper's speed.
  ///   - gain: The deflection of a millivolt.
  ///   - stripLead: The rhythm strip's lead.
  public init(
    _ template: PageTemplate, speed: PaperSpeed = .mm25, gain: PaperGain = .mm10,
    stripLead: Lead = .II
  ) {
    let pixels = template.pixelsPerMillimetre
    let seconds = template.columnWidth / speed.millimetresPerSecond
    let width = template.columnWidth * template.timeScale
    func panel(
      _ lead: Lead, column: Int, of count: Int, _ row: PageTemplate.Row
    ) -> LeadPanel {
      LeadPanel(
        lead: lead,
        box: PageRectangle(
          x: template.left + Double(column) * width, y: row.top, width: Double(count) * width,
          height: row.bottom - row.top
        ).scaled(across: pixels, down: pixels).withoutRoundingErrors,
        zeroLine: neat(row.zeroLine * pixels - 0.5), startSeconds: Double(column) * seconds,
        durationSeconds: Double(count) * seconds)
    }
    var found: [Lead: LeadPanel] = [:]
    for (column, leads) in template.columns.enumerated() {
      for (row, lead) in zip(template.rows, leads) {
        found[lead] = panel(lead, column: column, of: 1, row)
      }
    }
    self.init(
      template: template, speed: speed, gain: gain, size: template.size,
      frame: template.frame.scaled(across: pixels, down: pixels).withoutRoundingErrors,
      panels: Lead.allCases.map { lead in
        guard let panel = found[lead] else { preconditionFailure("a page without \(lead)") }
        return panel
      },
      rhythmStrip: template.strip.map {
        panel(stripLead, column: 0, of: template.columns.count, $0)
      },
      pixelsPerSecond: neat(speed.millimetresPerSecond * template.timeScale * pixels),
      pixelsPerMillivolt: neat(gain.millimetresPerMillivolt * template.voltageScale * pixels),
      grid: template.grid.scaled(across: pixels, down: pixels))
  }

  private init(
    template: PageTemplate, speed: PaperSpeed, gain: PaperGain, size: PageSize,
    frame: PageRectangle, panels: [LeadPanel], rhythmStrip: LeadPanel?, pixelsPerSecond: Double,
    pixelsPerMillivolt: Double, grid: PageGrid
  ) {
    self.template = template
    self.speed = speed
    self.gain = gain
    self.size = size
    self.frame = frame
    self.panels = panels
    self.rhythmStrip = rhythmStrip
    self.pixelsPerSecond = pixelsPerSecond
    self.pixelsPerMillivolt = pixelsPerMillivolt
    self.grid = grid
  }

  /// The panel of a lead among the twelve.
  public func panel(_ lead: Lead) -> LeadPanel {
    guard let panel = panels.first(where: { $0.lead == lead }) else {
      preconditionFailure("a layout without \(lead)")
    }
    return panel
  }

  /// The area of a lead among the twelve.
  ///
  /// The twelve boxes and the rhythm strip's do not overlap; each reaches half-way to the rows
  /// above and below.
  public func leadBox(_ lead: Lead) -> PageRectangle { panel(lead).box }

  /// How far below the page's upper edge the middle of a panel's zero line lies, in pixels.
  public func zeroHeight(_ panel: LeadPanel) -> Double {
    panel.zeroLine + 0.5 * Double(size.height) / Double(template.size.height)
  }

  /// The same geometry on a page of another size.
  public func scaled(to other: PageSize) -> PageLayout {
    if other == size { return self }
    let across = Double(other.width) / Double(size.width)
    let down = Double(other.height) / Double(size.height)
    return PageLayout(
      template: template, speed: speed, gain: gain, size: other,
      frame: frame.scaled(across: across, down: down),
      panels: panels.map { $0.scaled(across: across, down: down) },
      rhythmStrip: rhythmStrip?.scaled(across: across, down: down),
      pixelsPerSecond: pixelsPerSecond * across, pixelsPerMillivolt: pixelsPerMillivolt * down,
      grid: grid.scaled(across: across, down: down))
  }

  /// The same kind of page, of its own size, at another paper speed.
  public func at(_ other: PaperSpeed) -> PageLayout {
    other == speed ? self : PageLayout(template, speed: other, gain: gain)
  }

  /// The same page with another lead in its rhythm strip, if it has one.
  public func withStrip(_ lead: Lead) -> PageLayout {
    guard let rhythmStrip, rhythmStrip.lead != lead else { return self }
    return PageLayout(
      template: template, speed: speed, gain: gain, size: size, frame: frame, panels: panels,
      rhythmStrip: rhythmStrip.showing(lead), pixelsPerSecond: pixelsPerSecond,
      pixelsPerMillivolt: pixelsPerMillivolt, grid: grid)
  }
}

extension PageLayout {
  /// The device of the public archive: 2213 x 1572 pixels, 3 x 4 leads of 2.5 s at consecutive
  /// times, a rhythm strip of 10 s, 25 mm/s, 10 mm/mV.
  public static let device = PageLayout(.device)

  /// A kind of page at a paper speed and a gain, of its own size.
  public static func of(
    _ design: PageDesign, speed: PaperSpeed = .mm25, gain: PaperGain = .mm10
  ) -> PageLayout {
    PageLayout(PageTemplate.of(design), speed: speed, gain: gain)
  }
}

/// A length without the last digits, which converting it has made up.
private func neat(_ length: Double) -> Double { (length * 1e6).rounded() / 1e6 }

extension PageRectangle {
  fileprivate var withoutRoundingErrors: PageRectangle {
    PageRectangle(x: neat(x), y: neat(y), width: neat(width), height: neat(height))
  }
}
