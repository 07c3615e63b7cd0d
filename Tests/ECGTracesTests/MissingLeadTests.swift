// Leads that are not on the page are missing, not read from the rows beside them.

import ECGLayouts
import ECGPages
import ECGRaster
import ECGTerms
import Testing

@testable import ECGTraces

struct MissingLeadTests {
  private func number(of lead: Lead) throws -> Int {
    try #require(Lead.allCases.firstIndex(of: lead))
  }

  @Test(arguments: [
    (PageDesign.device, [Lead.V5]), (.device, [.I]), (.device, [.III]), (.device, [.II, .aVF]),
    (.device, [.V4, .V5, .V6]), (.device, [.I, .aVR, .V1, .V4]), (.sixByTwo, [.I]),
    (.sixByTwo, [.II, .III]), (.sixByTwo, [.aVL, .V5]),
  ])
  func anErasedLeadIsMissingAndTheOthersStay(design: PageDesign, erased: [Lead]) throws {
    let page = try PageSample(9, design: design)
    let whole = try readPage(page.image, path: "page")
    let image = erased.reduce(page.image) { $0.erasing(page.layout.panel($1)) }
    let reading = try readPage(image, path: "page")
    #expect(reading.missingLeads == Lead.allCases.filter(erased.contains))
    #expect(reading.problems.count == erased.count)
    for (lead, (now, before)) in zip(Lead.allCases, zip(reading.leads, whole.leads)) {
      if erased.contains(lead) {
        let read = now.millivolts.count { $0.isFinite }
        #expect(read == 0 && now.quality == 0 && now.path.isEmpty)
      } else {
        #expect(now.hasSameBits(as: before), "\(lead)")
        #expect(now.problem == nil)
      }
    }
  }

  @Test func theProblemNamesTheLeadWhoseTraceIsThere() throws {
    let page = try PageSample(9)
    let reading = try readPage(page.image.erasing(page.layout.panel(.V5)), path: "page")
    #expect(reading.problems == [.lead("V5", .othersOnly(["V6"]))])
    #expect("\(reading.problems[0])" == "V5: missing: its place shows only the trace of V6")
  }

  @Test func anErasedStripIsMissing() throws {
    let page = try PageSample(9)
    let strip = try #require(page.layout.rhythmStrip)
    let reading = try readPage(page.image.erasing(strip), path: "page")
    #expect(reading.strip?.isMissing == true && reading.missingLeads.isEmpty)
    #expect("\(reading.problems[0])".hasPrefix("rhythm strip: missing"))
  }

  /// The strip shows II: where II is missing, no other lead gives it a name.
  @Test func aStripOfAMissingLeadHasNoName() throws {
    let page = try PageSample(9)
    let reading = try readPage(page.image.erasing(page.layout.panel(.II)), path: "page")
    #expect(reading.strip?.lead == nil && reading.strip?.isMissing == false)
  }

  @Test(arguments: [0.0...0.5, 0.5...1.0, 0.33...0.67])
  func aLeadErasedInPartIsMissingInPart(part: ClosedRange<Double>) throws {
    let page = try PageSample(9)
    let whole = try readPage(page.image, path: "page")
    for lead in [Lead.II, .V1, .V5] {
      let at = try number(of: lead)
      let image = page.image.erasing(page.layout.panel(lead), part: part)
      let reading = try readPage(image, path: "page")
      let now = reading.leads[at].millivolts
      let before = whole.leads[at].millivolts
      let gap = Int(part.lowerBound * 1250) + 25..<Int(part.upperBound * 1250) - 25
      let read = now[gap].count { $0.isFinite }
      #expect(read == 0, "\(lead)")
      let kept = now.indices.filter { now[$0].isFinite }
      #expect(Double(kept.count) > 0.8 * (1 - part.upperBound + part.lowerBound) * 1250, "\(lead)")
      let off = kept.count { abs(now[$0] - before[$0]) > 0.03 }
      #expect(off < 12, "\(lead)")
      guard case .partlyMissing(let share) = reading.leads[at].problem else {
        Issue.record("\(lead): \(reading.problems)")
        continue
      }
      #expect(abs(share - Double(now.count { $0.isNaN }) / 1250) < 0.001)
    }
  }

  @Test func aFilledBoxIsNoTrace() throws {
    let page = try PageSample(9)
    let panel = page.layout.panel(.V5)
    let reading = try readPage(page.image.erasing(panel, gray: 0, inkOnly: false), path: "page")
    #expect(reading.missingLeads == [.V5])
  }

  @Test func leadsThatReachIntoOtherRowsStay() throws {
    for index in [2, 6, 10, 14] {
      let page = try PageSample(index, design: .sixByTwo)
      let reading = try readPage(page.image, path: "page")
      #expect(reading.problems.isEmpty)
    }
  }
}
