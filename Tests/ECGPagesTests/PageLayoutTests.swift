// The device's page has the measured places, and scales as a whole.

import ECGTerms
import Testing

@testable import ECGPages

@Suite("Page layout")
struct PageLayoutTests {
  let device = PageLayout.device

  // Left edges and rows of `I`, `aVL`, `V3`, `V6` as measured on the archive's pages.
  @Test(
    "puts a lead where the device prints it",
    arguments: [
      (Lead.I, 152.0, 463.0, 0.0), (.II, 152, 763, 0), (.aVL, 644, 763, 2.5),
      (.V3, 1136, 1065.5, 5), (.V6, 1628, 1065.5, 7.5),
    ])
  func places(_ lead: Lead, _ x: Double, _ zero: Double, _ start: Double) {
    let panel = device.panel(lead)
    #expect(abs(panel.box.x - x) < 1e-9)
    #expect(panel.zeroLine == zero)
    #expect(panel.startSeconds == start)
    #expect(panel.box.contains(x: x + 246, y: zero))
    #expect(abs(panel.box.width - panel.durationSeconds * device.pixelsPerSecond) < 1e-9)
  }

  @Test("boxes do not overlap and lie in the frame")
  func boxesAreApart() {
    let boxes = device.panels.map(\.box) + [device.rhythmStrip.box]
    for (i, a) in boxes.enumerated() {
      #expect(a.intersection(device.frame).area > a.area - 1e-6)
      for b in boxes[(i + 1)...] { #expect(a.intersection(b).area < 1e-6) }
    }
  }

  @Test("a page of half the size has everything at half the place")
  func scales() {
    let half = device.scaled(to: PageSize(width: 1107, height: 786))
    let across = 1107.0 / 2213
    for lead in Lead.allCases {
      #expect(abs(half.leadBox(lead).right - device.leadBox(lead).right * across) < 1e-9)
      #expect(abs(half.panel(lead).zeroLine - device.panel(lead).zeroLine / 2) < 1e-9)
    }
    #expect(half.rhythmStrip.lead == .II)
    #expect(half.pixelsPerMillivolt == 39.5)
    #expect(device.scaled(to: device.size) == device)
  }

  @Test(
    "a size reads and writes as WIDTHxHEIGHT",
    arguments: [
      ("2213x1572", PageSize(width: 2213, height: 1572)),
      ("640X480", PageSize(width: 640, height: 480)), ("0x5", nil), ("5", nil), ("5x", nil),
      ("-2x3", nil), ("1x2x3", nil),
    ])
  func sizeArgument(_ text: String, _ size: PageSize?) {
    #expect(PageSize(argument: text) == size)
    if let size { #expect(PageSize(argument: size.argument) == size) }
  }
}
