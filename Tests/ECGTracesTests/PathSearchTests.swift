// The line through a lead's columns.

import Testing

@testable import ECGTraces

struct PathSearchTests {
  /// The runs of a polyline drawn with a round pen, column by column.
  private func runs(
    columns: Int, height: Int = 200, radius: Double = 1.5,
    also inked: @escaping (Double, Double) -> Bool = { _, _ in false },
    line corners: [(x: Double, y: Double)]
  ) throws -> [[Run]] {
    let page = GreyPage.drawn(width: columns, height: height) { x, y in
      inked(x, y)
        || zip(corners, corners.dropFirst()).contains { from, to in
          let (dx, dy) = (to.x - from.x, to.y - from.y)
          let along = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy)
          let part = min(max(along, 0), 1)
          let (ox, oy) = (x - from.x - part * dx, y - from.y - part * dy)
          return ox * ox + oy * oy < radius * radius
        }
    }
    let scale = try #require(InkScale(of: page))
    let found = ColumnRuns(of: page, rows: 0..<height, scale: scale)
    return (0..<columns).map { Array(found[$0]) }
  }

  private func line(
    _ runs: [[Run]], foreign: [[ClosedRange<Float>]]? = nil, zero: Float = 100
  ) throws -> (path: [PathColumn], line: TraceLine) {
    let search = PathSearch(
      stretches: PenStretches(runs: runs, radius: 1.5),
      foreign: foreign ?? .init(repeating: [], count: runs.count), rows: 0...200, zero: zero,
      clearance: 4)
    let path = try #require(search.path())
    return (path, TraceLine(path, radius: 1.5))
  }

  @Test func aSlopeIsReadToATenthOfAPixel() throws {
    let runs = try runs(columns: 60, line: [(-5, 90), (30, 97), (65, 140)])
    let samples = try line(runs).line.samples(count: 50, start: 5, step: 1)
    for (x, y) in samples.heights.enumerated() {
      let place = Double(x) + 5
      let truth = place < 30 ? 90 + (place + 5) * 0.2 : 97 + (place - 30) * 43 / 35
      #expect(abs(y - truth) < (abs(place - 30) < 3 ? 0.35 : 0.12))
    }
  }

  @Test(arguments: [12.0, 8, 6, 4])
  func aSpikeKeepsItsHeight(width: Double) throws {
    let peak = 20.0
    let runs = try runs(
      columns: 60,
      line: [(-5, 100), (30 - width / 2, 100), (30.2, peak), (30 + width / 2, 100), (65, 100)])
    let samples = try line(runs).line.samples(count: 600, start: 0, step: 0.1)
    let top = try #require(samples.heights.min())
    #expect(abs(top - peak) < 1.5)
    let at = try #require(samples.heights.firstIndex(of: top))
    #expect(abs(Double(at) / 10 - 30.2) < 0.7)
    #expect(samples.heights.allSatisfy { $0 < 100.5 })
  }

  @Test func lettersThatTouchTheLineAreNotClimbed() throws {
    let letter: (Double, Double) -> Bool = { x, y in
      abs(x - 20.5) < 1.5 && (80.0..<100).contains(y)
        || abs(x - 26.5) < 1.5 && (80.0..<99).contains(y)
    }
    let runs = try runs(columns: 60, also: letter, line: [(-5, 100), (65, 100)])
    var foreign = [[ClosedRange<Float>]](repeating: [], count: 60)
    for x in 15..<35 { foreign[x] = [78...98] }
    let samples = try line(runs, foreign: foreign).line.samples(count: 60, start: 0, step: 1)
    #expect(samples.heights.allSatisfy { abs($0 - 100) < 1 })
    // The same stem is a spike where no letter is expected.
    let climbed = try line(runs).line.samples(count: 600, start: 0, step: 0.1)
    #expect((climbed.heights.min() ?? 100) < 85)
    #expect(samples.confidences[21] < samples.confidences[50])
  }

  /// Letters do not reach below their base line: ink that does, and goes on among them, is a spike.
  @Test func aSpikeAmongLettersIsClimbed() throws {
    let runs = try runs(
      columns: 60, line: [(-5, 106), (17, 106), (20.5, 84), (24, 106), (65, 106)])
    let foreign = [[ClosedRange<Float>]](repeating: [78...98], count: 60)
    let samples = try line(runs, foreign: foreign).line.samples(count: 600, start: 0, step: 0.1)
    #expect(abs((samples.heights.min() ?? 106) - 84) < 1.5)
  }

  /// The first beat of V2 on a device's page, among the label's "2": the letter's foot joins both sides
  /// of the R wave and is no way past its tip.
  @Test func aLettersFootIsNoWayPastASpike() throws {
    let beat: [[(Float, Float)]] = [
      [(737, 740), (768, 773)], [(768, 772)], [(768, 772)], [(767, 771)],
      [(740, 742), (755, 757), (765, 771)], [(739, 741), (754, 757), (759, 771)],
      [(738, 740), (743, 769)], [(726, 767)], [(724, 762)], [(723, 751), (755, 757)],
      [(723, 785)], [(725, 828)], [(737, 864)], [(742, 744), (754, 757), (769, 875)],
      [(821, 876)], [(839, 876)], [(820, 875)], [(798, 862)], [(783, 843)], [(775, 825)],
    ]
    let runs =
      [[Run]](repeating: [Run(top: 768, bottom: 772)], count: 18)
      + beat.map { $0.map { Run(top: $0.0, bottom: $0.1) } }
    let search = PathSearch(
      stretches: PenStretches(runs: runs, radius: 1.5),
      foreign: .init(repeating: [733.2...758.6], count: runs.count), rows: 640...880, zero: 763.6,
      clearance: 4)
    let path = try #require(search.path())
    let tip = try #require(path.map(\.covered.lowerBound).min())
    #expect(tip < 728)
    #expect((path.map(\.covered.upperBound).max() ?? 0) > 872)
  }

  /// Ink that the next column has too need not be climbed: the line begins at its upper end.
  @Test func aLineThatBeginsSteepBeginsAtItsEnd() throws {
    let runs = try runs(columns: 60, line: [(0, 40), (3, 100), (65, 100)])
    let path = try line(runs).path
    #expect(abs(path[0].enter - 41.5) < 2 && path[0].peak == nil)
  }

  @Test func aGapIsMissingAndItsSidesAreRead() throws {
    var runs = try runs(columns: 60, line: [(-5, 100), (65, 100)])
    for x in 25..<31 { runs[x] = [] }
    let samples = try line(runs).line.samples(count: 60, start: 0.5, step: 1)
    for x in 0..<60 {
      #expect(samples.heights[x].isNaN == (25..<31).contains(x))
      #expect((samples.confidences[x] == 0) == (25..<31).contains(x))
    }
  }

  @Test func ofTwoLinesTheOneOfTheLeadsOwnRowIsRead() throws {
    let upper = try runs(columns: 60, line: [(-5, 60), (65, 60)])
    let lower = try runs(columns: 60, line: [(-5, 150), (65, 150)])
    let both = zip(upper, lower).map { $0 + $1 }
    for (zero, truth) in [(Float(70), 60.0), (140, 150)] {
      let samples = try line(both, zero: zero).line.samples(count: 60, start: 0, step: 1)
      #expect(samples.heights.allSatisfy { abs($0 - truth) < 0.2 })
    }
  }

  @Test func noInkIsNoPath() {
    let search = PathSearch(
      stretches: PenStretches(runs: .init(repeating: [], count: 40), radius: 1.5),
      foreign: .init(repeating: [], count: 40), rows: 0...200, zero: 100, clearance: 4)
    #expect(search.path() == nil)
  }
}
