// Stickers and filled boxes over leads are read as no trace.

import ECGLayouts
import ECGPages
import ECGRaster
import ECGTerms
import Testing

@testable import ECGTraces

struct CoveredLeadTests {
  @Test(arguments: [
    (PageDesign.device, Lead.V5, 3), (.device, .II, 1), (.device, .I, 8), (.sixByTwo, .aVL, 3),
    (.sixByTwo, .V6, 6),
  ])
  func aStickerHidesItsLead(design: PageDesign, lead: Lead, outline: Int) throws {
    let page = try PageSample(9, design: design)
    let whole = try readPage(page.image, path: "page")
    let image = page.image.covering(page.layout.panel(lead), outline: outline)
    let reading = try readPage(image, path: "page")
    #expect(reading.missingLeads == [lead])
    for (now, before) in zip(reading.leads, whole.leads) where now.lead != lead {
      // The outline's ink moves the page's ink level, and with it edges by hundredths of a pixel.
      let off = zip(now.millivolts, before.millivolts).count { abs($0 - $1) > 0.03 }
      #expect(off < 12, "\(now.lead?.rawValue ?? "")")
    }
  }

  @Test(arguments: [UInt8(0), 100])
  func aFilledBoxHidesItsLead(fill: UInt8) throws {
    let page = try PageSample(9)
    let image = page.image.covering(page.layout.panel(.V5), fill: fill, outline: 0)
    let reading = try readPage(image, path: "page")
    #expect(reading.problems == [.lead("V5", .covered(share: 1))])
  }

  @Test(arguments: [0.0...0.5, 0.5...1.0, 0.33...0.67], [UInt8(0), 255])
  func aBoxHidesPartOfItsLead(part: ClosedRange<Double>, fill: UInt8) throws {
    let page = try PageSample(9)
    let whole = try readPage(page.image, path: "page")
    for lead in [Lead.II, .V1, .V5] {
      let panel = page.layout.panel(lead)
      let reading = try readPage(
        page.image.covering(panel, part: part, fill: fill, outline: 3), path: "page")
      let at = try #require(Lead.allCases.firstIndex(of: lead))
      let (now, before) = (reading.leads[at].millivolts, whole.leads[at].millivolts)
      let hidden = Int(part.lowerBound * 1250) + 20..<Int(part.upperBound * 1250) - 20
      let read = now[hidden].count { $0.isFinite }
      #expect(read == 0, "\(lead)")
      let kept = now.indices.filter { now[$0].isFinite }
      #expect(Double(kept.count) > 0.8 * (1 - part.upperBound + part.lowerBound) * 1250, "\(lead)")
      let off = kept.count { abs(now[$0] - before[$0]) > 0.03 }
      #expect(off < 12, "\(lead)")
      guard case .covered(let share) = reading.leads[at].problem else {
        Issue.record("\(lead): \(reading.problems)")
        continue
      }
      #expect(share > 0.25 && share < 0.65)
    }
  }

  @Test func theProblemNamesTheBox() {
    #expect("\(LeadProblem.covered(share: 0.5))" == "covered by a box: 50 % of its time is missing")
    #expect(LeadProblem.covered(share: 1).isWhole && !LeadProblem.covered(share: 0.5).isWhole)
  }

  /// Level traces, separators and calibration pulses enclose paper too.
  @Test func levelTracesBetweenSeparatorsAreNoBox() throws {
    let page = try PageSample(9)
    var image = page.image
    for lead in [Lead.aVR, .aVL, .aVF] {
      let panel = page.layout.panel(lead)
      image = image.erasing(panel)
      for y in Int(panel.zeroLine) - 1...Int(panel.zeroLine) + 1 {
        for x in Int(panel.box.x)..<Int(panel.box.right) {
          for channel in 0..<3 { image.pixels[3 * (y * image.width + x) + channel] = 0 }
        }
      }
    }
    let reading = try readPage(image, path: "page")
    #expect(reading.problems.isEmpty)
    for lead in [3, 4, 5] {
      let off = reading.leads[lead].millivolts.count { !(abs($0) < 0.1) }
      #expect(off < 60)
    }
  }
}
