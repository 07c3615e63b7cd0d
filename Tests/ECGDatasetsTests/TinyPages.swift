// A folder of tiny pages, for what reads files.

import ECGFiles
import ECGRandom
import ECGRaster
import ECGTerms
import Foundation
import TestSupport

/// A page of random pixels, 24 x 20.
func tinyPage(_ number: UInt64) -> Image {
  var random = Philox(seed: number, for: .trial, 3)
  let pixels = (0..<24 * 20 * 3).map { _ in UInt8(random.index(below: 256)) }
  return Image(width: 24, height: 20, pixels: pixels)
}

/// Where ``withTinyPages(_:)`` writes a page.
func tinyPath(_ label: DiagnosticClass, _ index: Int) -> String {
  "\(label.key)/page(\(index)).png"
}

/// Writes six pages a class below a fresh folder: page 5 is a byte copy of page 0, page 4 has the
/// pixels of page 1 in another file format's bytes; `cache` is beside, not yet there.
func withTinyPages<Result>(
  _ body: (_ root: String, _ cache: String) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    let root = folder + "/data"
    for label in ClassList.archive {
      try createFolder(root + "/" + label.key)
      for index in 0..<6 {
        let number = UInt64(label.index * 10 + [0, 1, 2, 3, 1, 0][index])
        var data = try tinyPage(number).pngData()
        // Bytes after a PNG's end are not part of the picture.
        if index == 4 { data.append(0) }
        try data.write(to: URL(fileURLWithPath: root + "/" + tinyPath(label, index)))
      }
    }
    return try body(root, folder + "/cache")
  }
}
