// Sections: none without values, new pages, names of figures.

import ECGFigures
import ECGReports
import ECGTerms
import Testing

@Suite("Report sections")
struct ReportSectionTests {
  @Test("a section without values is none")
  func empty() {
    #expect(ReportSection.run([]) == nil)
    #expect(ReportSection.data(samples: [], region: nil) == nil)
    #expect(ReportSection.results(TestResult(nil, classes: .archive)) == nil)
    #expect(ReportSection.weights(beats: nil, measures: nil) == nil)
    #expect(ReportSection.heatMaps([]) == nil)
    #expect(ReportSection.branches(AblationFigure(variants: [], majority: nil)) == nil)
    #expect(ReportSection.claims(limits: []) == nil)
    #expect(ReportSection.settings([FactGroup("Recipe", [])]) == nil)
    #expect(ReportSection.credits(nil) == nil)
  }

  @Test("the first section that is there begins a page")
  func newPage() {
    let sections = [ReportSection?].onNewPage([
      .branches(nil), .claims(limits: ["One seed."]), .run([Fact("Network", "hybrid")]),
    ]).compactMap(\.self)
    #expect(sections.map(\.title) == ["Claims and limits", "Run"])
    #expect(sections.map(\.opensPage) == [true, false])
    let none = [ReportSection?].onNewPage([nil])
    #expect(none.isEmpty)
  }

  @Test("figures have the names of their files, in the order of the pages")
  func names() {
    #expect(
      SampleReport.full().figures.map(\.name) == [
        "recall", "samples", "region", "curves", "confusion", "classes", "heat-1", "heat-2",
        "branches", "folds",
      ])
  }
}
