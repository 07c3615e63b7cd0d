// Fields between the places of their grid, turned areas, and the way from a level page to its scan.

import Testing

@testable import ECGRaster

@Suite("Grid fields and areas")
struct GridFieldTests {
  @Test("a field has its numbers at its places, is bilinear between them and constant beyond")
  func bilinear() {
    let field = GridField(
      columns: .init(first: 0.1, step: 0.4, count: 2), rows: .init(first: 0.2, step: 0.5, count: 2),
      values: [1, 2, 3, -4])
    #expect(field.value(x: 0.1, y: 0.2) == 1 && abs(field.value(x: 0.5, y: 0.7) + 4) < 1e-12)
    #expect(abs(field.value(x: 0.3, y: 0.45) - 0.5) < 1e-12)
    #expect(field.value(x: 0, y: 0) == 1 && field.value(x: 1, y: 0.2) == 2)
    #expect(field.positivePart.values == [1, 2, 3, 0])
    #expect(GridField.Axis.centers(ofCells: 4).place(3) == 0.875)
  }

  @Test("an area holds what lies within its four sides")
  func contains() {
    let area = Quadrilateral(
      topLeft: PagePoint(x: 2, y: 0), topRight: PagePoint(x: 6, y: 2),
      bottomRight: PagePoint(x: 4, y: 6), bottomLeft: PagePoint(x: 0, y: 4))
    #expect(area.contains(x: 3, y: 3) && area.contains(x: 2, y: 0) && area.contains(x: 4, y: 1))
    #expect(!area.contains(x: 0.5, y: 0.5) && !area.contains(x: 6, y: 5))
  }

  @Test("a turn goes there and back")
  func turn() {
    let turn = PageTurn(about: PagePoint(x: 100, y: 50), radians: 0.03)
    let place = PagePoint(x: 412, y: 7)
    let back = turn.onLevelPage(turn.onScan(place))
    #expect(abs(back.x - place.x) < 1e-9 && abs(back.y - place.y) < 1e-9)
    #expect(turn.onScan(PagePoint(x: 200, y: 50)).y > 50, "clockwise: the right side goes down")
  }

  @Test("the corners of a turned frame lie at the corners of the level page's inside")
  func level() throws {
    let (scan, place) = FramedPage().scan(degrees: 2.5, scale: 1, shift: (0, 0))
    let seen = try CropRule.frame.seen(of: scan)
    let corner = seen.turn.onScan(
      PagePoint(x: Double(seen.part.x), y: Double(seen.part.y)))
    let expected = place(FramedPage.corners[0].0, FramedPage.corners[0].1)
    #expect(abs(corner.x - expected.x) < 3 && abs(corner.y - expected.y) < 3)
    #expect(try CropRule.paper.seen(of: scan).turn == .none)
  }
}
