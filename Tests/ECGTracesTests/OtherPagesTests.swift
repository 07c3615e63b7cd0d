// Pages that are no ECG of a known layout are refused (small form of `Tests/Reference/other_pages.py`).

import ECGRandom
import ECGRaster
import Foundation
import Testing

@testable import ECGTraces

/// A kind of page.
enum OtherPage: String, CaseIterable, CustomTestStringConvertible {
  case grid, text, handwriting, form, leadsOfOtherRows, withoutPulses, stretched, turnedFar,
    cutOut

  var testDescription: String { rawValue }

  /// A page of the kind; a pure function of the seed.
  func page(seed: UInt64) throws -> Image {
    var random = Philox(seed: seed, for: .trial, 41)
    switch self {
    case .grid:
      var sheet = Sheet()
      sheet.grid(pitch: random.uniform(6.5, 10))
      return sheet.image
    case .text: return Sheet.text(&random)
    case .handwriting: return Sheet.handwriting(&random)
    case .form: return Sheet.form(&random)
    case .leadsOfOtherRows: return Sheet.leads(&random)
    case .withoutPulses: return try ecg(seed).withoutPulses()
    case .stretched:
      let page = try ecg(seed)
      let factor = [0.6, 0.75, 1.35, 1.6][random.index(below: 4)]
      return page.resized(
        width: Int(Double(page.width) * factor), height: page.height, method: .area)
    case .turnedFar:
      return try ecg(seed).turned(degrees: [8.0, -8, 15][random.index(below: 3)])
    case .cutOut:
      return try ecg(seed).withoutRows(from: random.uniform(0.25, 0.5), part: 0.2)
    }
  }

  private func ecg(_ seed: UInt64) throws -> Image { try PageSample(Int(seed)).image }
}

@Suite("Other pages")
struct OtherPagesTests {
  @Test("are refused in words", arguments: OtherPage.allCases, [1, 2] as [UInt64])
  func refused(_ kind: OtherPage, seed: UInt64) throws {
    let page = try kind.page(seed: seed)
    // As a scanner or a camera would store it.
    let stored = try Image(decoding: page.jpegData(quality: 75), path: "page.jpg")
    do throws(ReadingError) {
      let reading = try readPage(stored, path: "page.jpg")
      Issue.record("\(kind) read as \(reading.layout.name)")
    } catch {
      #expect("\(error)".hasPrefix("page.jpg: ") && "\(error)".contains("; use "))
    }
  }

  @Test("the pages that are altered here are read as they are")
  func unaltered() throws {
    for seed in 1...2 { _ = try readPage(PageSample(seed).image, path: "page.jpg") }
  }
}

/// A white sheet to draw on in black and red.
private struct Sheet {
  var image = Image(width: 2213, height: 1572, filledWith: (250, 248, 245))

  mutating func fill(
    x: Double, y: Double, width: Double, height: Double,
    _ color: (UInt8, UInt8, UInt8) = (20, 20, 20)
  ) {
    let columns = Self.pixels(from: x, length: width, of: image.width)
    let rows = Self.pixels(from: y, length: height, of: image.height)
    for row in rows {
      for column in columns {
        let at = 3 * (row * image.width + column)
        (image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]) = color
      }
    }
  }

  private static func pixels(from start: Double, length: Double, of size: Int) -> Range<Int> {
    let first = min(max(0, Int(start)), size)
    return first..<max(first, min(size, Int(start + length)))
  }

  mutating func grid(pitch: Double) {
    for number in 0...Int(Double(image.width) / pitch) {
      let bold = number % 5 == 0
      let color: (UInt8, UInt8, UInt8) = bold ? (225, 140, 140) : (245, 205, 205)
      let at = Double(number) * pitch
      fill(x: at, y: 0, width: bold ? 2 : 1, height: Double(image.height), color)
      fill(x: 0, y: at, width: Double(image.width), height: bold ? 2 : 1, color)
    }
  }

  /// A calibration pulse of 1 mV, 0.2 s.
  mutating func pulse(x: Double, zero: Double, pitch: Double) {
    fill(x: x, y: zero, width: pitch, height: 3)
    fill(x: x + pitch, y: zero - 10 * pitch, width: 3, height: 10 * pitch)
    fill(x: x + pitch, y: zero - 10 * pitch, width: 5 * pitch, height: 3)
    fill(x: x + 6 * pitch, y: zero - 10 * pitch, width: 3, height: 10 * pitch)
    fill(x: x + 6 * pitch, y: zero, width: pitch, height: 3)
  }

  /// Bumps at regular moments.
  mutating func trace(x: Double, zero: Double, length: Int, scale: Double, interval: Double) {
    var last = zero
    for column in 0..<length {
      let phase = (Double(column) / interval).truncatingRemainder(dividingBy: 1)
      let beat = exp(-pow((phase - 0.4) / 0.012, 2)) - 0.3 * exp(-pow((phase - 0.43) / 0.012, 2))
      let waves =
        0.1 * exp(-pow((phase - 0.24) / 0.03, 2)) + 0.3 * exp(-pow((phase - 0.65) / 0.06, 2))
      let y = zero - scale * (beat + waves)
      fill(x: x + Double(column), y: min(y, last), width: 1, height: abs(y - last) + 3)
      last = y
    }
  }

  /// Rows of words, each a few upright and level strokes.
  static func text(_ random: inout Philox) -> Image {
    var sheet = Sheet()
    let size = random.uniform(16, 40)
    for row in 0..<Int(1300 / (1.4 * size)) {
      var x = 100.0
      while x < 2050 {
        for _ in 0..<2 + random.index(below: 7) {
          let y = 120 + Double(row) * 1.4 * size
          sheet.fill(x: x, y: y, width: size / 9, height: size * random.uniform(0.6, 1))
          sheet.fill(x: x, y: y + size * random.uniform(0, 0.6), width: size / 2, height: size / 10)
          x += 0.65 * size
        }
        x += 0.5 * size
      }
    }
    return sheet.image
  }

  /// Loops along lines.
  static func handwriting(_ random: inout Philox) -> Image {
    var sheet = Sheet()
    for row in 0..<13 {
      let turns = 2 * Double.pi * random.uniform(40, 90)
      let height = random.uniform(10, 30)
      for step in 0..<8000 {
        let t = Double(step) / 8000
        sheet.fill(
          x: 120 + 1950 * t + 14 * cos(turns * t),
          y: 150 + 105 * Double(row) + height * sin(turns * t), width: 3, height: 3, (25, 35, 90))
      }
    }
    return sheet.image
  }

  /// A ruled table and a chart.
  static func form(_ random: inout Philox) -> Image {
    var sheet = Sheet()
    for number in 0..<18 {
      sheet.fill(
        x: 100 + 118 * Double(number), y: random.uniform(60, 500), width: 3,
        height: random.uniform(60, 900))
      sheet.fill(x: 100, y: 80 + 80 * Double(number), width: 2013, height: 3)
    }
    var y = 800.0
    for x in 180..<1980 {
      let next = min(1400, max(200, y + random.uniform(-10, 10)))
      sheet.fill(x: Double(x), y: min(y, next), width: 1, height: abs(next - y) + 3)
      y = next
    }
    return sheet.image
  }

  /// Rows and columns of leads as no layout has them, each row behind its pulse.
  static func leads(_ random: inout Philox) -> Image {
    var sheet = Sheet()
    sheet.grid(pitch: 7.9)
    let (rows, columns) = [(2, 3), (4, 3), (5, 2), (2, 4)][random.index(below: 4)]
    let interval = random.uniform(110, 220)
    for row in 0..<rows {
      let zero = 250 + (Double(row) + 0.5) * 1200 / Double(rows)
      sheet.pulse(x: 90, zero: zero, pitch: 7.9)
      sheet.trace(
        x: 152, zero: zero, length: 1968, scale: random.uniform(40, 90), interval: interval)
      for column in 1..<columns {
        sheet.fill(
          x: 152 + 1968 * Double(column) / Double(columns), y: zero - 40, width: 3, height: 80)
      }
    }
    return sheet.image
  }
}

extension Image {
  /// The page with paper over its calibration pulses.
  fileprivate func withoutPulses() -> Image {
    var page = self
    for row in 0..<height {
      for column in 0..<width * 150 / 2213 {
        let from = 3 * (row * width + width * 30 / 2213 + column % 8)
        let to = 3 * (row * width + column)
        for channel in 0..<3 { page.pixels[to + channel] = pixels[from + channel] }
      }
    }
    return page
  }

  /// The page without a band of rows, the rest moved together.
  fileprivate func withoutRows(from start: Double, part: Double) -> Image {
    let (top, band) = (Int(Double(height) * start), Int(Double(height) * part))
    let row = 3 * width
    return Image(
      width: width, height: height - band,
      pixels: Array(pixels[..<(top * row)] + pixels[((top + band) * row)...]))
  }
}
