// Pages changed as copies of scans are: turned, noisy, brighter, encoded again.

import ECGLayouts
import ECGPages
import ECGRandom
import ECGRaster
import ECGRecordings
import ECGSignals
import ECGTerms
import Testing

/// Pages of synthetic ECGs.
struct DrawnPages {
  let plan = SynthesisPlan(pages: 10_000, seed: 5)
  let drawing = PageDrawing()

  func page(_ index: Int) -> Image { drawing.draw(plan.ecg(index)) }

  /// What a page shows of an ECG: each lead in its quarter of ten seconds, II below.
  func recording(_ index: Int) -> Recording {
    let ecg = plan.ecg(index)
    var leads: [Lead: [Double]] = [:]
    for panel in PageLayout.device.panels {
      let first = Int(panel.startSeconds * SyntheticECG.samplesPerSecond)
      let seen = first..<first + Int(panel.durationSeconds * SyntheticECG.samplesPerSecond)
      leads[panel.lead] = ecg.samples(of: panel.lead).enumerated().map {
        seen.contains($0) ? $1 : .nan
      }
    }
    return Recording(
      leads: leads, rhythm: RhythmStrip(lead: .II, samples: ecg.samples(of: .II)),
      count: SyntheticECG.count)
  }
}

extension Image {
  func encoded(quality: Int) throws -> Image {
    try Image(decoding: jpegData(quality: quality), path: "copy.jpg")
  }

  func scaled(_ factor: Double) -> Image {
    resized(
      width: Int((Double(width) * factor).rounded()),
      height: Int((Double(height) * factor).rounded()))
  }

  /// Without shares of the width and the height at each side.
  func trimmed(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Image {
    let x = Int(left * Double(width))
    let y = Int(top * Double(height))
    return cropped(
      to: PixelRectangle(
        x: x, y: y, width: width - x - Int(right * Double(width)),
        height: height - y - Int(bottom * Double(height))))
  }

  func exposed(gain: Double, shift: Double) -> Image {
    var changed = self
    for at in pixels.indices {
      changed.pixels[at] = UInt8(min(max(gain * Double(pixels[at]) + shift, 0), 255).rounded())
    }
    return changed
  }

  func noisy(sigma: Double) -> Image {
    var changed = self
    var random = Philox(seed: 8, for: .trial, 77)
    // A long list of numbers, begun anywhere: enough for noise, and soon made.
    let noise = (0..<65_536).map { _ in random.normal() * sigma }
    var place = 0
    for at in pixels.indices {
      if at % 4096 == 0 { place = random.index(below: noise.count) }
      changed.pixels[at] = UInt8(
        min(max(Double(pixels[at]) + noise[(place + at) & 65_535], 0), 255).rounded())
    }
    return changed
  }

  /// Turned about its middle, white where nothing was.
  func turned(degrees: Double) -> Image {
    var changed = Image(width: width, height: height, filledWith: (255, 255, 255))
    let slope = degrees * .pi / 180
    let (cosine, sine) = (1 - slope * slope / 2, slope - slope * slope * slope / 6)
    let (middleX, middleY) = (Double(width) / 2, Double(height) / 2)
    for row in 0..<height {
      for column in 0..<width {
        let (dx, dy) = (Double(column) + 0.5 - middleX, Double(row) + 0.5 - middleY)
        let x = middleX + cosine * dx + sine * dy - 0.5
        let y = middleY - sine * dx + cosine * dy - 0.5
        guard x >= 0, y >= 0, x < Double(width - 1), y < Double(height - 1) else { continue }
        let (left, top) = (Int(x), Int(y))
        let (u, v) = (x - Double(left), y - Double(top))
        for channel in 0..<3 {
          func at(_ x: Int, _ y: Int) -> Double { Double(pixels[(y * width + x) * 3 + channel]) }
          let above = at(left, top) * (1 - u) + at(left + 1, top) * u
          let below = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u
          changed.pixels[(row * width + column) * 3 + channel] =
            UInt8((above * (1 - v) + below * v).rounded())
        }
      }
    }
    return changed
  }
}

/// The ways in which a copy differs from its page.
enum Alteration: CaseIterable, Sendable {
  case encodedBadly, quarter, half, double, turned, cropped, darker, brighter, noisy, everything

  func apply(to page: Image) throws -> Image {
    switch self {
    case .encodedBadly: try page.encoded(quality: 30)
    case .quarter: page.scaled(0.25)
    case .half: page.scaled(0.47)
    case .double: page.scaled(2)
    case .turned: page.turned(degrees: 3)
    case .cropped: page.trimmed(0.04, 0.03, 0.04, 0.04)
    case .darker: page.exposed(gain: 0.75, shift: -20)
    case .brighter: page.exposed(gain: 1.1, shift: 35)
    case .noisy: page.noisy(sigma: 8)
    case .everything:
      try page.turned(degrees: -2.5).trimmed(0.03, 0.02, 0.01, 0.03).scaled(0.4)
        .exposed(gain: 0.9, shift: 10).noisy(sigma: 6).encoded(quality: 40)
    }
  }
}
