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
        let found = try #require(copy.similarity(to: original))
        if other == index { #expect(found > 0.9) } else { #expect(found < 0.5) }
      }
    }
  }

  @Test func readingAndSignalAgree() throws {
    let pages = DrawnPages()
    for index in 4..<7 {
      let read = try #require(PageLikeness(pages.page(index), path: "page"))
      let signal = try #require(PageLikeness(pages.recording(index)))
      #expect(try #require(read.similarity(to: signal)) > 0.95)
    }
  }

  /// 79,800 pairs of ECGs that have nothing in common but how they are made.
  @Test func differentECGsAreNeverOne() {
    let pages = DrawnPages()
    let pool = WorkerPool(threads: 2)
    let found = pool.map(400) { PageLikeness(pages.recording($0)) }
    #expect(found.count { $0 != nil } == 400)
    let closest = nearPairs(among: found, atLeast: -1, pool: pool)
    #expect(closest.count == 400 * 399 / 2)
    #expect(closest[0].similarity < PageLikeness.copy - 0.05)
  }

  @Test func gainAndZeroLineDoNotCount() throws {
    let recording = DrawnPages().recording(9)
    let likeness = try #require(PageLikeness(recording))
    #expect(abs(try #require(likeness.similarity(to: likeness)) - 1) < 1e-5)
    let shifted = Recording(
      leads: recording.leads.mapValues { $0.map { $0 + 0.3 } }, rhythm: recording.rhythm,
      count: recording.count)
    let other = try #require(PageLikeness(shifted))
    #expect(try #require(likeness.similarity(to: other)) > 0.999)
  }

  @Test func missingLeadsAreLeftOut() throws {
    let recording = DrawnPages().recording(9)
    let whole = try #require(PageLikeness(recording))
    let part = Recording(
      leads: recording.leads.filter { $0.key.rawValue.hasPrefix("V") }, rhythm: recording.rhythm,
      count: recording.count)
    let chest = try #require(PageLikeness(part))
    #expect(whole.similarity(to: chest) ?? 0 > 0.999)
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
    let ink = try #require(InkLikeness(strangePage(1)))
    #expect(PageLikeness(data: PageLikeness.ink(ink).data) == .ink(ink))
  }

  @Test func pagesOfNoKnownLayoutAreComparedByTheirInk() throws {
    let originals = try (0..<3).map { number in
      try #require(PageLikeness(strangePage(number), path: "page"))
    }
    let page = strangePage(1)
    for copy in [
      try page.encoded(quality: 30), page.scaled(0.5), page.scaled(1.5),
      page.exposed(gain: 0.8, shift: 10), page.noisy(sigma: 8),
    ] {
      let likeness = try #require(PageLikeness(copy, path: "copy"))
      guard case .ink = likeness else {
        Issue.record("read as traces")
        return
      }
      let similarities = originals.compactMap { likeness.similarity(to: $0) }
      #expect(similarities[1] > 0.9 && similarities[0] < 0.5 && similarities[2] < 0.5)
    }
    let traces = try #require(PageLikeness(DrawnPages().recording(0)))
    #expect(originals[0].similarity(to: traces) == nil)
    #expect(
      PageLikeness(Image(width: 600, height: 400, filledWith: (255, 255, 255)), path: "") == nil)
  }
}
