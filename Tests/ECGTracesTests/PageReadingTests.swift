// Whole pages: what is read against what was drawn.

import ECGLayouts
import ECGPages
import ECGRaster
import ECGSignals
import ECGTerms
import Foundation
import Testing

@testable import ECGTraces

/// A page and the signals on it.
struct PageSample {
  let ecg: SyntheticECG
  let layout: PageLayout
  let image: Image

  init(_ index: Int, design: PageDesign = .device, shortcut: PageShortcut = .none) throws {
    ecg = SyntheticECG(seed: 41, index: index, label: syntheticClass(of: index))
    layout = PageLayout.of(design)
    let drawn = PageDrawing(layout: layout).draw(ecg, shortcut: shortcut)
    image = try Image(decoding: drawn.jpegData(quality: 64), path: "page")
  }

  /// Signal to noise of a lead over the samples that were read, in decibels, each without its mean.
  ///
  /// - Source: the sums are those of the PhysioNet Challenge 2024, `compute_snr`.
  func decibels(_ reading: LeadReading) -> Double {
    guard let signal = reading.lead.flatMap({ ecg.signals[$0] }) else { return -.infinity }
    let start = Int(reading.startSeconds * 500)
    let pairs = reading.millivolts.enumerated().filter { $0.element.isFinite }
      .map { (truth: signal[start + $0.offset], read: $0.element) }
    let count = Double(pairs.count)
    let mean = pairs.reduce(0) { $0 + $1.truth } / count
    let shift = pairs.reduce(0) { $0 + $1.read - $1.truth } / count
    let power = pairs.reduce(0) { $0 + ($1.truth - mean) * ($1.truth - mean) }
    let noise = pairs.reduce(0) {
      $0 + ($1.read - shift - $1.truth) * ($1.read - shift - $1.truth)
    }
    return 10 * log10(power / noise)
  }
}

extension PageReading {
  var all: [LeadReading] { leads + (strip.map { [$0] } ?? []) }
}

extension Image {
  func turned(degrees: Double) -> Image {
    let change = Augmentation(
      rotationDegrees: degrees, scale: 1, shiftX: 0, shiftY: 0, brightness: 1, contrast: 1)
    var turned = self
    pixels.withUnsafeBufferPointer { from in
      turned.pixels.withUnsafeMutableBufferPointer { to in
        guard let source = from.baseAddress, let target = to.baseAddress else { return }
        change.apply(to: source, width: width, height: height, into: target)
      }
    }
    return turned
  }

  func scaled(_ factor: Double) -> Image {
    resized(
      width: Int((Double(width) * factor).rounded()),
      height: Int((Double(height) * factor).rounded()),
      method: factor < 1 ? .area : .pillowBicubic)
  }
}

struct PageReadingTests {
  @Test(arguments: [0, 1, 2, 3])
  func aDevicePageIsReadToTheTraceItself(index: Int) throws {
    let page = try PageSample(index)
    let reading = try readPage(page.image, path: "page")
    #expect(reading.layout.name == "device")
    #expect(abs(reading.placement.rotationDegrees) < 0.01)
    #expect(abs(reading.pixelsPerMillivolt - 79) < 0.1)
    #expect(reading.problems.isEmpty)
    let levels = reading.all.map { page.decibels($0) }.sorted()
    #expect(levels[levels.count / 2] > 23)
    #expect(levels[0] > 14)
    for lead in reading.all {
      // Only what the separators hide is missing: up to a column and a half of 197 a second.
      #expect(lead.millivolts.filter(\.isNaN).count <= 4)
      #expect(lead.quality > 0.8)
      let same = zip(lead.millivolts, lead.confidence).allSatisfy { $0.isNaN == ($1 == 0) }
      #expect(same)
    }
  }

  @Test func zeroIsTheFootOfThePulse() throws {
    let page = try PageSample(3)
    let reading = try readPage(page.image, path: "page")
    for lead in reading.leads {
      let signal = try #require(lead.lead.flatMap { page.ecg.signals[$0] })
      let start = Int(lead.startSeconds * 500)
      let offs = lead.millivolts.enumerated().filter { $0.element.isFinite }
        .map { $0.element - signal[start + $0.offset] }.sorted()
      #expect(abs(offs[offs.count / 2]) < 0.012)
    }
  }

  /// The shortcut gives each class a strip of its own.
  @Test(arguments: [(0, Lead.II), (1, .III), (2, .V1), (3, .V5)])
  func stripLeadBySimilarity(index: Int, lead: Lead) throws {
    let page = try PageSample(index, shortcut: .stripLead)
    let reading = try readPage(page.image, path: "page")
    #expect(reading.strip?.lead == lead)
    #expect(reading.recording.rhythm?.lead == lead)
    #expect(reading.recording.count == 5000)
  }

  @Test func eachLeadStandsAtItsOwnTime() throws {
    let page = try PageSample(5)
    let recording = try readPage(page.image, path: "page").recording
    for (lead, start) in [(Lead.I, 0), (.aVF, 1250), (.V2, 2500), (.V6, 3750)] {
      let samples = try #require(recording.leads[lead])
      let seen = samples.indices.filter { samples[$0].isFinite }
      #expect((start..<start + 10).contains(try #require(seen.first)))
      #expect((start + 1240..<start + 1250).contains(try #require(seen.last)))
    }
  }

  @Test(arguments: [(2.0, 0.5, 30), (-3, 1, 64), (1, 0.71, 64), (0, 2, 64), (0, 1.37, 50)])
  func aPageTurnedAndScaledIsRead(degrees: Double, factor: Double, quality: Int) throws {
    let page = try PageSample(6)
    let turned = degrees == 0 ? page.image : page.image.turned(degrees: degrees)
    let image = try Image(
      decoding: turned.scaled(factor).jpegData(quality: quality), path: "page")
    let reading = try readPage(image, path: "page")
    #expect(abs(reading.placement.rotationDegrees + degrees) < 0.03)
    #expect(abs(reading.placement.scaleAcross / factor - 1) < 0.001)
    #expect(reading.strip?.lead == .II)
    let levels = reading.all.map { page.decibels($0) }.sorted()
    #expect(levels[levels.count / 2] > (factor < 0.7 ? 17 : 22))
    #expect(levels[1] > 10)
  }

  @Test(arguments: [1, 4])
  func aPageOfTwoColumnsIsRead(index: Int) throws {
    let page = try PageSample(index, design: .sixByTwo)
    let reading = try readPage(page.image, path: "page")
    #expect(reading.layout.name == "6x2")
    #expect(reading.strip == nil)
    #expect(reading.problems.isEmpty)
    let levels = reading.all.map { page.decibels($0) }.sorted()
    #expect(levels[levels.count / 2] > 23)
    #expect(levels[0] > 12)
  }

  @Test func theSameBitsEachTime() throws {
    let page = try PageSample(2)
    let first = try readPage(page.image, path: "page").leads
    let second = try readPage(page.image, path: "page").leads
    let same = zip(first, second).allSatisfy { one, other in
      zip(one.millivolts, other.millivolts).allSatisfy { $0.bitPattern == $1.bitPattern }
    }
    #expect(same)
  }
}
