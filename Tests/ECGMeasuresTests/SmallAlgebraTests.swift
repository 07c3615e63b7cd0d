// Eigenvectors, small systems and the frontal axis against what is known of them.

import ECGRandom
import ECGTerms
import Foundation
import Testing

@testable import ECGMeasures

@Suite("Small algebra")
struct SmallAlgebraTests {
  @Test("principal directions are eigenvectors by falling eigenvalue")
  func eigenvectors() {
    var random = Philox(seed: 3)
    let n = 7
    let rows = (0..<20).map { _ in (0..<n).map { _ in random.normal() } }
    let matrix = (0..<n).map { a in
      (0..<n).map { b in rows.reduce(0) { $0 + $1[a] * $1[b] } }
    }
    var last = Double.infinity
    for vector in principalDirections(of: matrix) {
      let image = matrix.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      let value = zip(image, vector).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(value <= last)
      last = value
      for (a, b) in zip(image, vector) { #expect(abs(a - value * b) < 1e-9) }
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    }
  }

  @Test("a system is solved, a singular one refused")
  func systems() throws {
    let x = try #require(solve([[4, 2], [2, 3]], [2, 5]))
    #expect(abs(x[0] + 0.5) < 1e-12 && abs(x[1] - 2) < 1e-12)
    #expect(solve([[1, 1], [1, 1]], [1, 1]) == nil)
  }

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
