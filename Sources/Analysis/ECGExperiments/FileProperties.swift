// Properties of a page's file besides its pixels.

import ECGRaster
import Foundation

/// A file's size, its picture's size and its JPEG quantization tables, as features.
struct FileProperties {
  /// The logarithm of the bytes; width and height in pixels; for each of four tables the mean of its
  /// 64 steps and the first, `nil` where the file has no such table (a PNG has none).
  let features: [Double?]

  init(_ file: Data, of page: Image) {
    let tables = Self.quantisationTables(of: file)
    features =
      [log(Double(max(1, file.count))), Double(page.width), Double(page.height)]
      + (0..<4).flatMap { number -> [Double?] in
        guard let steps = tables[number] else { return [nil, nil] }
        return [Double(steps.reduce(0, +)) / Double(steps.count), Double(steps[0])]
      }
  }

  /// The steps of each table that a JPEG defines before its first scan (ITU-T T.81, B.2.4.1).
  static func quantisationTables(of file: Data) -> [Int: [Int]] {
    let bytes = [UInt8](file.prefix(1 << 20))
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return [:] }
    var tables: [Int: [Int]] = [:]
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF, bytes[at + 1] != 0xDA {
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      let end = min(bytes.count, at + 2 + max(2, length))
      if bytes[at + 1] == 0xDB {
        var place = at + 4
        while place < end {
          let (wide, number) = (bytes[place] >> 4 != 0, Int(bytes[place] & 15))
          let size = wide ? 128 : 64
          guard place + 1 + size <= end else { break }
          let steps = bytes[place + 1..<place + 1 + size].map(Int.init)
          tables[number] =
            wide
            ? stride(from: 0, to: 128, by: 2).map { steps[$0] << 8 | steps[$0 + 1] } : steps
          place += 1 + size
        }
      }
      at = end
    }
    return tables
  }
}
