// Which lead a strip shows.

import ECGTerms
import Foundation
import Testing

@testable import ECGTraces

struct RhythmLeadTests {
  private func reading(_ lead: Lead?, seconds: Double, _ value: (Double) -> Double) -> LeadReading {
    let count = Int(seconds * 500)
    return LeadReading(
      lead: lead, startSeconds: 0, millivolts: (0..<count).map { value(Double($0) / 500) },
      confidence: .init(repeating: 1, count: count), path: [], problem: nil)
  }

  @Test func isTheLeadThatItIsLike() {
    let leads = [
      reading(.I, seconds: 2.5) { sin(3 * $0) },
      reading(.II, seconds: 2.5) { sin(5 * $0) },
      reading(.III, seconds: 2.5) { sin(8 * $0) + 0.1 },
    ]
    let strip = reading(.II, seconds: 10) { 0.8 * sin(8 * $0) }
    #expect(RhythmLead.of(strip, among: leads) == .III)
    let other = reading(.II, seconds: 10) { cos(13 * $0) }
    #expect(RhythmLead.of(other, among: leads) == nil)
  }

  @Test func correlationPassesOverMissingSamples() throws {
    let first = (0..<300).map { Double($0 % 17) }
    var second = first.map { 3 - 2 * $0 }
    second[20] = .nan
    #expect(abs(try #require(RhythmLead.correlation(first, second)) + 1) < 1e-12)
    #expect(RhythmLead.correlation(first, .init(repeating: .nan, count: 300)) == nil)
  }
}
