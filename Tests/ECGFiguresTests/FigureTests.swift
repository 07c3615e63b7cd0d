// What holds for every figure: readable text, the journals' sizes, the same bytes.

import ECGFigures
import ECGFiles
import Foundation
import TestSupport
import Testing

@testable import ECGPlotting

@Suite("Every figure")
struct FigureTests {
  let typeface: Typeface

  init() throws { typeface = try Typeface() }

  private static let widths = [FigureWidth.singleColumn, 126, FigureWidth.doubleColumn]

  @Test("no text overlaps another, a picture or the edge", arguments: NamedFigure.all, widths)
  func readable(named: NamedFigure, width: Double) throws {
    for leak in [nil, "paper"] {
      let sheet = try named.figure.drawing(
        style: FigureStyle(typeface: typeface, widthMillimetres: width, leakingProtocol: leak))
      #expect(sheet.textFaults.isEmpty)
      #expect(sheet.height <= points(millimetres: 170))
      #expect(
        sheet.texts.contains { $0.text.hasPrefix("LEAKING PROTOCOL: paper") } == (leak != nil))
    }
  }

  @Test("the stand-in typeface, which is wider, fits too", arguments: NamedFigure.all)
  func standIn(named: NamedFigure) throws {
    guard let wide = try? Typeface(among: [(.dejaVuSans, "DejaVu Sans")]) else { return }
    for width in Self.widths {
      let sheet = try named.figure.drawing(
        style: FigureStyle(
          typeface: wide, widthMillimetres: width, leakingProtocol: "paper"))
      #expect(sheet.textFaults.isEmpty)
    }
  }

  @Test("text has 5 to 7 points, lines at least 0.3", arguments: NamedFigure.all)
  func sizes(named: NamedFigure) throws {
    let sheet = try named.figure.drawing(style: FigureStyle(typeface: typeface))
    for run in sheet.texts { #expect((5...7).contains(run.style.size), "\(run.text)") }
    for case .path(_, _, let stroke?) in sheet.elements {
      #expect(stroke.width >= 0.3)
      #expect(stroke.color.contrast(with: .white) >= 3)
    }
  }

  @Test("text on color keeps a contrast of 4.5", arguments: NamedFigure.all)
  func contrast(named: NamedFigure) throws {
    let sheet = try named.figure.drawing(style: FigureStyle(typeface: typeface))
    var grounds: [(box: Box, color: RGB)] = []
    for element in sheet.elements {
      switch element {
      case .path(let path, let fill?, _):
        // Upright rectangles alone are grounds; other outlines carry no text.
        if path.steps.count == 5, case .move(let a) = path.steps[0],
          case .line(let b) = path.steps[1], case .line(let c) = path.steps[2], a.y == b.y,
          b.x == c.x, c.y >= a.y
        {
          grounds.append((Box(x: a.x, y: a.y, width: c.x - a.x, height: c.y - a.y), fill))
        }
      case .text(let run):
        let ground = grounds.last { $0.box.overlaps(run.box) }?.color ?? .white
        #expect(run.style.color.contrast(with: ground) >= 4.5, "\(run.text)")
      default: break
      }
    }
  }

  @Test("a second drawing is the same, and so are its files", arguments: NamedFigure.all)
  func deterministic(named: NamedFigure) throws {
    let style = FigureStyle(typeface: typeface, leakingProtocol: "files")
    try withTemporaryFolder { folder in
      try named.figure.write(to: folder + "/a/b", name: "figure", style: style)
      try named.figure.write(to: folder, name: "figure", style: style)
      for kind in ["pdf", "svg", "csv"] {
        let bytes = try readFile("\(folder)/figure.\(kind)")
        #expect(bytes == (try readFile("\(folder)/a/b/figure.\(kind)")))
        #expect(!bytes.isEmpty)
      }
      let table = try CSVTable(contentsOf: folder + "/figure.csv")
      #expect(table == named.figure.csv)
    }
  }

  @Test(
    "every figure tells its n", arguments: NamedFigure.all.filter { !$0.name.hasSuffix("none") })
  func tellsN(named: NamedFigure) throws {
    let text = try named.figure.drawing(style: FigureStyle(typeface: typeface))
      .texts.map(\.text).joined(separator: " ")
    #expect(text.contains("n = ") || text.contains("one of ") || text.contains("n in "))
  }

  /// With `ECGLENS_GALLERY` set to a folder, the figures are written there to be looked at.
  @Test("the gallery can be written")
  func gallery() throws {
    guard let folder = ProcessInfo.processInfo.environment["ECGLENS_GALLERY"] else { return }
    for named in NamedFigure.all {
      for width in [FigureWidth.singleColumn, FigureWidth.doubleColumn] {
        try named.figure.write(
          to: folder, name: "\(named.name)-\(Int(width))",
          style: FigureStyle(
            typeface: typeface, widthMillimetres: width,
            leakingProtocol: named.name.contains("-") ? nil : "paper"))
      }
    }
  }
}
