// Rectangles meet, move and hold points as half-open areas.

import Testing

@testable import ECGLayouts

@Suite("Page rectangle")
struct PageRectangleTests {
  let a = PageRectangle(x: 10, y: 20, width: 30, height: 40)

  @Test("left and top belong to it, right and bottom do not")
  func contains() {
    #expect(a.contains(x: 10, y: 20))
    #expect(!a.contains(x: 40, y: 20) && !a.contains(x: 10, y: 60))
    #expect(a.contains(x: 39.99, y: 59.99))
  }

  @Test("an intersection is the shared part, of no area where there is none")
  func intersection() {
    let b = PageRectangle(x: 30, y: 0, width: 100, height: 30)
    #expect(a.intersection(b) == PageRectangle(x: 30, y: 20, width: 10, height: 10))
    #expect(b.intersection(a) == a.intersection(b))
    #expect(a.intersection(a.moved(right: 30, down: 0)).area == 0)
    #expect(a.intersection(a.moved(right: 300, down: 0)).area == 0)
  }

  @Test("scaling multiplies places and extents")
  func scaled() {
    #expect(
      a.scaled(across: 2, down: 0.5) == PageRectangle(x: 20, y: 10, width: 60, height: 20))
  }
}
