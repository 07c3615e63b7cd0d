// Pages with the known device's header, drawn plainly: rules, "ID :", and a number of seven strokes.

import ECGRandom
import ECGRaster

/// A page of the device's size and header.
///
/// - Parameters:
///   - number: Digits that are drawn as a pocket calculator does; none for a blank field.
///   - content: Noise below the header, so that pages differ.
func devicePage(number: String, content: UInt64 = 0) -> Image {
  var page = Image(width: 2213, height: 1572, filledWith: (255, 255, 255))
  page.fill(68, 136, 2087, 3)
  page.fill(68, 143, 2087, 3)
  page.fill(68, 78, 4, 18)
  page.fill(78, 78, 4, 18)
  page.fill(108, 84, 3, 3)
  page.fill(108, 92, 3, 3)
  for (place, digit) in number.enumerated() {
    let x = 130 + place * 14
    // Top, middle and foot; upper and lower strokes, left and right.
    let strokes: [Character: [Int]] = [
      "0": [0, 2, 3, 4, 5, 6], "1": [5, 6], "2": [0, 1, 2, 5, 4], "3": [0, 1, 2, 5, 6],
      "4": [3, 1, 5, 6], "5": [0, 1, 2, 3, 6], "6": [0, 1, 2, 3, 4, 6], "7": [0, 5, 6],
      "8": [0, 1, 2, 3, 4, 5, 6], "9": [0, 1, 2, 3, 5, 6],
    ]
    for stroke in strokes[digit] ?? [] {
      switch stroke {
      case 0...2: page.fill(x, [74, 84, 95][stroke], 11, 4)
      case 3, 4: page.fill(x, stroke == 3 ? 74 : 84, 4, 14)
      default: page.fill(x + 7, stroke == 5 ? 74 : 84, 4, 14)
      }
    }
  }
  var random = Philox(seed: content, for: .trial, 12)
  for _ in 0..<60 {
    page.fill(200 + random.index(below: 1500), 400 + random.index(below: 900), 20, 3)
  }
  return page
}

extension Image {
  fileprivate mutating func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    for row in y..<y + height {
      for at in (row * self.width + x) * 3..<(row * self.width + x + width) * 3 { pixels[at] = 0 }
    }
  }
}
