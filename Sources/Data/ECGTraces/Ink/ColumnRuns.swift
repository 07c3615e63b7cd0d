// The runs of ink in each column of a page, with edges to a fraction of a pixel.

/// Ink in consecutive pixels of a column.
struct Run: Equatable, Sendable {
  /// Where the ink begins; 12 is the upper edge of the pixel with 12 above it.
  let top: Float
  /// Where it ends.
  let bottom: Float

  var thickness: Float { bottom - top }
  var middle: Float { (top + bottom) / 2 }

  func overlaps(_ other: Run) -> Bool { top <= other.bottom && other.top <= bottom }
}

/// All runs of a page, column by column, each column's from the top.
struct ColumnRuns: Sendable {
  private let runs: [Run]
  private let starts: [Int]

  /// The runs of column x.
  subscript(_ x: Int) -> ArraySlice<Run> {
    x >= 0 && x + 1 < starts.count ? runs[starts[x]..<starts[x + 1]] : []
  }

  /// The runs thinner than this are the grid's dots and noise.
  static let leastThickness: Float = 1.3

  /// The runs of ink of a page in some of its rows.
  init(of page: GreyPage, rows: Range<Int>, scale: InkScale) {
    let found = page.columnSpans(rows: rows, threshold: scale.threshold)
    let shares = scale.shares()
    func share(_ x: Int, _ y: Int) -> Float {
      y >= 0 && y < page.height ? shares[Int(page.luma[y * page.width + x])] : 0
    }
    var kept: [(x: Int32, run: Run)] = []
    kept.reserveCapacity(found.count)
    for span in found where span.end - span.start > 1 {
      let (x, start, end) = (Int(span.x), Int(span.start), Int(span.end))
      // The border pixels inside and outside tell how far the ink goes into them.
      let top = Float(start + 1) - share(x, start) - share(x, start - 1)
      let bottom = Float(end - 1) + share(x, end - 1) + share(x, end)
      if bottom - top >= Self.leastThickness {
        kept.append((span.x, Run(top: top, bottom: bottom)))
      }
    }
    var starts = [Int](repeating: 0, count: page.width + 1)
    for (x, _) in kept { starts[Int(x) + 1] += 1 }
    for x in 0..<page.width { starts[x + 1] += starts[x] }
    var places = starts
    var runs = [Run](repeating: Run(top: 0, bottom: 0), count: kept.count)
    for (x, run) in kept {
      runs[places[Int(x)]] = run
      places[Int(x)] += 1
    }
    self.runs = runs
    self.starts = starts
  }

  /// The runs with each one replaced by parts of it, from the top.
  func kept(_ parts: (Int, Run) -> [Run]) -> ColumnRuns {
    var runs: [Run] = []
    var starts = [0]
    for x in self.starts.indices.dropLast() {
      for run in self[x] { runs += parts(x, run) }
      starts.append(runs.count)
    }
    return ColumnRuns(runs: runs, starts: starts)
  }

  private init(runs: [Run], starts: [Int]) { (self.runs, self.starts) = (runs, starts) }

  /// The thickness of level lines: the first quintile of the thin runs, as slopes are thicker.
  func levelThickness(
    columns: Range<Int>, rows: ClosedRange<Float>, upTo limit: Float
  ) -> Float? {
    var thin: [Float] = []
    for x in columns {
      for run in self[x] where run.thickness <= limit && rows.contains(run.middle) {
        thin.append(run.thickness)
      }
    }
    guard thin.count >= 100 else { return nil }
    thin.sort()
    return thin[thin.count / 5]
  }
}

/// Dark pixels of a column: rows start..<end.
struct ColumnSpan: Equatable, Sendable {
  let x: Int32
  let start: Int32
  let end: Int32
}

extension GreyPage {
  /// Dark spans of all columns, those that end in a higher row first.
  func columnSpans(rows: Range<Int>, threshold: UInt8) -> [ColumnSpan] {
    var spans: [ColumnSpan] = []
    spans.reserveCapacity(width * 16)
    // 255 where the row above was dark; one more chunk, so that rows need no special end.
    var above = [UInt8](repeating: 0, count: width + 32)
    var starts = [Int32](repeating: 0, count: width)
    let limit = SIMD32<UInt8>(repeating: threshold)
    luma.withUnsafeBufferPointer { luma in
      guard let start = luma.baseAddress else { return }
      above.withUnsafeMutableBytes { above in
        for y in rows.clamped(to: 0..<height) {
          let line = start + y * width
          var x = 0
          while x < width {
            let count = min(32, width - x)
            var now = SIMD32<UInt8>(repeating: 0)
            if count == 32 {
              let chunk = UnsafeRawPointer(line + x).loadUnaligned(as: SIMD32<UInt8>.self)
              now.replace(with: 255, where: chunk .< limit)
            } else {
              for lane in 0..<count where line[x + lane] < threshold { now[lane] = 255 }
            }
            let before = above.loadUnaligned(fromByteOffset: x, as: SIMD32<UInt8>.self)
            if now != before {
              let changed = unsafeBitCast(now ^ before, to: SIMD4<UInt64>.self)
              let dark = unsafeBitCast(now, to: SIMD4<UInt64>.self)
              for word in 0..<4 {
                var left = changed[word]
                while left != 0 {
                  let bit = left.trailingZeroBitCount
                  left &= ~(0xFF << UInt64(bit))
                  let column = x + 8 * word + bit / 8
                  if dark[word] >> UInt64(bit) & 1 != 0 {
                    starts[column] = Int32(y)
                  } else {
                    spans.append(
                      ColumnSpan(x: Int32(column), start: starts[column], end: Int32(y)))
                  }
                }
              }
              above.storeBytes(of: now, toByteOffset: x, as: SIMD32<UInt8>.self)
            }
            x += 32
          }
        }
        let end = Int32(rows.clamped(to: 0..<height).upperBound)
        for x in 0..<width where above[x] != 0 {
          spans.append(ColumnSpan(x: Int32(x), start: starts[x], end: end))
        }
      }
    }
    return spans
  }
}
