// Draws sheets on a Cairo context, whatever lies below it.

import CCairo
import Foundation

/// A context and the typeface that texts are written in.
struct CairoPen {
  let context: OpaquePointer?
  let typeface: Typeface

  /// Draws a sheet's elements in their order.
  func draw(_ sheet: Drawing) {
    for element in sheet.elements { draw(element) }
  }

  private func draw(_ element: Drawing.Element) {
    switch element {
    case .path(let path, let fill, let stroke):
      trace(path)
      if let fill {
        set(fill)
        cairo_fill_preserve(context)
      }
      if let stroke {
        set(stroke.color)
        cairo_set_line_width(context, stroke.width)
        cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
        cairo_stroke_preserve(context)
      }
      cairo_new_path(context)
    case .text(let run): write(run)
    case .bitmap(let bitmap, let box): paint(bitmap, in: box)
    }
  }

  private func trace(_ path: Path) {
    cairo_new_path(context)
    for step in path.steps {
      switch step {
      case .move(let p): cairo_move_to(context, p.x, p.y)
      case .line(let p): cairo_line_to(context, p.x, p.y)
      case .curve(let a, let b, let c): cairo_curve_to(context, a.x, a.y, b.x, b.y, c.x, c.y)
      case .close: cairo_close_path(context)
      }
    }
  }

  private func set(_ color: RGB) {
    cairo_set_source_rgb(context, color.red, color.green, color.blue)
  }

  private func write(_ run: TextRun) {
    cairo_save(context)
    cairo_select_font_face(
      context, typeface.family, CAIRO_FONT_SLANT_NORMAL,
      run.style.weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, run.style.size)
    set(run.style.color)
    cairo_translate(context, run.origin.x, run.origin.y)
    switch run.direction {
    case .across: break
    case .upwards: cairo_rotate(context, -.pi / 2)
    case .slanted(let degrees): cairo_rotate(context, -degrees * .pi / 180)
    }
    cairo_move_to(context, 0, 0)
    cairo_show_text(context, run.text)
    cairo_restore(context)
  }

  private func paint(_ bitmap: Bitmap, in box: Box) {
    let image = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(bitmap.width), Int32(bitmap.height))
    defer { cairo_surface_destroy(image) }
    let filter: cairo_filter_t
    switch bitmap.content {
    case .jpeg(let bytes):
      // The surface gives the size only; Cairo embeds these bytes and never looks at its pixels.
      filter = CAIRO_FILTER_GOOD
      guard let copy = malloc(bytes.count) else { return }
      bytes.withUnsafeBytes { source in
        if let start = source.baseAddress { memcpy(copy, start, bytes.count) }
      }
      cairo_surface_set_mime_data(
        image, CAIRO_MIME_TYPE_JPEG, copy.assumingMemoryBound(to: UInt8.self),
        UInt(bytes.count), { free($0) }, copy)
    case .pixels(let rgb, _):
      filter = CAIRO_FILTER_NEAREST
      cairo_surface_flush(image)
      guard let target = cairo_image_surface_get_data(image) else { return }
      let stride = Int(cairo_image_surface_get_stride(image))
      for row in 0..<bitmap.height {
        for column in 0..<bitmap.width {
          let from = (row * bitmap.width + column) * 3
          // RGB24 is a native 32-bit word, 0x00RRGGBB.
          let word =
            UInt32(rgb[from]) << 16 | UInt32(rgb[from + 1]) << 8 | UInt32(rgb[from + 2])
          UnsafeMutableRawPointer(target + row * stride + column * 4)
            .storeBytes(of: word, as: UInt32.self)
        }
      }
      cairo_surface_mark_dirty(image)
    }
    cairo_save(context)
    cairo_translate(context, box.x, box.y)
    cairo_scale(
      context, box.width / Double(bitmap.width), box.height / Double(bitmap.height))
    cairo_set_source_surface(context, image, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), filter)
    cairo_paint(context)
    cairo_restore(context)
  }
}
