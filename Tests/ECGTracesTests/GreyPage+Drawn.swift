// Gray pages drawn from a rule, for tests.

@testable import ECGTraces

extension GreyPage {
  /// A white page with black ink wherever `inked` says, each pixel gray by the covered part.
  static func drawn(
    width: Int, height: Int, inked: (_ x: Double, _ y: Double) -> Bool
  ) -> GreyPage {
    let parts = 8
    var luma = [UInt8](repeating: 255, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        var count = 0
        for v in 0..<parts {
          for u in 0..<parts {
            let (px, py) = (Double(2 * u + 1), Double(2 * v + 1))
            let side = Double(2 * parts)
            if inked(Double(x) + px / side, Double(y) + py / side) { count += 1 }
          }
        }
        luma[y * width + x] = UInt8(255 - 255 * count / (parts * parts))
      }
    }
    return GreyPage(width: width, height: height, luma: luma)
  }
}
