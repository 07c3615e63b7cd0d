// Where a layout lies on a page.

import ECGLayouts
import ECGPages
import ECGRaster
import Foundation
import Testing

@testable import ECGTraces

struct PlacementTests {
  private func turned(degrees: Double, scale: Double, right: Double, down: Double) -> Placement {
    let (cosine, sine) = (cos(degrees * .pi / 180) * scale, sin(degrees * .pi / 180) * scale)
    return Placement(x: [cosine, -sine, right], y: [sine, cosine, down])
  }

  @Test func mapsThereAndBack() {
    let placement = turned(degrees: 2.5, scale: 1.7, right: 31, down: -12)
    for place in [PagePoint(x: 0, y: 0), PagePoint(x: 812.5, y: 1433)] {
      let back = placement.onLayout(placement.onPage(place))
      #expect(abs(back.x - place.x) < 1e-9)
      #expect(abs(back.y - place.y) < 1e-9)
    }
    #expect(abs(placement.rotationDegrees - 2.5) < 1e-9)
    #expect(abs(placement.scaleAcross - 1.7) < 1e-9)
    #expect(abs(placement.scaleDown - 1.7) < 1e-9)
  }

  @Test func aPixelAndAHalfOverThePageIsAShiftOnly() {
    let size = PageSize(width: 2000, height: 1000)
    func shiftOnly(_ scale: Double) -> Bool {
      turned(degrees: 0, scale: scale, right: 3, down: 4.5).isShiftOnly(over: size)
    }
    #expect(shiftOnly(1))
    #expect(shiftOnly(1.0007))
    #expect(!shiftOnly(1.0008))
    #expect(!turned(degrees: 0.05, scale: 1, right: 0, down: 0).isShiftOnly(over: size))
  }
}
