// A Cairo image surface with the few strokes and texts that a page needs.

import CCairo
import Foundation

/// A colour in sRGB, 0…255 a channel.
struct Ink: Equatable, Sendable {
  let red, green, blue: UInt8

  static let black = Ink(red: 0, green: 0, blue: 0)
  static let paper = Ink(red: 255, green: 255, blue: 255)
}

/// A drawing of a page in progress; coordinates are a layout's, whatever the size in pixels.
///
/// Used by one thread at a time; different canvases may be drawn on at once.
final class Canvas {
  let size: PageSize
  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let across: Double
  private let down: Double

  /// A canvas of `size` pixels for drawings in the coordinates of a page of `units`.
  init(size: PageSize, units: PageSize) {
    self.size = size
    across = Double(size.width) / Double(units.width)
    down = Double(size.height) / Double(units.height)
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(size.width), Int32(size.height))
    let status = cairo_surface_status(surface)
    precondition(
      status == CAIRO_STATUS_SUCCESS,
      "a canvas of \(size.argument): \(String(cString: cairo_status_to_string(status)))")
    context = cairo_create(surface)
    cairo_scale(context, across, down)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Covers the whole page.
  func fill(_ ink: Ink) {
    set(ink)
    cairo_paint(context)
  }

  /// Fills a rectangle.
  func fill(_ rectangle: PageRectangle, _ ink: Ink) {
    set(ink)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_fill(context)
  }

  /// Fills dots of one unit, each on whole pixels wherever a unit is at least about a pixel.
  func fillDots(_ dots: [(x: Double, y: Double)], _ ink: Ink) {
    set(ink)
    for dot in dots {
      let (x, width) = Self.snapped(dot.x * across, across)
      let (y, height) = Self.snapped(dot.y * down, down)
      cairo_rectangle(context, x / across, y / down, width / across, height / down)
    }
    cairo_fill(context)
  }

  private static func snapped(_ place: Double, _ scale: Double) -> (Double, Double) {
    scale < 0.75 ? (place, scale) : (place.rounded(), max(1, scale.rounded()))
  }

  /// Strokes a line through points.
  func stroke(_ points: [(x: Double, y: Double)], width: Double, _ ink: Ink) {
    guard let first = points.first else { return }
    set(ink)
    cairo_set_line_width(context, width)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_stroke(context)
  }

  /// Writes a line of text in the serif face that the device prints.
  ///
  /// - Parameter width: Where given, the letters are spread to end there, as the device spaces its
  ///   text wider than the face does.
  func write(
    _ text: String, x: Double, baseline: Double, height: Double, width: Double? = nil,
    _ ink: Ink = .black
  ) {
    set(ink)
    cairo_select_font_face(
      context, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, height)
    guard let width, text.count > 1 else {
      cairo_move_to(context, x, baseline)
      cairo_show_text(context, text)
      return
    }
    let letters = text.map { String($0) }
    let advances = letters.map { letter in
      var extents = cairo_text_extents_t()
      cairo_text_extents(context, letter, &extents)
      return extents.x_advance
    }
    let gap = (width - advances.reduce(0, +)) / Double(letters.count - 1)
    var place = x
    for (letter, advance) in zip(letters, advances) {
      cairo_move_to(context, place, baseline)
      cairo_show_text(context, letter)
      place += advance + gap
    }
  }

  /// Fills a heart, as printed before the rate; `x` is its left edge and `width` its extent.
  func fillHeart(x: Double, baseline: Double, width: Double, _ ink: Ink = .black) {
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

  private func set(_ ink: Ink) {
    cairo_set_source_rgb(
      context, Double(ink.red) / 255, Double(ink.green) / 255, Double(ink.blue) / 255)
  }

  /// The pixels as red, green, blue, row by row.
  func pixels() -> [UInt8] {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    guard let data = cairo_image_surface_get_data(surface) else { return [] }
    let (width, height) = (size.width, size.height)
    return [UInt8](unsafeUninitializedCapacity: 3 * width * height) { out, count in
      let to = out.baseAddress!
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

  /// A copy of what is drawn so far, to start other canvases of the same size from.
  func snapshot() -> CanvasSnapshot {
    cairo_surface_flush(surface)
    let length = Int(cairo_image_surface_get_stride(surface)) * size.height
    let data = cairo_image_surface_get_data(surface)
    return CanvasSnapshot(
      size: size, bytes: [UInt8](UnsafeBufferPointer(start: data, count: length)))
  }

  /// Replaces everything drawn by a snapshot of a canvas of the same size.
  func restore(_ snapshot: CanvasSnapshot) {
    precondition(snapshot.size == size, "a snapshot of \(snapshot.size) on \(size)")
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else { return }
    snapshot.bytes.withUnsafeBufferPointer { bytes in
      data.update(from: bytes.baseAddress!, count: bytes.count)
    }
    cairo_surface_mark_dirty(surface)
  }
}

/// The bytes of a canvas.
struct CanvasSnapshot: Equatable, Sendable {
  let size: PageSize
  fileprivate let bytes: [UInt8]
}
