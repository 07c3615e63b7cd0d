// Copies are found however they were made, and different ECGs are never taken for one.

import ECGParallel
import ECGRaster
import ECGRecordings
import Foundation
import Testing

@testable import ECGSimilarity

struct PageFingerprintTests {
  @Test(arguments: Alteration.allCases)
  func alteredCopiesAreFound(_ alteration: Alteration) throws {
    let pages = DrawnPages()
    let originals = try (0..<4).map { index in
      try #require(PageFingerprint(pages.page(index), path: "page"))
    }
    for index in 0..<2 {
      let copy = try #require(
        PageFingerprint(alteration.apply(to: pages.page(index)), path: "copy"))
      for (other, original) in originals.enumerated() {
        let found = try #require(copy.traceSimilarity(to: original))
        if other == index { #expect(found > 0.9) } else { #expect(found < 0.5) }
      }
    }
  }

  @Test func readingAndSignalAgree() throws {
    let pages = DrawnPages()
    for index in 4..<7 {
      let read = try #require(PageFingerprint(pages.page(index), path: "page"))
      let signal = try #require(PageFingerprint(pages.recording(index)))
      #expect(try #require(read.traceSimilarity(to: signal)) > 0.95)
    }
  }

  /// 79,800 pairs of ECGs that have nothing in common but how they are made.
  @Test func differentECGsAreNeverOne() {
    let pages = DrawnPages()
    let pool = WorkerPool(threads: 2)
    let found = pool.map(400) { PageFingerprint(pages.recording($0)) }
    #expect(found.count { $0 != nil } == 400)
    let closest = comparedPages(found, atLeast: -1, pool: pool).pairs
    #expect(closest.count == 400 * 399 / 2)
    #expect(closest[0].similarity < PageFingerprint.copy - 0.05)
  }

  @Test func gainAndZeroLineDoNotCount() throws {
    let recording = DrawnPages().recording(9)
    let fingerprint = try #require(PageFingerprint(recording))
    #expect(abs(try #require(fingerprint.traceSimilarity(to: fingerprint)) - 1) < 1e-5)
    let shifted = Recording(
      leads: recording.leads.mapValues { $0.map { $0 + 0.3 } }, rhythm: recording.rhythm,
      count: recording.count)
    let other = try #require(PageFingerprint(shifted))
    #expect(try #require(fingerprint.traceSimilarity(to: other)) > 0.999)
  }

  @Test func missingLeadsAreLeftOut() throws {
    let recording = DrawnPages().recording(9)
    let whole = try #require(PageFingerprint(recording))
    let part = Recording(
      leads: recording.leads.filter { $0.key.rawValue.hasPrefix("V") }, rhythm: recording.rhythm,
      count: recording.count)
    let chest = try #require(PageFingerprint(part))
    #expect(whole.traceSimilarity(to: chest) ?? 0 > 0.999)
    // The strip alone is four quarters, too few to tell.
    let strip = Recording(leads: [:], rhythm: recording.rhythm, count: recording.count)
    #expect(PageFingerprint(strip) == nil)
    let level = Recording(
      leads: recording.leads.mapValues { $0.map { _ in 0 } }, count: recording.count)
    #expect(PageFingerprint(level) == nil)
  }

  @Test func bytesRoundTrip() throws {
    let fingerprint = try #require(PageFingerprint(DrawnPages().recording(3)))
    #expect(PageFingerprint(data: fingerprint.data) == fingerprint)
    #expect(PageFingerprint(data: fingerprint.data.dropLast()) == nil)
    #expect(PageFingerprint(data: Data()) == nil)
    var damaged = fingerprint.data
    damaged[0] = 7
    #expect(PageFingerprint(data: damaged) == nil)
    let page = try #require(PageFingerprint(strangePage(1), path: "page"))
    #expect(page.traces == nil && !page.isWhole && page.picture != nil)
    #expect(PageFingerprint(data: page.data) == page)
    #expect(PageFingerprint(data: page.data.dropLast()) == nil)
    let both = try #require(PageFingerprint(DrawnPages().page(3), path: "page"))
    #expect(both.traces != nil && both.isWhole && both.picture != nil)
    #expect(PageFingerprint(data: both.data) == both)
  }

  @Test func aPageWithoutInkShowsNothing() {
    let white = Image(width: 600, height: 400, filledWith: (255, 255, 255))
    let black = Image(width: 600, height: 400, filledWith: (0, 0, 0))
    #expect(PageFingerprint(white, path: "") == nil && PageFingerprint(black, path: "") == nil)
  }
}

extension PageFingerprint {
  /// The similarity of the traces; `nil` where one has none.
  func traceSimilarity(to other: PageFingerprint) -> Double? {
    traces.flatMap { a in other.traces.flatMap { a.similarity(to: $0) } }
  }
}
