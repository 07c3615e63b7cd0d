// Where the leads lie on one page.

import ECGRaster
import ECGTerms

/// The areas of a page's leads, in the page's pixels; they may lie turned.
public struct LeadAreas: Equatable, Sendable {
  /// The layout's name.
  public let layout: String
  /// The twelve leads' areas.
  public let leads: [Lead: Quadrilateral]
  /// The rhythm strip's area, where the page has one.
  public let rhythm: Quadrilateral?
  /// The leads of each column, from the left.
  public let columns: [[Lead]]

  /// The areas of a layout.
  ///
  /// - Parameters:
  ///   - layout: In its own pixels.
  ///   - place: The place on the page of a place of the layout.
  public init(_ layout: PageLayout, at place: (PagePoint) -> PagePoint = { $0 }) {
    self.layout = layout.name
    leads = Dictionary(
      uniqueKeysWithValues: layout.panels.map { ($0.lead, Quadrilateral($0.box).mapped(place)) })
    rhythm = layout.rhythmStrip.map { Quadrilateral($0.box).mapped(place) }
    columns = layout.template.columns
  }

  private init(
    layout: String, leads: [Lead: Quadrilateral], rhythm: Quadrilateral?, columns: [[Lead]]
  ) {
    (self.layout, self.leads, self.rhythm, self.columns) = (layout, leads, rhythm, columns)
  }

  /// The twelve leads' areas in the order of `Lead.allCases`, then the strip's under `rhythm`.
  public var named: [(name: String, area: Quadrilateral)] {
    Lead.allCases.compactMap { lead in leads[lead].map { (lead.rawValue, $0) } }
      + (rhythm.map { [("rhythm", $0)] } ?? [])
  }

  /// The areas on the same page seen otherwise.
  public func mapped(_ place: (PagePoint) -> PagePoint) -> LeadAreas {
    LeadAreas(
      layout: layout, leads: leads.mapValues { $0.mapped(place) }, rhythm: rhythm?.mapped(place),
      columns: columns)
  }
}

extension Quadrilateral {
  /// A rectangle as an area.
  public init(_ box: PageRectangle) {
    self.init(
      topLeft: PagePoint(x: box.x, y: box.y), topRight: PagePoint(x: box.right, y: box.y),
      bottomRight: PagePoint(x: box.right, y: box.bottom),
      bottomLeft: PagePoint(x: box.x, y: box.bottom))
  }
}
