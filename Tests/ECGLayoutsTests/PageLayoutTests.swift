// Every layout has its leads at the right places and scales, and scales as a whole.

import ECGTerms
import Testing

@testable import ECGLayouts

@Suite("Page layout")
struct PageLayoutTests {
  static let all: [PageLayout] = PageDesign.allCases.flatMap { design in
    PaperSpeed.allCases.flatMap { speed in
      PaperGain.allCases.map { PageLayout.of(design, speed: speed, gain: $0) }
    }
  }

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

  @Test("the device's page has the measured size, frame, strip, scales and grid")
  func measures() throws {
    #expect(device.size == PageSize(width: 2213, height: 1572))
    #expect(device.frame == PageRectangle(x: 68, y: 283, width: 2109, height: 1235))
    #expect(device.pixelsPerSecond == 196.8 && device.pixelsPerMillivolt == 79)
    #expect(abs(device.grid.pitchX - 7.945) < 1e-9 && abs(device.grid.originY - 323.7) < 1e-9)
    let strip = try #require(device.rhythmStrip)
    #expect(strip.lead == .II && strip.zeroLine == 1366 && strip.durationSeconds == 10)
    #expect(strip.box == PageRectangle(x: 152, y: 1215.75, width: 1968, height: 297.25))
    #expect(device.leadBox(.I) == PageRectangle(x: 152, y: 313, width: 492, height: 300))
  }

  @Test("a faster paper shows less, a higher gain draws taller", arguments: PageDesign.allCases)
  func scales(_ design: PageDesign) {
    let plain = PageLayout.of(design)
    let other = PageLayout.of(design, speed: .mm50, gain: .mm20)
    #expect(abs(other.pixelsPerSecond - 2 * plain.pixelsPerSecond) < 1e-5)
    #expect(abs(other.pixelsPerMillivolt - 2 * plain.pixelsPerMillivolt) < 1e-5)
    #expect(other.size == plain.size)
    for (a, b) in zip(plain.allPanels, other.allPanels) {
      #expect(a.box == b.box && a.lead == b.lead && a.zeroLine == b.zeroLine)
      #expect(b.durationSeconds == a.durationSeconds / 2 && b.startSeconds == a.startSeconds / 2)
    }
    #expect(plain.panels[0].durationSeconds == (design == .device ? 2.5 : 5))
  }

  @Test("a page of two columns is A4 and has no strip")
  func sixByTwo() {
    let layout = PageLayout.of(.sixByTwo)
    #expect(layout.size == PageSize(width: 2339, height: 1654))
    #expect(layout.rhythmStrip == nil && layout.allPanels.count == 12)
    #expect(layout.panel(.V1).startSeconds == 5 && layout.panel(.I).startSeconds == 0)
    #expect(layout.panel(.aVF).box.y == layout.panel(.V6).box.y)
    // 25 mm/s, 200 dots an inch.
    #expect(abs(layout.pixelsPerSecond - 25 * 200 / 25.4) < 1e-5)
    #expect(abs(layout.pixelsPerMillivolt - 10 * 200 / 25.4) < 1e-5)
  }

  @Test("boxes do not overlap and lie in the frame", arguments: all)
  func boxesAreApart(_ layout: PageLayout) {
    #expect(layout.panels.map(\.lead) == Lead.allCases)
    let boxes = layout.allPanels.map(\.box)
    for (i, a) in boxes.enumerated() {
      #expect(a.intersection(layout.frame).area > a.area - 0.01)
      for b in boxes[(i + 1)...] { #expect(a.intersection(b).area < 0.01) }
    }
    for panel in layout.allPanels {
      #expect(panel.box.contains(x: panel.box.x, y: panel.zeroLine))
      let width = panel.durationSeconds * layout.pixelsPerSecond
      #expect(abs(panel.box.width - width) < 1e-4)
    }
  }

  @Test("a page of half the size has everything at half the place")
  func scaled() throws {
    let half = device.scaled(to: PageSize(width: 1107, height: 786))
    let across = 1107.0 / 2213
    for lead in Lead.allCases {
      #expect(abs(half.leadBox(lead).right - device.leadBox(lead).right * across) < 1e-9)
      #expect(abs(half.panel(lead).zeroLine - device.panel(lead).zeroLine / 2) < 1e-9)
      #expect(
        abs(half.zeroHeight(half.panel(lead)) - device.zeroHeight(device.panel(lead)) / 2) < 1e-9)
    }
    #expect(try #require(half.rhythmStrip).lead == .II)
    #expect(half.pixelsPerMillivolt == 39.5)
    #expect(device.scaled(to: device.size) == device)
  }

  @Test("another lead in the strip changes nothing else")
  func strip() throws {
    let other = device.withStrip(.III)
    #expect(try #require(other.rhythmStrip).lead == .III)
    #expect(other.panels == device.panels && other.withStrip(.II) == device)
    let without = PageLayout.of(.sixByTwo)
    #expect(without.withStrip(.III) == without)
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
