// Copies whose traces cannot be read are found by their ink, or counted as not compared.

import ECGParallel
import ECGRaster
import Foundation
import Testing

@testable import ECGSimilarity

/// The ways in which a copy is changed so that no traces are read of it.
enum Distortion: String, CaseIterable, Sendable {
  case square, tiny, narrow, papersCrop, withoutLeft, withoutRight, withoutTop, withoutFoot, turned
  case quarterTurn, headFirst, threeQuarterTurns, mirrored, stretched, papersSquare

  func apply(to page: Image) -> Image {
    switch self {
    case .square: page.resized(width: 227, height: 227)
    case .tiny: page.scaled(200 / Double(page.width))
    case .narrow: page.resized(width: page.width * 9 / 10, height: page.height)
    case .papersCrop: page.trimmed(0, 0.2, 0, 0.07)
    case .withoutLeft: page.trimmed(0.1, 0, 0, 0)
    case .withoutRight: page.trimmed(0, 0, 0.1, 0)
    case .withoutTop: page.trimmed(0, 0.1, 0, 0)
    case .withoutFoot: page.trimmed(0, 0, 0, 0.1)
    case .turned: page.turned(degrees: 5)
    case .quarterTurn:
      page.mapped(width: page.height, height: page.width) { ($1, page.height - 1 - $0) }
    case .headFirst:
      page.mapped(width: page.width, height: page.height) {
        (page.width - 1 - $0, page.height - 1 - $1)
      }
    case .threeQuarterTurns:
      page.mapped(width: page.height, height: page.width) { (page.width - 1 - $1, $0) }
    case .mirrored:
      page.mapped(width: page.width, height: page.height) { (page.width - 1 - $0, $1) }
    case .stretched: page.resized(width: page.width * 6 / 5, height: page.height)
    case .papersSquare: page.trimmed(0, 0.2, 0, 0.07).resized(width: 227, height: 227)
    }
  }
}

extension Image {
  /// A page whose columns are moved down, by where they are.
  fileprivate func sheared(_ shift: (Double) -> Double) -> Image {
    mapped(width: width, height: height) { x, y in
      (x, min(max(y - Int(shift(Double(x)).rounded()), 0), height - 1))
    }
  }

  /// A page whose pixels lie elsewhere.
  fileprivate func mapped(
    width: Int, height: Int, _ place: (_ x: Int, _ y: Int) -> (Int, Int)
  ) -> Image {
    var changed = Image(width: width, height: height, filledWith: (255, 255, 255))
    for y in 0..<height {
      for x in 0..<width {
        let (fromX, fromY) = place(x, y)
        for channel in 0..<3 {
          changed.pixels[(y * width + x) * 3 + channel] =
            pixels[(fromY * self.width + fromX) * 3 + channel]
        }
      }
    }
    return changed
  }
}

@Suite("Copies by ink")
struct InkCopiesTests {
  /// Twelve pages of half the usual size, drawn once.
  private static let pages: [Image] = {
    let drawn = DrawnPages()
    return WorkerPool(threads: 2).map(12) { drawn.page($0).scaled(0.5) }
  }()
  private static let fingerprints: [PageFingerprint?] = WorkerPool(threads: 2).map(12) {
    PageFingerprint(pages[$0], path: "page")
  }

  private static func compared(_ more: [PageFingerprint?], threads: Int = 2) -> ComparedPages {
    comparedPages(
      fingerprints + more, atLeast: PageFingerprint.copy, others: 5,
      pool: WorkerPool(threads: threads))
  }

  @Test("finds copies however they lie", arguments: Distortion.allCases)
  func findsCopies(_ distortion: Distortion) throws {
    #expect(Self.fingerprints.allSatisfy { $0?.isWhole == true })
    let copies = [2, 9].map { PageFingerprint(distortion.apply(to: Self.pages[$0]), path: "copy") }
    let found = Self.compared(copies)
    let pairs = found.pairs.filter { $0.similarity >= PageFingerprint.copy }
    #expect(Set(pairs.map { [$0.first, $0.second] }) == [[2, 12], [9, 13]])
    #expect(found.notCompared.isEmpty)
  }

  @Test("a sheared or curled copy is found or counted as not compared")
  func distorted() throws {
    func sheared(_ x: Double) -> Double { 0.02 * x }
    func curled(_ x: Double) -> Double { 9 * (1 - cos(x / 250)) }
    for shift in [sheared, curled] {
      let copies = [2, 9].map { number in
        PageFingerprint(Self.pages[number].sheared(shift), path: "copy")
      }
      let found = Self.compared(copies)
      for (copy, original) in [(12, 2), (13, 9)] {
        let isFound = found.pairs.contains {
          $0.similarity >= PageFingerprint.copy && $0.first == original && $0.second == copy
        }
        #expect(isFound || found.notCompared.contains(copy))
      }
    }
  }

  @Test("a page that is no copy is compared and is none")
  func noCopies() throws {
    let others = [40, 41].map {
      PageFingerprint(DrawnPages().page($0).resized(width: 227, height: 227), path: "other")
    }
    let found = Self.compared(others)
    #expect(found.pairs.allSatisfy { $0.similarity < PageFingerprint.copy })
    #expect(found.notCompared.isEmpty)
  }

  @Test("what lies on no page is counted as not compared, and so is a blank page")
  func notCompared() throws {
    let found = Self.compared([PageFingerprint(strangePage(1), path: "strange"), nil])
    #expect(found.pairs.allSatisfy { $0.similarity < PageFingerprint.copy })
    #expect(found.notCompared == [12, 13])
  }

  @Test("threads change nothing")
  func threads() {
    let copies = [3, 4].map {
      PageFingerprint(Distortion.turned.apply(to: Self.pages[$0]), path: "")
    }
    #expect(Self.compared(copies, threads: 1) == Self.compared(copies, threads: 3))
  }

  @Test("what pages print alike is taken away")
  func template() {
    let bare = (0..<12).map { number -> PageFingerprint? in
      PageFingerprint(DrawnPages().page(number).resized(width: 240, height: 170), path: "page")
    }
    #expect(bare.allSatisfy { $0?.traces == nil })
    let found = comparedPages(
      bare + [PageFingerprint(DrawnPages().page(5).resized(width: 250, height: 250), path: "copy")],
      atLeast: PageFingerprint.copy, others: 5, pool: WorkerPool(threads: 2))
    #expect(
      found.pairs.filter { $0.similarity >= PageFingerprint.copy }.map { [$0.first, $0.second] }
        == [[5, 12]])
    #expect(found.notCompared.isEmpty)
  }

  @Test("of few pages only what is clear is told")
  func fewPages() {
    let found = comparedPages(
      [
        Self.fingerprints[0], Self.fingerprints[1],
        PageFingerprint(Distortion.headFirst.apply(to: Self.pages[0]), path: "copy"),
        PageFingerprint(strangePage(3), path: "strange"),
      ], atLeast: PageFingerprint.copy, pool: WorkerPool(threads: 2))
    #expect(found.pairs.map { [$0.first, $0.second] } == [[0, 2]])
    #expect(found.notCompared.contains(3))
  }
}
