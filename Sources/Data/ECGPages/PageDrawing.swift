// Draws ECGs as pages of a layout, or as any part of them at any size.

import ECGLayouts
import ECGRaster
import ECGSignals
import ECGTerms

/// Pages of one layout, region and size; what they share is drawn once.
///
/// Traces are kept to their panel's columns and to the inside of the frame, so that nothing around
/// the grid depends on the class. The drawing may be used by several threads at once.
public struct PageDrawing: Sendable {
  /// The quality of the archive's larger part, in the scale of libjpeg.
  public static let jpegQuality = 64

  /// The layout that is drawn.
  public let layout: PageLayout
  /// The part of the page that is shown, in the layout's pixels.
  public let region: PageRectangle
  /// The pictures' size in pixels.
  public let size: PageSize

  private let scale: PaperScale
  private let wholePixels: Bool
  private let words: PageWords
  private let background: [UInt8]
  private let backgroundMask: [UInt8]?

  /// Prepares pictures of a part of a layout's page.
  ///
  /// - Parameters:
  ///   - layout: What is drawn.
  ///   - region: The part shown, in the layout's pixels; the whole page by default.
  ///   - size: The pictures' size; that of the region, in whole pixels, by default.
  ///   - masks: Whether `masked` will be asked.
  ///   - compressed: Whether the background is to look as in a page's JPEG file: for pictures that go
  ///     to a network in the place of files. The region is then taken in whole pixels.
  public init(
    layout: PageLayout = .device, region: PageRectangle? = nil, size: PageSize? = nil,
    masks: Bool = false, compressed: Bool = false
  ) {
    let template = layout.template
    let page = PageRectangle(
      x: 0, y: 0, width: Double(layout.size.width), height: Double(layout.size.height))
    let region = region ?? page
    let size =
      size
      ?? PageSize(
        width: max(1, Int(region.width.rounded())), height: max(1, Int(region.height.rounded())))
    let across = Double(size.width) / region.width
    let down = Double(size.height) / region.height
    self.layout = layout
    self.region = region
    self.size = size
    // A page's size is a whole number of pixels, its paper's is not: the template's own scale holds.
    let native = template.size
    let unit = template.pixelsPerMillimetre
    scale = PaperScale(
      across: unit * Double(layout.size.width) / Double(native.width) * across,
      down: unit * Double(layout.size.height) / Double(native.height) * down,
      left: region.x * across, top: region.y * down)
    wholePixels =
      template.wholePixels && abs(scale.across / unit - 1) < 1e-6
      && abs(scale.down / unit - 1) < 1e-6
    let background = PageBackground(layout)
    words = background.words
    if compressed {
      self.background = background.compressedPixels(region: region, size: size)
    } else {
      let canvas = RasterCanvas(size: size, scale: scale, kind: .colours, wholePixels: wholePixels)
      background.draw(on: canvas)
      self.background = canvas.pixels()
    }
    backgroundMask = masks ? background.mask(size: size, scale: scale, wholePixels) : nil
  }

  /// The picture of an ECG; a pure function of the ECG, the shortcut and what was prepared.
  public func draw(_ ecg: SyntheticECG, shortcut: PageShortcut = .none) -> Image {
    var pixels = background
    pixels.withUnsafeMutableBufferPointer { pixels in
      fill(pixels, mask: nil, ecg, shortcut)
    }
    return Image(width: size.width, height: size.height, pixels: pixels)
  }

  /// Draws into memory that the caller holds: red, green, blue, row by row.
  ///
  /// - Parameter pixels: `3 * size.width * size.height` bytes.
  public func draw(
    _ ecg: SyntheticECG, shortcut: PageShortcut = .none,
    into pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    precondition(
      pixels.count == background.count, "\(pixels.count) bytes for a picture of \(size.argument)")
    _ = pixels.update(fromContentsOf: background)
    fill(pixels, mask: nil, ecg, shortcut)
  }

  /// The picture of an ECG and what covers its pixels.
  public func masked(
    _ ecg: SyntheticECG, shortcut: PageShortcut = .none
  ) -> (picture: Image, mask: PageMask) {
    guard var bits = backgroundMask else { preconditionFailure("no masks were prepared") }
    var pixels = background
    pixels.withUnsafeMutableBufferPointer { pixels in
      bits.withUnsafeMutableBufferPointer { bits in
        fill(pixels, mask: bits, ecg, shortcut)
      }
    }
    return (
      Image(width: size.width, height: size.height, pixels: pixels),
      PageMask(width: size.width, height: size.height, bits: bits)
    )
  }

  private func fill(
    _ memory: UnsafeMutableBufferPointer<UInt8>, mask bits: UnsafeMutableBufferPointer<UInt8>?,
    _ ecg: SyntheticECG, _ shortcut: PageShortcut
  ) {
    guard let pixels = memory.baseAddress else { preconditionFailure("a picture without pixels") }
    let mask = bits?.baseAddress
    let own = layout.withStrip(shortcut.stripLead(ecg.label))
    write(own, ecg, shortcut, pixels, mask)
    let pen = layout.template.pen / 2
    let tip = TracePen(
      across: pen * scale.across, down: pen * scale.down, wholePixels: wholePixels)
    var scratch = TracePen.Column(height: size.height)
    let across = Double(size.width) / region.width
    let down = Double(size.height) / region.height
    let inside = layout.traceArea
    let rows = Self.whole(
      from: (inside.y - region.y) * down, to: (inside.bottom - region.y) * down, below: size.height)
    for panel in own.allPanels {
      guard let signal = ecg.signals[panel.lead] else { continue }
      let left = (panel.box.x - region.x) * across
      let right = (panel.box.right - region.x) * across
      let columns = Self.whole(from: left, to: right, below: size.width)
      guard !columns.isEmpty, !rows.isEmpty else { continue }
      let rate = SyntheticECG.samplesPerSecond
      let first = Int((panel.startSeconds * rate).rounded())
      let end = min(signal.count, first + Int((panel.durationSeconds * rate).rounded()) + 1)
      guard end - first > 1 else { continue }
      let zero = Float((layout.zeroHeight(panel) - region.y) * down)
      let millivolt = Float(layout.pixelsPerMillivolt * down)
      let trace = TracePen.Trace(
        left: left, step: layout.pixelsPerSecond / rate * across,
        heights: signal[first..<end].map { zero - Float($0) * millivolt })
      tip.draw(
        trace,
        on: TracePen.Target(
          pixels: pixels, mask: mask, width: size.width, columns: columns, rows: rows),
        scratch: &scratch)
    }
  }

  /// The whole pixels whose middles lie in a stretch of an image's side.
  private static func whole(from: Double, to: Double, below side: Int) -> Range<Int> {
    let first = max(0, Int((from - 0.5).rounded(.up)))
    let end = min(side, Int((to - 0.5).rounded(.up)))
    return first..<max(first, end)
  }

  /// Writes the words of one page: each in a small canvas of its own, laid over the picture.
  private func write(
    _ layout: PageLayout, _ ecg: SyntheticECG, _ shortcut: PageShortcut,
    _ pixels: UnsafeMutablePointer<UInt8>, _ mask: UnsafeMutablePointer<UInt8>?
  ) {
    let text = PrintedText(
      seed: ecg.seed, index: ecg.index, label: ecg.label, beatsPerMinute: ecg.heartRate,
      shortcut: shortcut)
    var lines = words.own(text)
    if let strip = layout.rhythmStrip { lines.append(PageWords.label(strip, layout)) }
    for line in lines {
      let width = line.width ?? line.height * Double(line.text.count)
      stamp(
        from: (line.x - line.height / 4, line.baseline - line.height),
        to: (line.x + width + line.height / 2, line.baseline + line.height / 3), pixels, mask
      ) { $0.write(line) }
    }
    if let heart = words.heart(text) {
      stamp(
        from: (heart.x, heart.baseline - heart.width),
        to: (heart.x + heart.width, heart.baseline), pixels, mask
      ) { $0.fillHeart(x: heart.x, baseline: heart.baseline, width: heart.width) }
    }
  }

  /// Lays what `body` draws between two places of the paper over the picture, in black.
  private func stamp(
    from upper: (x: Double, y: Double), to lower: (x: Double, y: Double),
    _ pixels: UnsafeMutablePointer<UInt8>, _ mask: UnsafeMutablePointer<UInt8>?,
    _ body: (RasterCanvas) -> Void
  ) {
    let left = max(0, Int(scale.x(upper.x).rounded(.down)))
    let top = max(0, Int(scale.y(upper.y).rounded(.down)))
    let right = min(size.width, Int(scale.x(lower.x).rounded(.up)))
    let bottom = min(size.height, Int(scale.y(lower.y).rounded(.up)))
    guard left < right, top < bottom else { return }
    let canvas = RasterCanvas(
      size: PageSize(width: right - left, height: bottom - top),
      scale: scale.moved(left: left, top: top), kind: .coverage, wholePixels: wholePixels)
    body(canvas)
    canvas.eachCoverageRow { row, covered in
      for (column, cover) in covered.enumerated() where cover > 0 {
        let place = (top + row) * size.width + left + column
        let kept = 255 - UInt32(cover)
        for channel in 3 * place..<3 * place + 3 {
          pixels[channel] = UInt8(truncatingIfNeeded: UInt32(pixels[channel]) * kept / 255)
        }
        if cover >= 128, let mask { mask[place] |= PageInk.text.rawValue }
      }
    }
  }
}

extension PageLayout {
  /// Where traces may lie: the frame without its line.
  var traceArea: PageRectangle {
    let unit = template.pixelsPerMillimetre * template.frameLine
    let across = unit * Double(size.width) / Double(template.size.width)
    let down = unit * Double(size.height) / Double(template.size.height)
    return PageRectangle(
      x: frame.x + across, y: frame.y + down, width: frame.width - 2 * across,
      height: frame.height - 2 * down)
  }
}

extension PageBackground {
  /// What covers each pixel by half or more.
  func mask(size: PageSize, scale: PaperScale, _ wholePixels: Bool) -> [UInt8] {
    var bits = [UInt8](repeating: 0, count: size.width * size.height)
    let parts: [(ink: PageInk, draw: (RasterCanvas) -> Void)] = [
      (.grid, drawGrid), (.marks, drawMarks), (.text, drawWords),
    ]
    for part in parts {
      let canvas = RasterCanvas(size: size, scale: scale, kind: .coverage, wholePixels: wholePixels)
      part.draw(canvas)
      canvas.eachCoverageRow { row, covered in
        for (column, cover) in covered.enumerated() where cover >= 128 {
          bits[row * size.width + column] |= part.ink.rawValue
        }
      }
    }
    return bits
  }
}
