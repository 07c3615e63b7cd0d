// A page as brightness alone.

import ECGRaster

/// The luma of a page, 0 (black) to 255, rows from the top.
struct GreyPage: Equatable, Sendable {
  let width: Int
  let height: Int
  let luma: [UInt8]

  init(width: Int, height: Int, luma: [UInt8]) {
    precondition(luma.count == width * height, "\(luma.count) pixels of \(width) x \(height)")
    self.width = width
    self.height = height
    self.luma = luma
  }

  /// The luma of an image as JPEG defines it (ITU-R BT.601).
  init(_ image: Image) {
    let count = image.width * image.height
    let luma = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      image.pixels.withUnsafeBufferPointer { pixels in
        guard var from = pixels.baseAddress else { return }
        for place in 0..<count {
          let sum = Luma.in256ths(from[0], from[1], from[2])
          buffer[place] = UInt8(truncatingIfNeeded: (sum &+ 128) &>> 8)
          from += 3
        }
      }
      filled = count
    }
    self.init(width: image.width, height: image.height, luma: luma)
  }

  /// The page at half its size: means of 2 x 2 pixels; an odd last row or column is left out.
  func halved() -> GreyPage {
    let (newWidth, newHeight) = (width / 2, height / 2)
    let half = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight) { buffer, filled in
      luma.withUnsafeBufferPointer { luma in
        guard let start = luma.baseAddress, let target = buffer.baseAddress else { return }
        for y in 0..<newHeight {
          let above = start + 2 * y * width
          let below = above + width
          let out = target + y * newWidth
          for x in 0..<newWidth {
            let sum =
              UInt16(above[2 * x]) &+ UInt16(above[2 * x + 1]) &+ UInt16(below[2 * x])
              &+ UInt16(below[2 * x + 1])
            out[x] = UInt8(truncatingIfNeeded: (sum &+ 2) &>> 2)
          }
        }
      }
      filled = newWidth * newHeight
    }
    return GreyPage(width: newWidth, height: newHeight, luma: half)
  }
}
