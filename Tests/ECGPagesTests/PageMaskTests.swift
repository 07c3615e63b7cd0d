// Masks say what covers each pixel: nothing dark is left out, and ink follows the signals.

import ECGLayouts
import ECGRaster
import ECGSignals
import ECGTerms
import Testing

@testable import ECGPages

@Suite("Page mask")
struct PageMaskTests {
  static let ecg = SyntheticECG(seed: 7, index: 2, label: .mi)

  @Test("no dark pixel is outside of all masks", arguments: allLayouts)
  func dark(_ layout: PageLayout) {
    let (picture, mask) = PageDrawing(layout: layout, masks: true).masked(Self.ecg)
    // Where pixels are covered in part, two halves of different things make a dark one.
    let limit = layout.template.wholePixels ? 110.0 : 64
    var outside = 0
    var lightInk = 0
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let luma = PageDrawingTests.luma(picture, x, y)
        if luma < limit, mask[x, y].isEmpty { outside += 1 }
        if mask[x, y].contains(.ink), luma > 128 { lightInk += 1 }
      }
    }
    #expect(outside == 0 && lightInk == 0)
  }

  @Test("ink lies along the signals and nowhere else", arguments: allLayouts)
  func follows(_ layout: PageLayout) {
    let mask = PageDrawing(layout: layout, masks: true).masked(Self.ecg).mask
    var allowed = [Bool](repeating: false, count: mask.bits.count)
    let area = layout.traceArea
    var missed = 0
    for panel in layout.allPanels {
      let signal = Self.ecg.signals[panel.lead]!
      func height(_ seconds: Double) -> Double {
        let place = (panel.startSeconds + seconds) * 500
        let sample = min(signal.count - 2, Int(place))
        let millivolts =
          signal[sample] + (signal[sample + 1] - signal[sample]) * (place - Double(sample))
        return layout.zeroHeight(panel) - millivolts * layout.pixelsPerMillivolt
      }
      for column in Int(panel.box.x)...min(mask.width - 1, Int(panel.box.right)) {
        // The tip's middle passes within 2.5 pixels.
        let heights = stride(from: -2.5, through: 2.5, by: 0.1).compactMap { shift -> Double? in
          let seconds = (Double(column) + 0.5 + shift - panel.box.x) / layout.pixelsPerSecond
          guard seconds >= 0, seconds <= panel.durationSeconds else { return nil }
          return height(seconds)
        }
        guard let low = heights.min(), let high = heights.max() else { continue }
        for row in max(0, Int(low) - 2)...min(mask.height - 1, max(0, Int(high) + 2)) {
          allowed[row * mask.width + column] = true
        }
        let seconds = (Double(column) + 0.5 - panel.box.x) / layout.pixelsPerSecond
        guard seconds > 0, seconds < panel.durationSeconds - 0.002 else { continue }
        let here = height(seconds)
        guard here > area.y + 1, here < area.bottom - 1 else { continue }
        if !mask[column, Int(here)].contains(.ink) { missed += 1 }
      }
    }
    let astray = mask.bits.indices.count {
      PageInk(rawValue: mask.bits[$0]).contains(.ink) && !allowed[$0]
    }
    #expect(missed == 0 && astray == 0)
  }

  @Test("grid, marks and text have bits of their own")
  func parts() {
    let mask = PageDrawing(masks: true).masked(Self.ecg).mask
    #expect(mask[105, 1476].contains(.grid) && mask[2131, 324].contains(.grid))
    #expect(mask[1000, 284].contains(.marks) && mask[644, 900].contains(.marks))
    #expect(mask[114, 384].contains(.marks) && mask[1000, 138].contains(.marks))
    #expect(mask[30, 800].isEmpty)
    func count(_ ink: PageInk, rows: Range<Int>) -> Int {
      rows.reduce(0) { sum, y in sum + (0..<mask.width).count { mask[$0, y].contains(ink) } }
    }
    #expect(count(.text, rows: 30..<62) > 1000 && count(.text, rows: 1537..<1553) > 1000)
    #expect(count(.text, rows: 436..<457) > 100)
    #expect(count(.ink, rows: 0..<283) == 0 && count(.ink, rows: 1518..<1572) == 0)
    #expect(count(.grid, rows: 0..<283) == 0 && count(.text, rows: 500..<700) == 0)
  }

  @Test("the picture is the same with and without its mask")
  func picture() {
    let size = PageSize(width: 700, height: 497)
    let masked = PageDrawing(size: size, masks: true).masked(Self.ecg).picture
    let same = masked == PageDrawing(size: size).draw(Self.ecg)
    #expect(same)
  }

  @Test("the file's palette gives the bits back")
  func file() throws {
    let mask = PageDrawing(masks: true).masked(Self.ecg).mask
    let image = try Image(decoding: mask.pngData(), path: "mask")
    let known = Dictionary(
      uniqueKeysWithValues: PageMask.palette.enumerated().map { number, colour in
        (Int(colour.red) << 16 | Int(colour.green) << 8 | Int(colour.blue), UInt8(number))
      })
    #expect(known.count == 16)
    var wrong = 0
    for place in mask.bits.indices {
      let (red, green) = (Int(image.pixels[3 * place]), Int(image.pixels[3 * place + 1]))
      let blue = Int(image.pixels[3 * place + 2])
      if known[red << 16 | green << 8 | blue] != mask.bits[place] { wrong += 1 }
    }
    #expect(wrong == 0)
  }
}
