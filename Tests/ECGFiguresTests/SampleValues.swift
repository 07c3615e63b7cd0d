// Invented values for figures: usual ones and extreme ones.

import ECGFigures
import ECGLayouts
import ECGMetrics
import ECGPages
import ECGRaster
import ECGTerms
import Foundation

enum SampleValues {
  static let names = ClassList.archive.map(\.name)
  static let shortNames = ClassList.archive.map(\.shortName)
  static let counts = [[25, 1, 2, 0], [2, 44, 1, 0], [4, 0, 12, 1], [0, 0, 1, 5]]
  static let manyCounts = [
    [1204, 3120, 9999, 10], [0, 9876, 5432, 1111], [4321, 0, 1234, 5678], [9999, 9999, 9999, 9999],
  ]
  static let noCounts = Array(repeating: [0, 0, 0, 0], count: 4)
  static let longNames = [
    "A class with a name that is far too long for any table or axis", "B", "", "Ünïcödé & <tags>",
  ]

  /// Labels, predictions and probabilities that give a matrix of counts.
  static func metrics(_ counts: [[Int]]) -> ClassificationMetrics {
    var truth: [Int] = []
    var probabilities: [[Double]] = []
    for t in counts.indices {
      for p in counts[t].indices {
        for sample in 0..<min(counts[t][p], 60) {
          truth.append(t)
          var row = [0.05, 0.05, 0.05, 0.05]
          row[p] = 0.6 + Double(sample % 7) * 0.03
          row[t] += 0.01
          let sum = row.reduce(0, +)
          probabilities.append(row.map { $0 / sum })
        }
      }
    }
    return ClassificationMetrics(
      true: truth, probabilities: probabilities, keys: ClassList.archive.map(\.key))
  }

  static func epochs(_ count: Int) -> [EpochPoint] {
    (0..<count).map { i in
      let t = Double(i)
      let swing = 0.06 * sin(t * 2.3)
      return EpochPoint(
        epoch: i + 1, trainLoss: 1.35 * exp(-t / 6) + 0.08,
        trainAccuracy: 0.97 - 0.6 * exp(-t / 4), innerLoss: 1.3 * exp(-t / 7) + 0.3 + swing,
        innerAccuracy: 0.88 - 0.5 * exp(-t / 5) - swing,
        testLoss: 1.32 * exp(-t / 7) + 0.34 - swing,
        testAccuracy: 0.87 - 0.5 * exp(-t / 5) + swing)
    }
  }

  /// A page drawn with a few sines.
  static func page(_ index: Int = 0, width: Int = 600, height: Int = 426) -> Image {
    var image = Image(width: width, height: height, filledWith: (255, 252, 252))
    for row in 0..<4 {
      let middle = Double(height) * (0.28 + 0.19 * Double(row))
      for x in width / 16..<width * 15 / 16 {
        let y = Int(middle + 12 * sin(Double(x + index * 7) / 9) * cos(Double(x) / 31))
        for thick in 0..<2 {
          let at = ((y + thick) * width + x) * 3
          for channel in 0..<3 { image.pixels[at + channel] = 20 }
        }
      }
    }
    return image
  }

  static func crop(of page: Image) -> PixelRectangle {
    let top = Int((0.20 * Double(page.height)).rounded())
    let foot = page.height - Int((0.07 * Double(page.height)).rounded())
    return PixelRectangle(x: 0, y: top, width: page.width, height: foot - top)
  }

  static func heat(_ side: Int, signed: Bool = false) -> HeatMap {
    HeatMap(
      width: side, height: side,
      values: (0..<side * side).map { i in
        let (r, c) = (Double(i / side) / Double(side), Double(i % side) / Double(side))
        let bump = exp(-30 * ((r - 0.3) * (r - 0.3) + (c - 0.62) * (c - 0.62)))
        let dip = signed ? 0.7 * exp(-25 * ((r - 0.7) * (r - 0.7) + (c - 0.2) * (c - 0.2))) : 0
        return Float(0.42 * bump - dip)
      })
  }

  static let shares: [HeatMapFigure.Share] =
    zip(
      Lead.allCases.map(\.rawValue) + ["rhythm", "outside"],
      [0.03, 0.02, 0.01, 0.02, 0.05, 0.04, 0.28, 0.19, 0.09, 0.08, 0.06, 0.03, 0.07, 0.03]
    ).map { HeatMapFigure.Share(name: $0, share: $1) }

  static func heatCase(_ index: Int, side: Int = 8, signed: Bool = false) -> HeatMapFigure.Case {
    let page = page(index)
    return HeatMapFigure.Case(
      caption: "History of MI read as Normal, p(Normal) = 0.97", path: "hmi/PMI(20).jpg",
      page: page, crop: crop(of: page), map: heat(side, signed: signed),
      areas: LeadAreas(
        PageLayout.device.scaled(to: PageSize(width: page.width, height: page.height))),
      shares: shares)
  }
}
