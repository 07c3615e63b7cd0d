// Shares of a map by lead, wherever the page lies in its image.

import ECGLayouts
import ECGNetworks
import ECGPages
import ECGRaster
import ECGTerms
import Testing

@testable import ECGExplanations

/// A field of equal cells over a region.
private func field(_ side: Int, _ values: [Float]) -> GridField {
  GridField(columns: .centers(ofCells: side), rows: .centers(ofCells: side), values: values)
}

@Suite("Lead scores")
struct LeadScoresTests {
  private let layout = PageLayout.device
  private let crop = PixelRectangle(x: 0, y: 314, width: 2213, height: 1148)
  private let even = field(8, [Float](repeating: 2, count: 64))

  @Test("an even map has density 1 in every lead and shares that sum to 1")
  func evenMap() throws {
    let scores = try #require(LeadScores(heat: even, crop: crop, areas: LeadAreas(layout)))
    for (lead, score) in scores.leads { #expect(abs(score.density - 1) < 1e-9, "\(lead)") }
    let sum = scores.leads.values.reduce(scores.rhythm!.share + scores.outside) { $0 + $1.share }
    #expect(abs(sum - 1) < 1e-12)
    #expect(scores.outside > 0.05)
  }

  @Test("a page without a rhythm strip has no score for one")
  func noStrip() throws {
    let whole = PixelRectangle(x: 0, y: 0, width: 2339, height: 1654)
    let scores = try #require(
      LeadScores(heat: even, crop: whole, areas: LeadAreas(.of(.sixByTwo))))
    #expect(scores.rhythm == nil && scores.leads.count == 12)
    let sum = scores.leads.values.reduce(scores.outside) { $0 + $1.share }
    #expect(abs(sum - 1) < 1e-12)
  }

  @Test("heat over one lead is that lead's", arguments: Lead.allCases)
  func single(_ lead: Lead) throws {
    let box = layout.leadBox(lead)
    let side = 64
    var values = [Float](repeating: 0, count: side * side)
    for row in 0..<side {
      for column in 0..<side {
        let x = Double(crop.width) * (Double(column) + 0.5) / Double(side)
        let y = Double(crop.y) + Double(crop.height) * (Double(row) + 0.5) / Double(side)
        if abs(x - box.x - box.width / 2) < 60, abs(y - box.y - box.height / 2) < 60 {
          values[row * side + column] = 5
        }
      }
    }
    let scores = try #require(
      LeadScores(heat: field(side, values), crop: crop, areas: LeadAreas(layout)))
    #expect(try #require(scores.leads[lead]).share > 0.99)
  }

  /// How a page may lie in a larger image, and what the crop keeps there.
  struct Place {
    let right, down, scale, degrees: Double
    let image: PageSize
  }

  @Test(
    "a map that lies on the page goes with it: shifted, padded, pasted small, turned",
    arguments: [
      Place(right: 60, down: -40, scale: 1, degrees: 0, image: PageSize(width: 2213, height: 1572)),
      Place(
        right: 220, down: 160, scale: 1, degrees: 0, image: PageSize(width: 2653, height: 1892)),
      Place(
        right: 500, down: 90, scale: 0.6, degrees: 0, image: PageSize(width: 2339, height: 1654)),
      Place(right: 60, down: 30, scale: 1, degrees: 2, image: PageSize(width: 2300, height: 1700)),
    ])
  func moved(_ place: Place) throws {
    let turn = PageTurn(
      about: PagePoint(x: 1106, y: 786), radians: place.degrees * .pi / 180)
    func onImage(_ point: PagePoint) -> PagePoint {
      let turned = turn.onScan(point)
      return PagePoint(
        x: place.right + place.scale * turned.x, y: place.down + place.scale * turned.y)
    }
    // Two bumps on the page: over V2 and between aVL and aVF.
    func heat(x: Double, y: Double) -> Double {
      func bump(_ centerX: Double, _ centerY: Double) -> Double {
        let (dx, dy) = ((x - centerX) / 150, (y - centerY) / 110)
        return max(0, 1 - dx * dx - dy * dy)
      }
      return bump(1380, 770) + 0.7 * bump(880, 915)
    }
    func scores(
      crop: PixelRectangle, areas: LeadAreas, onPage: (PagePoint) -> PagePoint
    ) throws -> LeadScores {
      let side = 113
      let values = (0..<side * side).map { index -> Float in
        let x = (Double(index % side) + 0.5) / Double(side) * Double(crop.width)
        let y = (Double(index / side) + 0.5) / Double(side) * Double(crop.height)
        let point = onPage(PagePoint(x: Double(crop.x) + x, y: Double(crop.y) + y))
        return Float(heat(x: point.x, y: point.y))
      }
      return try #require(LeadScores(heat: field(side, values), crop: crop, areas: areas))
    }
    let upright = try scores(crop: crop, areas: LeadAreas(layout)) { $0 }
    let whole = PixelRectangle(x: 0, y: 0, width: place.image.width, height: place.image.height)
    let moved = try scores(crop: whole, areas: LeadAreas(layout, at: onImage)) { point in
      turn.onLevelPage(
        PagePoint(
          x: (point.x - place.right) / place.scale, y: (point.y - place.down) / place.scale))
    }
    for lead in Lead.allCases {
      let (before, after) = (try #require(upright.leads[lead]), try #require(moved.leads[lead]))
      #expect(abs(before.share - after.share) < 0.02, "\(lead) \(before.share) \(after.share)")
    }
    #expect(abs(upright.outside - moved.outside) < 0.02)
    #expect(try #require(upright.leads[.V2]).share > 0.5)
  }

  @Test("a map without positive numbers has no scores")
  func negative() {
    let map = AttributionMap(
      width: 2, height: 2, values: [-1, -2, 0, -3], centers: CellCenters(first: 0.5, step: 32),
      side: 64)
    #expect(LeadScores(heat: map.heat, crop: crop, areas: LeadAreas(layout)) == nil)
  }
}
