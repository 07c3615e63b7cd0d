// A path as a line over time.

import Testing

@testable import ECGTraces

struct TraceLineTests {
  private func step(
    _ column: Int, _ enter: Float, _ leave: Float, peak: Float? = nil, dip: Float? = nil
  ) -> PathColumn {
    let top = min(enter, leave, peak ?? enter)
    let bottom = max(enter, leave, dip ?? enter)
    return PathColumn(
      column: column, enter: enter, leave: leave, peak: peak, dip: dip,
      stretch: Stretch(
        column: column, ink: Run(top: top - 1.5, bottom: bottom + 1.5), top: top,
        bottom: bottom + 2, lack: 0),
      aside: 0)
  }

  @Test func aTurnStandsWhereTheRowsPassedPutIt() {
    let line = TraceLine([step(0, 50, 40, peak: 10)], radius: 1.5)
    #expect(line.corners.map(\.y) == [50, 10, 40])
    #expect(abs(line.corners[1].x - 40.0 / 70) < 1e-6)
  }

  @Test func ofTwoTurnsTheNearerComesFirst() {
    let line = TraceLine([step(0, 50, 52, peak: 10, dip: 60)], radius: 1.5)
    #expect(line.corners.map(\.y) == [50, 10, 60, 52])
    let other = TraceLine([step(0, 52, 50, peak: 10, dip: 60)], radius: 1.5)
    #expect(other.corners.map(\.y) == [52, 60, 10, 50])
  }

  @Test func endsBesideHiddenColumnsReachOut() {
    let path = [step(3, 50, 50), step(4, 50, 50), step(9, 60, 60)]
    var line = TraceLine(path, radius: 1.5)
    line.reachOut(path, besides: [2, 10, 11], radius: 1.5)
    let samples = line.samples(count: 28, start: 0.25, step: 0.5)
    let seen = samples.heights.indices.filter { samples.heights[$0].isFinite }
    #expect(seen == [4, 5, 6, 7, 8, 9] + [18, 19, 20, 21])
  }

  /// A line that climbs out of what hides it came from below, though its column's ink ends above.
  @Test func aSteepEndReachesOutToTheFarEndOfItsInk() {
    let ink = Run(top: 28.5, bottom: 71.5)
    let first = PathColumn(
      column: 3, enter: 30, leave: 30,
      stretch: Stretch(column: 3, ink: ink, top: 30, bottom: 50, lack: 0), aside: 0)
    // Where the next column shows that the line is not so steep, the ink is the separator's.
    let nexts = [(step(4, 40, 10), Float(70)), (step(4, 60, 90), 30), (step(4, 30, 25), 30)]
    for (next, far) in nexts {
      var line = TraceLine([first, next], radius: 1.5)
      line.reachOut([first, next], besides: [2], radius: 1.5)
      #expect(line.corners.first?.y == far)
    }
  }

  @Test func sharedInkIsLessSure() {
    var shared = step(0, 50, 50)
    shared.isShared = true
    let line = TraceLine([shared, step(1, 50, 50)], radius: 1.5)
    let confidences = line.samples(count: 2, start: 0.6, step: 1).confidences
    #expect(confidences[0] < 0.4)
    #expect(confidences[1] == 1)
  }
}
