// A diagnostic box holds the trace of its segment, in its panel, and the ink that is there.

import ECGLayouts
import ECGSignals
import ECGTerms
import Testing

@testable import ECGPages

@Suite("Diagnostic box")
struct DiagnosticBoxTests {
  @Test("each box holds what it says, in every layout", arguments: allLayouts)
  func holds(_ layout: PageLayout) {
    let mask = PageMaskCase(layout)
    for index in [1, 2, 3, 6, 7] {
      let ecg = SyntheticECG(seed: 31, index: index, label: syntheticClass(of: index))
      let boxes = DiagnosticBox.all(of: ecg, layout: layout)
      let drawn = mask.ink(of: ecg)
      for box in boxes {
        let panel = box.place == .lead ? layout.panel(box.lead) : layout.rhythmStrip!
        #expect(panel.lead == box.lead)
        #expect(box.box.x >= panel.box.x - 0.01 && box.box.right <= panel.box.right + 0.01)
        #expect(box.box.intersection(layout.frame).area > box.box.area - 1e-6)
        let width = (box.endSeconds - box.startSeconds) * layout.pixelsPerSecond
        #expect(abs(box.box.width - width) < 0.02)
        let area = layout.traceArea
        let first = Int((box.startSeconds * 500).rounded(.up))
        let end = min(SyntheticECG.count, Int(box.endSeconds * 500) + 1)
        for sample in first..<max(first, end) {
          let millivolts = ecg.signals[box.lead]![sample]
          let y = layout.zeroHeight(panel) - millivolts * layout.pixelsPerMillivolt
          guard y > area.y, y < area.bottom else { continue }
          #expect(y > box.box.y && y < box.box.bottom)
        }
        // The trace runs through the box from side to side.
        let columns = Int(box.box.x + 1)..<max(Int(box.box.x + 1), Int(box.box.right - 1))
        let rows = Int(box.box.y)..<Int(box.box.bottom)
        let empty = columns.count { x in
          !rows.contains { drawn[$0 * layout.size.width + x] & PageInk.ink.rawValue != 0 }
        }
        #expect(empty == 0)
      }
    }
  }

  @Test("all that is diagnostic and on the page has a box; a normal ECG has none")
  func complete() {
    let ecg = SyntheticECG(seed: 31, index: 3, label: .mi)
    let layout = PageLayout.device
    let boxes = DiagnosticBox.all(of: ecg, layout: layout)
    #expect(!boxes.isEmpty)
    for segment in ecg.diagnostic {
      let panel = layout.panel(segment.lead)
      let end = panel.startSeconds + panel.durationSeconds
      let shown = segment.start < end && segment.end > panel.startSeconds
      let found = boxes.contains {
        $0.lead == segment.lead && $0.place == .lead && $0.segment == segment.segment
          && abs($0.startSeconds - max(segment.start, panel.startSeconds)) < 1e-9
          && abs($0.endSeconds - min(segment.end, end)) < 1e-9
      }
      #expect(found == shown)
    }
    let inStrip = boxes.count { $0.place == .rhythm }
    #expect(inStrip == ecg.diagnostic.count { $0.lead == .II && $0.start < 10 && $0.end > 0 })
    let normal = SyntheticECG(seed: 31, index: 4, label: .normal)
    #expect(DiagnosticBox.all(of: normal, layout: layout).isEmpty)
  }
}

/// A layout's drawing with masks, prepared once.
struct PageMaskCase {
  private let drawing: PageDrawing

  init(_ layout: PageLayout) { drawing = PageDrawing(layout: layout, masks: true) }

  func ink(of ecg: SyntheticECG) -> [UInt8] { drawing.masked(ecg).mask.bits }
}
