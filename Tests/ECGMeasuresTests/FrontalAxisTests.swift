// The frontal axis from any two limb leads.

import ECGTerms
import Foundation
import Testing

@testable import ECGMeasures

@Suite("Frontal axis")
struct FrontalAxisTests {
  @Test("any two limb leads give the axis", arguments: [-150.0, -60, 0, 45, 90, 179])
  func axis(_ degrees: Double) {
    let angle = degrees * .pi / 180
    let i = cos(angle)
    let aVF = sin(angle) * 3.0.squareRoot() / 2
    let ii = aVF + i / 2
    let all: [Lead: Double] = [
      .I: i, .II: ii, .III: ii - i, .aVR: -(i + ii) / 2, .aVL: i - ii / 2, .aVF: aVF,
    ]
    for pair in [[Lead.I, .aVF], [.II, .III], [.aVR, .aVL], Array(all.keys)] {
      let found = frontalAxis(all.filter { pair.contains($0.key) }, least: 0.1)
      #expect(found.map { abs($0 - degrees) < 1e-9 } == true)
    }
    #expect(frontalAxis([.I: i, .V1: 1], least: 0.1) == nil)
    #expect(frontalAxis(all, least: 2) == nil)
  }
}
