// Draws an ECG as the device's page.

import ECGRaster
import ECGSignals
import ECGTerms

/// Pages of one size; what they share is drawn once.
public struct PageDrawing: Sendable {
  /// The geometry that the drawing works in; `scaled(to: size)` places it on the pages.
  public let layout: PageLayout
  /// The pages' size in pixels.
  public let size: PageSize

  private let background: CanvasSnapshot

  /// Prepares pages of a size; any size holds the same page, scaled.
  public init(layout: PageLayout = .device, size: PageSize = PageLayout.device.size) {
    self.layout = layout
    self.size = size
    let canvas = Canvas(size: size, units: layout.size)
    PageBackground.draw(layout, on: canvas)
    background = canvas.snapshot()
  }

  /// The page of an ECG; a pure function of the ECG, the layout and the size.
  public func draw(_ ecg: SyntheticECG) -> Image {
    Image(width: size.width, height: size.height, pixels: canvas(with: ecg).pixels())
  }

  /// The quality of the archive's larger part, in the scale of libjpeg.
  public static let jpegQuality = 64

  private func canvas(with ecg: SyntheticECG) -> Canvas {
    let canvas = Canvas(size: size, units: layout.size)
    canvas.restore(background)
    for line in TextLine.own(PrintedText(seed: ecg.seed, index: ecg.index)) { canvas.write(line) }
    for panel in layout.panels + [layout.rhythmStrip] {
      guard let signal = ecg.signals[panel.lead] else { continue }
      drawTrace(signal, panel, on: canvas)
    }
    return canvas
  }

  /// A trace in pieces: stroking one long line costs more than its parts.
  private func drawTrace(_ signal: [Double], _ panel: LeadPanel, on canvas: Canvas) {
    let rate = SyntheticECG.samplesPerSecond
    let first = Int((panel.startSeconds * rate).rounded())
    let end = min(
      signal.count, Int(((panel.startSeconds + panel.durationSeconds) * rate).rounded()) + 1)
    guard first < end else { return }
    let points = signal[first..<end].enumerated().map { sample, millivolts in
      (
        x: panel.box.x + Double(sample) / rate * layout.pixelsPerSecond,
        y: panel.zeroLine + 0.5 - millivolts * layout.pixelsPerMillivolt
      )
    }
    let piece = 250
    for start in stride(from: 0, to: points.count - 1, by: piece) {
      let part = points[start..<min(points.count, start + piece + 1)]
      canvas.stroke(Array(part), width: 3.1, .black)
    }
  }
}

/// The page of an ECG in a layout, at a size; for many pages prepare a ``PageDrawing`` once.
public func drawPage(
  _ ecg: SyntheticECG, layout: PageLayout = .device, size: PageSize = PageLayout.device.size
) -> Image {
  PageDrawing(layout: layout, size: size).draw(ecg)
}
