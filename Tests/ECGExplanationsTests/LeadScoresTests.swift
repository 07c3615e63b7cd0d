// Shares of a map by lead.

import ECGPages
import ECGRaster
import ECGTerms
import Testing

@testable import ECGExplanations

@Suite("Lead scores")
struct LeadScoresTests {
  private let layout = PageLayout.device
  private let crop = PixelRectangle(x: 0, y: 314, width: 2213, height: 1148)

  @Test("an even map has density 1 in every lead and shares that sum to 1")
  func even() throws {
    let map = AttributionMap(width: 8, height: 8, values: [Float](repeating: 2, count: 64))
    let scores = try #require(LeadScores(map: map, crop: crop, layout: layout))
    for (lead, score) in scores.leads { #expect(abs(score.density - 1) < 1e-9, "\(lead)") }
    let sum = scores.leads.values.reduce(scores.rhythm!.share + scores.outside) { $0 + $1.share }
    #expect(abs(sum - 1) < 1e-12)
    #expect(scores.outside > 0.05)
  }

  @Test("a page without a rhythm strip has no score for one")
  func noStrip() throws {
    let map = AttributionMap(width: 8, height: 8, values: [Float](repeating: 2, count: 64))
    let whole = PixelRectangle(x: 0, y: 0, width: 2339, height: 1654)
    let scores = try #require(LeadScores(map: map, crop: whole, layout: .of(.sixByTwo)))
    #expect(scores.rhythm == nil && scores.leads.count == 12)
    let sum = scores.leads.values.reduce(scores.outside) { $0 + $1.share }
    #expect(abs(sum - 1) < 1e-12)
  }

  @Test("heat over one lead is that lead's", arguments: Lead.allCases)
  func single(_ lead: Lead) throws {
    let box = layout.leadBox(lead)
    let side = 64
    var values = [Float](repeating: -1, count: side * side)
    for row in 0..<side {
      for column in 0..<side {
        let x = Double(crop.width) * (Double(column) + 0.5) / Double(side)
        let y = Double(crop.y) + Double(crop.height) * (Double(row) + 0.5) / Double(side)
        if abs(x - box.x - box.width / 2) < 60, abs(y - box.y - box.height / 2) < 60 {
          values[row * side + column] = 5
        }
      }
    }
    let map = AttributionMap(width: side, height: side, values: values)
    let scores = try #require(LeadScores(map: map, crop: crop, layout: layout))
    #expect(try #require(scores.leads[lead]).share > 0.99)
  }

  @Test("a map without positive numbers has no scores")
  func negative() {
    let map = AttributionMap(width: 2, height: 2, values: [-1, -2, 0, -3])
    #expect(LeadScores(map: map, crop: crop, layout: layout) == nil)
  }
}
