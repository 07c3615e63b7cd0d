// Copies are found however they were made, and different ECGs are never taken for one.

import ECGParallel
import ECGRaster
import ECGRecordings
import Foundation
import Testing

@testable import ECGSimilarity

struct PageLikenessTests {
  @Test(arguments: Alteration.allCases)
  func alteredCopiesAreFound(_ alteration: Alteration) throws {
    let pages = DrawnPages()
    let originals = try (0..<4).map { index in
      try #require(PageLikeness(pages.page(index), path: "page"))
    }
    for index in 0..<2 {
      let copy = try #require(
        PageLikeness(alteration.apply(to: pages.page(index)), path: "copy"))
      for (other, original) in originals.enumerated() {
        let found = try #require(copy.traceSimilarity(to: original))
        if other == index { #expect(found > 0.9) } else { #expect(found < 0.5) }
      }
    }
  }

  @Test func readingAndSignalAgree() throws {
    let pages = DrawnPages()
    for index in 4..<7 {
      let read = try #require(PageLikeness(pages.page(index), path: "page"))
      let signal = try #require(PageLikeness(pages.recording(index)))
      #expect(try #require(read.traceSimilarity(to: signal)) > 0.95)
    }
  }

  /// 79,800 pairs of ECGs that have nothing in common but how they are made.
  @Test func differentECGsAreNeverOne() {
    let pages = DrawnPages()
    let pool = WorkerPool(threads: 2)
    let found = pool.map(400) { PageLikeness(pages.recording($0)) }
    #expect(found.count { $0 != nil } == 400)
    let closest = comparedPages(found, atLeast: -1, pool: pool).pairs
    #expect(closest.count == 400 * 399 / 2)
    #expect(closest[0].similarity < PageLikeness.copy - 0.05)
  }

  @Test func gainAndZeroLineDoNotCount() throws {
    let recording = DrawnPages().recording(9)
    let likeness = try #require(PageLikeness(recording))
    #expect(abs(try #require(likeness.traceSimilarity(to: likeness)) - 1) < 1e-5)
    let shifted = Recording(
      leads: recording.leads.mapValues { $0.map { $0 + 0.3 } }, rhythm: recording.rhythm,
      count: recording.count)
    let other = try #require(PageLikeness(shifted))
    #expect(try #require(likeness.traceSimilarity(to: other)) > 0.999)
  }

  @Test func missingLeadsAreLeftOut() throws {
    let recording = DrawnPages().recording(9)
    let whole = try #require(PageLikeness(recording))
    let part = Recording(
      leads: recording.leads.filter { $0.key.rawValue.hasPrefix("V") }, rhythm: recording.rhythm,
      count: recording.count)
    let chest = try #require(PageLikeness(part))
    #expect(whole.traceSimilarity(to: chest) ?? 0 > 0.999)
    // The strip alone is four quarters, too few to tell.
    let strip = Recording(leads: [:], rhythm: recording.rhythm, count: recording.count)
    #expect(PageLikeness(strip) == nil)
    let level = Recording(
      leads: recording.leads.mapValues { $0.map { _ in 0 } }, count: recording.count)
    #expect(PageLikeness(level) == nil)
  }

  @Test func bytesGiveTheSameLikeness() throws {
    let likeness = try #require(PageLikeness(DrawnPages().recording(3)))
    #expect(PageLikeness(data: likeness.data) == likeness)
    #expect(PageLikeness(data: likeness.data.dropLast()) == nil)
    #expect(PageLikeness(data: Data()) == nil)
    var damaged = likeness.data
    damaged[0] = 7
    #expect(PageLikeness(data: damaged) == nil)
    let page = try #require(PageLikeness(strangePage(1), path: "page"))
    #expect(page.traces == nil && !page.isWhole && page.picture != nil)
    #expect(PageLikeness(data: page.data) == page)
    #expect(PageLikeness(data: page.data.dropLast()) == nil)
    let both = try #require(PageLikeness(DrawnPages().page(3), path: "page"))
    #expect(both.traces != nil && both.isWhole && both.picture != nil)
    #expect(PageLikeness(data: both.data) == both)
  }

  @Test func aPageWithoutInkShowsNothing() {
    let white = Image(width: 600, height: 400, filledWith: (255, 255, 255))
    let black = Image(width: 600, height: 400, filledWith: (0, 0, 0))
    #expect(PageLikeness(white, path: "") == nil && PageLikeness(black, path: "") == nil)
  }
}

extension PageLikeness {
  /// The similarity of the traces; `nil` where one has none.
  func traceSimilarity(to other: PageLikeness) -> Double? {
    traces.flatMap { a in other.traces.flatMap { a.similarity(to: $0) } }
  }
}
