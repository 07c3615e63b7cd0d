// Scanned pages of the archive against what was read of them by hand (`Tests/Fixtures/pages/README.md`).

import ECGInference
import ECGMeasures
import ECGTerms
import Foundation
import TestSupport
import Testing

/// What was read by hand of a page.
struct HandReadPage: Decodable, CustomTestStringConvertible {
  let file: String
  /// The printed heart rate per minute.
  let rate: Double
  /// The times of the QRS complexes in seconds.
  let qrs: [Double]
  /// The height of R and the depth of S in millivolts, by lead.
  let r, s: [String: Double]

  var testDescription: String { file }

  static let all: [HandReadPage] = decodedFixture("pages/truth.json")
}

@Suite("Scanned pages")
struct ScannedPagesTests {
  @Test("rate, QRS times and amplitudes are those read by hand", arguments: HandReadPage.all)
  func readByHand(_ page: HandReadPage) throws {
    let digitized = try PageDigitizer().digitize(fixturePath("pages/" + page.file))
    let reading = digitized.reading
    #expect(reading.layout.name == "device")
    #expect(reading.problems.isEmpty)
    // 200 dots per inch at 10 mm/mV.
    #expect(abs(reading.pixelsPerMillivolt - 78.74) < 0.5)
    let rate = try #require(digitized.measures.rhythm.heartRate)
    #expect(abs(rate - page.rate) < 1)
    let inner = { (time: Double) in (0.08...9.92).contains(time) }
    let found = digitized.measured.beats.map(\.time).filter(inner)
    #expect(found.count == page.qrs.count)
    for (time, hand) in zip(found, page.qrs) { #expect(abs(time - hand) < 0.05) }
    for (heights, path) in [(page.r, \LeadMeasures.r), (page.s, \LeadMeasures.s)] {
      for (name, hand) in heights {
        let lead = try #require(Lead(rawValue: name))
        let height = try #require(digitized.measures.leads[lead]?[keyPath: path], "\(name)")
        #expect(abs(height - hand) < 0.06, "\(name): \(height), by hand \(hand)")
      }
    }
  }

  @Test("there are six pages, of every class")
  func classes() {
    #expect(HandReadPage.all.count == 6)
    for prefix in ["normal", "mi", "pmi", "hb"] {
      #expect(HandReadPage.all.contains { $0.file.hasPrefix(prefix + "-") })
    }
  }
}
