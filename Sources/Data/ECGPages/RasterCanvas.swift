// A Cairo image surface with the few fills and texts that a page needs.

import CCairo
import ECGLayouts
import Foundation

/// A color in sRGB, 0…255 a channel.
struct InkColor: Equatable, Sendable {
  let red, green, blue: UInt8

  static let black = InkColor(red: 0, green: 0, blue: 0)
  static let paper = InkColor(red: 255, green: 255, blue: 255)
}

/// From millimeters of paper to pixels of an image.
struct PaperScale: Equatable, Sendable {
  /// Pixels a millimeter.
  let across, down: Double
  /// The image's upper left corner, in pixels from the paper's.
  let left, top: Double

  func x(_ millimetres: Double) -> Double { millimetres * across - left }
  func y(_ millimetres: Double) -> Double { millimetres * down - top }

  /// The same scale for a part of the image.
  func moved(left more: Int, top under: Int) -> PaperScale {
    PaperScale(
      across: across, down: down, left: left + Double(more), top: top + Double(under))
  }
}

/// A drawing in progress, in colors or as bare coverage; lengths are millimeters of paper.
///
/// Used by one thread at a time; different canvases may be drawn on at once.
final class RasterCanvas {
  /// What a pixel holds.
  enum Kind {
    /// Red, green and blue.
    case colours
    /// How much of it is covered; every ink counts alike.
    case coverage
  }

  let size: PageSize
  private let scale: PaperScale
  private let surface: OpaquePointer
  private let context: OpaquePointer

  /// A canvas of `size` pixels.
  ///
  /// - Parameter wholePixels: Pixels are inked whole or not at all.
  init(size: PageSize, scale: PaperScale, kind: Kind, wholePixels: Bool) {
    self.size = size
    self.scale = scale
    surface = cairo_image_surface_create(
      kind == .colours ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_A8, Int32(size.width),
      Int32(size.height))
    let status = cairo_surface_status(surface)
    precondition(
      status == CAIRO_STATUS_SUCCESS,
      "a canvas of \(size.argument): \(String(cString: cairo_status_to_string(status)))")
    context = cairo_create(surface)
    cairo_translate(context, -scale.left, -scale.top)
    cairo_scale(context, scale.across, scale.down)
    if wholePixels {
      cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
      let options = cairo_font_options_create()
      cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_NONE)
      cairo_set_font_options(context, options)
      cairo_font_options_destroy(options)
    }
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Covers everything.
  func fill(_ ink: InkColor) {
    set(ink)
    cairo_paint(context)
  }

  /// Fills a rectangle.
  func fill(_ rectangle: PageRectangle, _ ink: InkColor) { fill([rectangle], ink) }

  /// Fills rectangles.
  func fill(_ rectangles: [PageRectangle], _ ink: InkColor) {
    set(ink)
    for rectangle in rectangles {
      cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    }
    cairo_fill(context)
  }

  /// Fills squares, each on whole pixels wherever its side is at least about a pixel.
  func fillDots(_ dots: [(x: Double, y: Double)], side: Double, _ ink: InkColor) {
    set(ink)
    for dot in dots {
      let (x, width) = Self.snapped(dot.x * scale.across, side * scale.across)
      let (y, height) = Self.snapped(dot.y * scale.down, side * scale.down)
      cairo_rectangle(
        context, x / scale.across, y / scale.down, width / scale.across, height / scale.down)
    }
    cairo_fill(context)
  }

  private static func snapped(_ place: Double, _ side: Double) -> (Double, Double) {
    side < 0.75 ? (place, side) : (place.rounded(), max(1, side.rounded()))
  }

  /// Writes a line of text.
  func write(_ line: TextLine, _ ink: InkColor = .black) {
    set(ink)
    cairo_select_font_face(
      context, line.face == .serif ? "Liberation Serif" : "Liberation Sans",
      CAIRO_FONT_SLANT_NORMAL,
      line.face == .sansBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, line.height)
    guard let width = line.width, line.text.count > 1 else {
      cairo_move_to(context, line.x, line.baseline)
      cairo_show_text(context, line.text)
      return
    }
    let letters = line.text.map { String($0) }
    let advances = letters.map { letter in
      var extents = cairo_text_extents_t()
      cairo_text_extents(context, letter, &extents)
      return extents.x_advance
    }
    let gap = (width - advances.reduce(0, +)) / Double(letters.count - 1)
    var place = line.x
    for (letter, advance) in zip(letters, advances) {
      cairo_move_to(context, place, line.baseline)
      cairo_show_text(context, letter)
      place += advance + gap
    }
  }

  /// Fills a heart, as printed before the rate; `x` is its left edge and `width` its extent.
  func fillHeart(x: Double, baseline: Double, width: Double, _ ink: InkColor = .black) {
    set(ink)
    let radius = width / 4
    let middle = baseline - width * 0.72
    cairo_new_sub_path(context)
    cairo_arc(context, x + radius, middle, radius, 0.8 * .pi, 2 * .pi)
    cairo_arc(context, x + 3 * radius, middle, radius, .pi, 2.2 * .pi)
    cairo_line_to(context, x + 2 * radius, baseline)
    cairo_close_path(context)
    cairo_fill(context)
  }

  private func set(_ ink: InkColor) {
    cairo_set_source_rgb(
      context, Double(ink.red) / 255, Double(ink.green) / 255, Double(ink.blue) / 255)
  }

  /// The pixels of a canvas of colors as red, green, blue, row by row.
  func pixels() -> [UInt8] {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let data = cairo_image_surface_get_data(surface) else { return [] }
    let (width, height) = (size.width, size.height)
    return [UInt8](unsafeUninitializedCapacity: 3 * width * height) { out, count in
      guard let to = out.baseAddress else { return }
      for row in 0..<height {
        let line = UnsafeRawPointer(data + row * stride).assumingMemoryBound(to: UInt32.self)
        var place = to + 3 * width * row
        for column in 0..<width {
          let pixel = line[column]
          place[0] = UInt8(truncatingIfNeeded: pixel >> 16)
          place[1] = UInt8(truncatingIfNeeded: pixel >> 8)
          place[2] = UInt8(truncatingIfNeeded: pixel)
          place += 3
        }
      }
      count = 3 * width * height
    }
  }

  /// Calls with each row of a canvas of coverage: its number and 0…255 for each pixel.
  func eachCoverageRow(_ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let data = cairo_image_surface_get_data(surface) else { return }
    for row in 0..<size.height {
      body(row, UnsafeBufferPointer(start: data + row * stride, count: size.width))
    }
  }
}
