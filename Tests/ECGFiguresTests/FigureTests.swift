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
    let wide = try Typeface(among: [(.dejaVuSans, "DejaVu Sans")])
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

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// The figures stay in `.build/gallery/figures`, to be looked at.
  @Test(
    "each file of the gallery holds the figure's title and every word", arguments: NamedFigure.all)
  func gallery(named: NamedFigure) throws {
    let folder = repositoryPath(".build/gallery/figures")
    for width in [FigureWidth.singleColumn, FigureWidth.doubleColumn] {
      let style = FigureStyle(
        typeface: typeface, widthMillimetres: width,
        leakingProtocol: named.name.contains("-") ? nil : "paper")
      let name = "\(named.name)-\(Int(width))"
      try named.figure.write(to: folder, name: name, style: style)
      let svg = try String(contentsOfFile: "\(folder)/\(name).svg", encoding: .utf8)
      let sheet = try named.figure.drawing(style: style)
      #expect(svg.contains("<title>\(escaped(named.figure.title))</title>"))
      for run in sheet.texts { #expect(svg.contains(">\(escaped(run.text))</text>")) }
      let marks = ["<path ", "<text ", "<image "].map { svg.components(separatedBy: $0).count - 1 }
      #expect(marks.reduce(0, +) == sheet.elements.count)
      #expect(try readFile("\(folder)/\(name).pdf").starts(with: Data("%PDF-1".utf8)))
      #expect(try CSVTable(contentsOf: "\(folder)/\(name).csv") == named.figure.csv)
    }
  }
}
