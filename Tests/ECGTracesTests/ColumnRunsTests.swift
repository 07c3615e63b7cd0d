// Runs of ink by column.

import Testing

@testable import ECGTraces

struct ColumnRunsTests {
  private func scale(of page: GreyPage) throws -> InkScale { try #require(InkScale(of: page)) }

  @Test(arguments: [0.0, 0.25, 0.5, 0.75])
  func edgesAreGoodToATenthOfAPixel(shift: Double) throws {
    let page = GreyPage.drawn(width: 70, height: 40) { _, y in
      (12 + shift..<15 + shift).contains(y)
    }
    let runs = ColumnRuns(of: page, rows: 0..<40, scale: try scale(of: page))
    for x in [0, 31, 32, 69] {
      #expect(runs[x].count == 1)
      let run = try #require(runs[x].first)
      #expect(abs(Double(run.top) - 12 - shift) < 0.1)
      #expect(abs(Double(run.bottom) - 15 - shift) < 0.1)
    }
  }

  @Test func dropsTheGridsDotsAndKeepsRunsAtTheEdges() throws {
    let page = GreyPage.drawn(width: 64, height: 64) { x, y in
      let dot = Int(x) % 4 == 1 && Int(y) % 4 == 1
      return dot || y < 3 || y >= 61
    }
    let runs = ColumnRuns(of: page, rows: 0..<64, scale: try scale(of: page))
    for x in 0..<64 {
      #expect(runs[x].count == 2)
      #expect(runs[x].first?.top == 0)
      #expect(runs[x].last?.bottom == 64)
    }
    #expect(runs[-1].isEmpty)
    #expect(runs[64].isEmpty)
  }

  @Test func tellsTheThicknessOfLevelLinesFromThatOfSlopes() throws {
    let page = GreyPage.drawn(width: 300, height: 200) { x, y in
      let line = x < 120 ? 50 : 50 + (x - 120) * 0.8
      let steepness = x < 120 ? 1.0 : 1.28
      return abs(y - line) < 1.5 * steepness
    }
    let runs = ColumnRuns(of: page, rows: 0..<200, scale: try scale(of: page))
    let thickness = try #require(runs.levelThickness(columns: 0..<300, rows: 0...10_000, upTo: 6))
    #expect(abs(thickness - 3) < 0.1)
  }
}
