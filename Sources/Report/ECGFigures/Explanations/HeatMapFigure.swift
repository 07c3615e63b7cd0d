// Heat maps over the part of the page that the network sees.

import ECGFiles
import ECGLayouts
import ECGPlotting
import ECGRaster
import ECGTerms

/// One or more cases: the gray page under its map, lead names outside, one color bar for all.
///
/// What lies outside of the crop is not drawn: the network does not see it, and a page's header
/// bears the patient's data.
public struct HeatMapFigure: Figure {
  /// A share of the map's positive sum.
  public struct Share: Equatable, Sendable {
    /// The lead's name, or "outside".
    public let name: String
    /// 0...1.
    public let share: Double

    /// A share.
    public init(name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// A case.
  public struct Case: Sendable {
    /// What it shows, as in "HMI read as Normal, p(Normal) = 0.97".
    public let caption: String
    /// Its file's name.
    public let path: String
    /// The whole page.
    public let page: Image
    /// The region that the map covers, in the page's pixels.
    public let crop: PixelRectangle
    /// The map over the crop.
    public let map: HeatMap
    /// The leads' areas in the page's pixels, or `nil` where no layout was found.
    public let areas: LeadAreas?
    /// Shares by lead, drawn as bars; may be empty.
    public let shares: [Share]

    /// A case.
    public init(
      caption: String, path: String, page: Image, crop: PixelRectangle, map: HeatMap,
      areas: LeadAreas? = nil, shares: [Share] = []
    ) {
      self.caption = caption
      self.path = path
      self.page = page
      self.crop = crop
      self.map = map
      self.areas = areas
      self.shares = shares
    }
  }

  /// The cases from the top.
  public let cases: [Case]
  /// Name and unit of the map's numbers, as in "Grad-CAM, layer4, logits".
  public let quantity: String
  /// Colors and their limit, the same for all cases.
  public let colors: HeatColors

  /// A figure of cases.
  ///
  /// - Parameters:
  ///   - cases: From the top.
  ///   - quantity: Name and unit of the numbers.
  ///   - signed: Whether numbers below zero mean something.
  ///   - limit: The magnitude of the full color; the largest of all cases by default.
  public init(cases: [Case], quantity: String, signed: Bool, limit: Double? = nil) {
    self.cases = cases
    self.quantity = quantity
    let largest = cases.map { $0.map.largestMagnitude }.max() ?? 0
    colors = HeatColors(limit: limit ?? largest, signed: signed)
  }

  /// Heat maps.
  public var title: String { "Heat maps: \(quantity)" }

  /// One row per cell of a map, its center in the page's pixels, then one per lead share; cases are
  /// numbered from 1.
  public var csv: CSVTable {
    var rows: [[String]] = []
    for (index, item) in cases.enumerated() {
      for row in 0..<item.map.height {
        for column in 0..<item.map.width {
          let value = item.map.values[row * item.map.width + column]
          rows.append([
            String(index + 1), item.path, "map", "", String(row), String(column),
            value.isFinite ? "\(value)" : "",
            exactText(
              Double(item.crop.x) + Double(item.crop.width) * item.map.field.columns.place(column)),
            exactText(
              Double(item.crop.y) + Double(item.crop.height) * item.map.field.rows.place(row)),
          ])
        }
      }
      rows += item.shares.map {
        [String(index + 1), item.path, "share", $0.name, "", "", exactText($0.share), "", ""]
      }
    }
    return CSVTable(
      header: ["case", "path", "kind", "lead", "row", "column", "value", "x", "y"], rows: rows)
  }

  /// Draws the cases under each other and the color bar at the foot.
  public func draw(on canvas: inout Canvas) throws {
    let hasShares = cases.contains { !$0.shares.isEmpty }
    let shareRoom = hasShares ? min(points(millimetres: 30), canvas.width * 0.27) : 0
    let pictureWidth = min(
      canvas.width - (hasShares ? shareRoom + 10 : 0), widthForTallestFigure)
    var y = 0.0
    for (index, item) in cases.enumerated() {
      let head = FigureText.label
      let letter = cases.count > 1 ? letterName(index) : ""
      let indent = letter.isEmpty ? 0.0 : 9
      canvas.write(
        letter, at: Point(0, y), style: TextStyle(size: 7, weight: .bold), vertical: .top)
      canvas.write(
        canvas.typeface.fitted(item.caption, style: head.bolder, width: canvas.width - indent),
        at: Point(indent, y + 0.4), style: head.bolder, vertical: .top)
      y += head.size * 1.35
      canvas.write(
        canvas.typeface.fitted(
          item.path, style: FigureText.note, width: canvas.width - indent, keepingEnd: true),
        at: Point(indent, y), style: FigureText.note, vertical: .top)
      y += FigureText.note.size * 1.7
      let foot = try draw(item, on: &canvas, top: y, width: pictureWidth)
      if !item.shares.isEmpty {
        let names = item.areas == nil ? 0 : Self.nameRoom
        drawShares(
          item.shares, on: &canvas,
          in: Box(
            x: pictureWidth + 10, y: y + names, width: shareRoom,
            height: max(foot - y - 2 * names, 7.0 * Double(item.shares.count + 1))))
        y = max(foot, y + names + 7.0 * Double(item.shares.count + 1))
      } else {
        y = foot
      }
      y += index + 1 < cases.count ? 10 : 6
    }
    drawColorBar(on: &canvas, top: y, width: min(points(millimetres: 44), canvas.width * 0.5))
    addNote(note, to: &canvas, gap: 4)
  }

  /// The pictures' width at which all cases and the color bar are 170 mm tall.
  private var widthForTallestFigure: Double {
    let ratios = cases.reduce(0) { $0 + Double($1.crop.height) / Double($1.crop.width) }
    let heads = Double(cases.count) * (2 * Self.nameRoom + 34) + 60
    return max(40, (points(millimetres: 170) - heads) / max(ratios, 0.01))
  }

  private static let nameRoom = FigureText.small.size * 1.9

  private func letterName(_ index: Int) -> String {
    String(Character(Unicode.Scalar(UInt8(97 + index % 26))))
  }

  private var note: String {
    let zero = cases.contains { $0.map.largestMagnitude == 0 }
    return
      "n = \(cases.count) \(cases.count == 1 ? "case" : "cases"), chosen and not a sample. "
      + "White: zero; one scale for all cases."
      + (zero ? " A map without color is zero everywhere." : "")
  }

  private func draw(
    _ item: Case, on canvas: inout Canvas, top: Double, width: Double
  ) throws -> Double {
    let hasNames = item.areas != nil
    let frame = Box(
      x: 0, y: top + (hasNames ? Self.nameRoom : 0), width: width,
      height: width * Double(item.crop.height) / Double(item.crop.width))
    let region = PagePicture.sized(item.page.cropped(to: item.crop), printedWidth: width)
    let laid = colors.laid(item.map, over: region)
    canvas.place(
      Bitmap(
        width: laid.width, height: laid.height,
        content: .jpeg([UInt8](try laid.jpegData(quality: PagePicture.quality)))), in: frame)
    canvas.draw(.rectangle(frame), stroke: .rule)
    guard let areas = item.areas else { return frame.maxY }
    drawLeadNames(areas, crop: item.crop, frame: frame, on: &canvas)
    return frame.maxY + Self.nameRoom
  }

  /// Names in brackets: each column's leads above the picture, the strip's below.
  private func drawLeadNames(
    _ areas: LeadAreas, crop: PixelRectangle, frame: Box, on canvas: inout Canvas
  ) {
    let scale = frame.width / Double(crop.width)
    func span(_ area: Quadrilateral) -> (Double, Double) {
      let from = frame.x + (area.topLeft.x - Double(crop.x)) * scale
      let to = frame.x + (area.topRight.x - Double(crop.x)) * scale
      return (max(frame.x, from) + 1.5, min(frame.maxX, to) - 1.5)
    }
    func bracket(_ name: String, _ area: Quadrilateral, above: Bool) {
      let (from, to) = span(area)
      guard to > from else { return }
      let y = above ? frame.y - 2.5 : frame.maxY + 2.5
      canvas.line(Point(from, y), Point(to, y), .rule)
      canvas.write(
        canvas.typeface.fitted(name, style: FigureText.small, width: to - from),
        at: Point((from + to) / 2, y + (above ? -1.2 : 1.2)), style: FigureText.small,
        anchor: .middle, vertical: above ? .bottom : .top)
    }
    let columns = areas.columns.compactMap { leads in
      leads.first.flatMap { areas.leads[$0] }.map { (names: leads.map(\.rawValue), area: $0) }
    }
    let dot = " \u{00B7} "
    let fits = columns.allSatisfy { column in
      let (from, to) = span(column.area)
      let text = column.names.joined(separator: dot)
      return canvas.typeface.width(of: text, style: FigureText.small) <= to - from
    }
    for column in columns {
      bracket(column.names.joined(separator: fits ? dot : " "), column.area, above: true)
    }
    if let strip = areas.rhythm { bracket("rhythm strip", strip, above: false) }
  }

  private func drawShares(_ shares: [Share], on canvas: inout Canvas, in box: Box) {
    let typeface = canvas.typeface
    let small = FigureText.small
    let row = min(11, box.height / Double(shares.count + 1))
    let nameRoom = shares.map { typeface.width(of: $0.name, style: small) }.max() ?? 0
    let numberRoom = typeface.width(of: "100", style: small) + 2
    let largest = max(0.01, shares.map(\.share).max() ?? 0)
    let x = LinearScale(
      domain: 0...largest, from: box.x + nameRoom + 3, to: box.maxX - numberRoom)
    canvas.write(
      typeface.fitted("Share of the map, %", style: small, width: box.width),
      at: Point(box.x, box.y + row / 2), style: small, vertical: .middle)
    for (index, item) in shares.enumerated() {
      let y = box.y + (Double(index) + 1.5) * row
      canvas.write(
        item.name, at: Point(box.x + nameRoom, y), style: small, anchor: .trailing,
        vertical: .middle)
      canvas.draw(
        .rectangle(
          Box(
            x: x.start, y: y - row * 0.32, width: max(0, x(item.share) - x.start),
            height: row * 0.64)), fill: RGB(hex: 0xB4C4D9))
      canvas.write(
        decimalText(100 * item.share, decimals: 0), at: Point(max(x.start, x(item.share)) + 2, y),
        style: small, vertical: .middle)
    }
    canvas.line(
      Point(x.start, box.y + row), Point(x.start, box.y + row * Double(shares.count + 1)))
  }

  private func drawColorBar(on canvas: inout Canvas, top: Double, width: Double) {
    let (label, tick) = (FigureText.label, FigureText.tick)
    canvas.write(
      canvas.typeface.fitted(quantity, style: label, width: canvas.width), at: Point(0, top),
      style: label, vertical: .top)
    let domain = colors.signed ? -colors.limit...colors.limit : 0...colors.limit
    let inset = 10.0
    let bar = Box(x: inset, y: top + label.size * 1.4, width: width - 2 * inset, height: 6)
    let steps = 96
    let step = bar.width / Double(steps)
    for index in 0..<steps {
      let share = (Double(index) + 0.5) / Double(steps)
      let value = domain.lowerBound + share * (domain.upperBound - domain.lowerBound)
      // Each slice reaches under the next, so that no seam of paper shows between them.
      let overlap = index + 1 < steps ? step * 0.5 : 0
      canvas.draw(
        .rectangle(
          Box(
            x: bar.x + Double(index) * step, y: bar.y, width: step + overlap, height: bar.height)),
        fill: colors.color(value))
    }
    canvas.draw(.rectangle(bar), stroke: .rule)
    let x = LinearScale(domain: domain, from: bar.x, to: bar.maxX)
    let axis = Axis(
      side: .bottom, scale: x, ticks: Ticks(in: domain, count: 4), style: tick)
    axis.draw(on: &canvas, at: bar.maxY)
    canvas.height = bar.maxY + axis.depth(typeface: canvas.typeface)
  }
}
