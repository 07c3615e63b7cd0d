// Regions of a page besides its traces, each as a small gray grid.

import ECGLayouts
import ECGRaster
import ECGTraces

/// The regions of a page as darkness on a grid of cells.
///
/// Regions are laid out on the page's kind and found on the scan through the placement of its marks,
/// so that shifted, scaled and turned scans show the same; on a page of no known kind they are the
/// same fractions of the page. The template is the inside of the frame without the columns that
/// traces run in, over the frame's whole height and 6 pixels to both sides: separators and lead
/// labels go with them, since traces cross them; grid, calibration pulses and the frame's lines stay,
/// and the strip's lead, as its trace is identified among the leads, stands for its label.
struct PageRegions {
  private let page: Image
  private let layout: PageLayout
  private let placement: Placement?

  /// - Parameters:
  ///   - page: The scan.
  ///   - reading: Of its marks; `nil` where they are of no known kind.
  init(_ page: Image, reading: PageReading?) {
    self.page = page
    layout = reading?.layout ?? PageLayout.device
    placement = reading?.placement
  }

  /// A part of a region and the cells that it is cut into.
  private struct Part {
    let box: PageRectangle
    let columns, rows: Int
  }

  /// The darkness of each cell, 0 (white) to 255; `nil` where a crop leaves less than a quarter of a
  /// cell.
  func cells(_ view: ProbeView, crop: CropRule) -> [Double?] {
    let kept = try? crop == .frame ? nil : crop.rectangle(in: page)
    return parts(view).flatMap { part in
      (0..<part.rows * part.columns).map { cell in
        darkness(
          of: part.box, column: cell % part.columns, of: part.columns, row: cell / part.columns,
          of: part.rows, kept: kept)
      }
    }
  }

  private func parts(_ view: ProbeView) -> [Part] {
    let (width, height) = (Double(layout.size.width), Double(layout.size.height))
    let frame = layout.frame
    func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> PageRectangle {
      PageRectangle(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
    }
    let panels = layout.allPanels.map(\.box)
    let traces = (
      (panels.map(\.x).min() ?? frame.x) - 6, (panels.map(\.right).max() ?? frame.right) + 6
    )
    return switch view {
    case .header: [Part(box: box(0, 0, width, frame.y), columns: 64, rows: 8)]
    case .footer: [Part(box: box(0, frame.bottom, width, height), columns: 96, rows: 4)]
    case .date: [Part(box: box(0.7 * width, frame.bottom, width, height), columns: 64, rows: 4)]
    case .margins:
      [
        Part(box: box(0, frame.y, frame.x, frame.bottom), columns: 4, rows: 24),
        Part(box: box(frame.right, frame.y, width, frame.bottom), columns: 4, rows: 24),
      ]
    case .template:
      [
        Part(box: box(frame.x, frame.y, traces.0, frame.bottom), columns: 6, rows: 40),
        Part(box: box(traces.1, frame.y, frame.right, frame.bottom), columns: 3, rows: 40),
      ]
    case .majority, .file, .heartRate, .measures, .beats: []
    }
  }

  /// The mean over a cell, in steps of a pixel of the layout.
  private func darkness(
    of box: PageRectangle, column: Int, of columns: Int, row: Int, of rows: Int,
    kept: PixelRectangle?
  ) -> Double? {
    let (width, height) = (box.width / Double(columns), box.height / Double(rows))
    let across = max(1, Int(width.rounded()))
    let down = max(1, Int(height.rounded()))
    let inside = (layout.frame.x + 4)..<(layout.frame.right - 4)
    let between = (layout.frame.y + 4)..<(layout.frame.bottom - 4)
    var (sum, count) = (0, 0)
    page.pixels.withUnsafeBufferPointer { pixels in
      for i in 0..<down {
        let y = box.y + (Double(row) + (Double(i) + 0.5) / Double(down)) * height
        for j in 0..<across {
          let x = box.x + (Double(column) + (Double(j) + 0.5) / Double(across)) * width
          let place = onPage(x, y)
          guard place.x >= 0, place.y >= 0, place.x < page.width, place.y < page.height else {
            continue
          }
          if let kept {
            guard place.x >= kept.x, place.x < kept.x + kept.width, place.y >= kept.y,
              place.y < kept.y + kept.height
            else { continue }
          } else if !(inside.contains(x) && between.contains(y)) {
            continue
          }
          let at = (place.y * page.width + place.x) * 3
          sum +=
            255 * 256 - Int(Luma.in256ths(pixels[at], pixels[at + 1], pixels[at + 2]))
          count += 1
        }
      }
    }
    guard 4 * count >= across * down else { return nil }
    return Double(sum) / 256 / Double(count)
  }

  private func onPage(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
    guard let placement else {
      return (
        Int((x / Double(layout.size.width) * Double(page.width)).rounded(.down)),
        Int((y / Double(layout.size.height) * Double(page.height)).rounded(.down))
      )
    }
    let place = placement.onPage(PagePoint(x: x, y: y))
    return (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
  }
}
