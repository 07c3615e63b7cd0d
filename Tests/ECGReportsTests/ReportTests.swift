// The report's pages: whole, readable, the same bytes, and loud about leaks.

import ECGFigures
import ECGFiles
import ECGPlotting
import ECGReports
import ECGTerms
import Foundation
import TestSupport
import Testing

@Suite("Report")
struct ReportTests {
  private func texts(_ content: ReportContent) throws -> [String] {
    try Report(content).pages().flatMap { $0.texts.map(\.text) }
  }

  @Test("the full report has at least six pages, none with overlapping text")
  func full() throws {
    for statement in [SampleReport.grouped, SampleReport.paper] {
      let pages = try Report(SampleReport.full(statement)).pages()
      #expect(pages.count >= 6)
      for page in pages { #expect(page.textFaults.isEmpty) }
    }
  }

  @Test("every page has its number and says what it is not for")
  func foot() throws {
    let pages = try Report(SampleReport.full()).pages()
    for (index, page) in pages.enumerated() {
      let texts = page.texts.map(\.text)
      #expect(texts.contains("\(index + 1) / \(pages.count)"))
      #expect(texts.contains("ECGLens \u{00B7} research use only, not for diagnosis"))
    }
  }

  @Test("a leaking protocol marks every page and every figure; an honest one none")
  func leak() throws {
    let leaking = try Report(SampleReport.full(SampleReport.paper)).pages()
    for page in leaking {
      #expect(page.texts.contains { $0.isWatermark && $0.text == "LEAKING PROTOCOL" })
    }
    let lines = leaking.flatMap(\.texts).filter { $0.text.hasPrefix("LEAKING PROTOCOL: paper") }
    #expect(lines.count == SampleReport.full().figures.count)
    for page in try Report(SampleReport.full()).pages() {
      #expect(!page.texts.contains { $0.text.contains("LEAKING") })
    }
  }

  @Test("the first page has the figure, its n and interval, and the box")
  func firstPage() throws {
    let page = try Report(SampleReport.full()).pages()[0].texts.map(\.text)
    #expect(page.contains("0.878"))
    #expect(page.contains("95 % interval 0.798 to 0.929 (Wilson)"))
    #expect(page.contains("n = 98 test ECGs, last epoch"))
    #expect(page.contains { $0.contains("keeps copies of one ECG on one side") })
    #expect(page.contains("744"))
  }

  @Test("what there is no value for is left out")
  func bare() throws {
    let pages = try Report(SampleReport.bare()).pages()
    #expect(pages.count == 1)
    let texts = pages[0].texts.map(\.text)
    for heading in ["Data", "Training", "Heat maps", "Credits", "Settings", "Environment"] {
      #expect(!texts.contains(heading))
    }
    #expect(!texts.contains { $0.contains("CC BY") })
  }

  @Test("the images' credit stands only where it was asked for")
  func credit() throws {
    #expect(try texts(SampleReport.full()).joined(separator: " ").contains("10.17632/gwbz3fsgp8.2"))
    let content = SampleReport.full(credit: nil)
    #expect(!(try texts(content).joined(separator: " ").contains("CC BY 4.0")))
  }

  @Test("the best epoch is called optimistic, the last epochs' spread is given")
  func epochs() throws {
    let text = try texts(SampleReport.full()).joined(separator: " ")
    #expect(text.contains("Optimistic figure: the best epoch on the test set is"))
    #expect(text.contains("Over the last 8 epochs"))
  }

  @Test("figures and tables are numbered without gaps")
  func numbering() throws {
    let all = try texts(SampleReport.full())
    let figures = all.filter { $0.hasPrefix("Figure ") }.map { $0.dropFirst(7) }
    let tables = all.filter { $0.hasPrefix("Table ") && $0 != "Table IV" }.map { $0.dropFirst(6) }
    #expect(figures == (1...figures.count).map { Substring("\($0)") })
    #expect(tables == ["1", "2"])
  }

  @Test("long and many values break over lines and pages")
  func long() throws {
    let content = SampleReport.full(
      SampleReport.paper, title: String(repeating: "A title that goes on ", count: 12),
      command: String(repeating: "--flag value ", count: 90),
      moreFacts: (0..<90).map { i in
        Fact("Fact \(i)", String(repeating: "deadbeef", count: 3 + 11 * (i % 3)))
      },
      moreLimits: Array(repeating: String(repeating: "Words in a limit. ", count: 30), count: 9))
    let pages = try Report(content).pages()
    #expect(pages.count > 8)
    for page in pages { #expect(page.textFaults.isEmpty) }
  }

  @Test("equal contents give equal bytes, written whole with all figures")
  func files() throws {
    let content = SampleReport.full()
    try withTemporaryFolder { folder in
      try writeReport(content, to: folder + "/report.pdf")
      let bytes = try readFile(folder + "/report.pdf")
      #expect(bytes == (try Report(content).data()))
      try Report(content).writeFigures(to: folder + "/figures")
      for (name, _) in content.figures {
        for kind in ["pdf", "svg", "csv"] {
          #expect(try !readFile("\(folder)/figures/\(name).\(kind)").isEmpty)
        }
      }
      #expect(throws: FileError.self) { try writeReport(content, to: folder + "/no/report.pdf") }
    }
  }

  @Test("a scan of 2,213 x 1,572 pixels keeps the report small")
  func size() throws {
    #expect(try Report(SampleReport.full()).data().count < 4_000_000)
  }

  /// The reports stay in `.build/gallery`, to be looked at.
  @Test(
    "a written sample report has its title, its leak and all its pages",
    arguments: [
      ("report", SampleReport.full()), ("report-leaking", SampleReport.full(SampleReport.paper)),
      ("report-bare", SampleReport.bare()),
    ])
  func gallery(name: String, content: ReportContent) throws {
    let folder = repositoryPath(".build/gallery")
    try createFolder(folder)
    try writeReport(content, to: "\(folder)/\(name).pdf")
    let bytes = try readFile("\(folder)/\(name).pdf")
    #expect(bytes.starts(with: Data("%PDF-1".utf8)))
    let pages = try Report(content).pages()
    let words = pages.flatMap(\.texts).map(\.text).joined(separator: " ")
    for part in content.title.split(separator: " ") { #expect(words.contains(part)) }
    let leaks = content.splitProtocol.leaks
    #expect(words.contains("LEAKING PROTOCOL") == leaks)
    #expect(leaks == (name == "report-leaking"))
    #expect(pages.count >= (name == "report-bare" ? 1 : 4))
    for page in pages { #expect(page.textFaults.isEmpty) }
  }
}
