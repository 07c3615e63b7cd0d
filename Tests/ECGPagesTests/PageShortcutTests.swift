// A shortcut tells the class by what it names, and by nothing else.

import ECGRaster
import ECGSignals
import ECGTerms
import Testing

@testable import ECGPages

@Suite("Page shortcut")
struct PageShortcutTests {
  func text(_ label: ArchiveClass, _ shortcut: PageShortcut) -> PrintedText {
    PrintedText(seed: 4, index: 9, label: label, beatsPerMinute: 71.6, shortcut: shortcut)
  }

  @Test("no class can be read from plain words")
  func none() {
    for label in ArchiveClass.allCases { #expect(text(label, .none) == text(.normal, .none)) }
    #expect(text(.mi, .none).heartRate == "---" && !text(.mi, .none).leadOff)
  }

  @Test("each shortcut changes its own words")
  func words() {
    #expect(text(.abnormal, .heartRate).heartRate == "72")
    let dates = ArchiveClass.allCases.map { text($0, .dateFormat).date }
    #expect(Set(dates).count == 4)
    #expect(dates[0] == text(.normal, .none).date)
    #expect(dates[1].hasSuffix(dates[0].prefix(4)) && dates[3].contains("."))
    let classes = ArchiveClass.allCases
    #expect(classes.map { text($0, .leadOff).leadOff } == [false, false, true, true])
    for shortcut in [PageShortcut.stripLead, .quality] {
      #expect(text(.hmi, shortcut) == text(.hmi, .none))
    }
    #expect(classes.map(PageShortcut.quality.jpegQuality) == [64, 57, 51, 45])
    #expect(classes.map(PageShortcut.heartRate.jpegQuality) == [64, 64, 64, 64])
    #expect(classes.map(PageShortcut.stripLead.stripLead) == [.II, .III, .V1, .V5])
  }

  @Test("a page shows its shortcut outside of the leads, and the leads stay")
  func page() {
    let drawing = PageDrawing()
    let ecg = SyntheticECG(seed: 5, index: 2, label: .mi)
    let plain = drawing.draw(ecg)
    func changed(_ shortcut: PageShortcut) -> Set<Int> {
      let other = drawing.draw(ecg, shortcut: shortcut)
      return Set(
        (0..<plain.height).filter {
          PageDrawingTests.rows(plain, $0..<$0 + 1) != PageDrawingTests.rows(other, $0..<$0 + 1)
        })
    }
    for shortcut in [PageShortcut.heartRate, .dateFormat, .leadOff] {
      let rows = changed(shortcut)
      #expect(!rows.isEmpty && rows.allSatisfy { $0 > 1518 })
    }
    let strip = changed(.stripLead)
    #expect(!strip.isEmpty && strip.allSatisfy { $0 > 1170 && $0 < 1518 })
    #expect(changed(.quality).isEmpty)
  }
}
