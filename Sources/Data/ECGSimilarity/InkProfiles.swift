// A page's ink summed along its rows and along its columns.

/// How much ink each row and each column of a page has, less that of its surroundings.
///
/// Turned by quarter turns or mirrored, a page's profiles change places and directions alone.
struct InkProfiles: Sendable {
  /// Values of a profile.
  static let length = 96

  /// From the top to the foot.
  let rows: [Float]
  /// From left to right.
  let columns: [Float]

  /// The profiles of a page.
  ///
  /// - Parameter ink: In so many cells as a profile has values, or twice as many.
  init(_ ink: InkMap) {
    self.init(ink.cells, side: ink.side)
  }

  /// The profiles of a page laid straight.
  ///
  /// - Parameters:
  ///   - ink: As many cells.
  ///   - mapping: Where the straight page's points lie on the page.
  init(_ ink: MovedInk, straightened mapping: PageMapping) {
    self.init(ink.laid(mapping), side: ink.map.side)
  }

  /// NaN counts as no ink.
  private init(_ cells: [Float], side: Int) {
    var rows = [Float](repeating: 0, count: side)
    var columns = [Float](repeating: 0, count: side)
    for y in 0..<side {
      for x in 0..<side {
        let cell = cells[y * side + x]
        guard cell > 0 else { continue }
        rows[y] += cell
        columns[x] += cell
      }
    }
    self.rows = Self.profile(rows, count: side)
    self.columns = Self.profile(columns, count: side)
  }

  /// Pairs of sums, smoothed, less the mean of the 25 values around each.
  private static func profile(_ sums: [Float], count: Int) -> [Float] {
    let step = count / length
    let values = (0..<length).map { at in
      sums[at * step..<(at + 1) * step].reduce(0, +) / Float(step * count)
    }
    func at(_ values: [Float], _ index: Int) -> Float { values[min(max(index, 0), length - 1)] }
    let smooth = (0..<length).map {
      0.25 * at(values, $0 - 1) + 0.5 * values[$0] + 0.25 * at(values, $0 + 1)
    }
    return (0..<length).map { index in
      smooth[index] - (-12...12).reduce(0) { $0 + at(smooth, index + $1) } / 25
    }
  }
}

/// Where one profile lies on another.
struct ProfilePlace: Equatable, Sendable {
  /// The length on the other one, 1 for the same.
  let scale: Double
  /// Where its beginning lies, in shares of the other one.
  let start: Double
  /// The correlation where both are, less where only a little is.
  let correlation: Float
}

/// A profile in every length in which it is looked for.
struct SoughtProfile: Sendable {
  private struct Scaled: Sendable {
    let scale: Double
    /// Mean 0 and length 1.
    let values: [Float]
  }
  private let scaled: [Scaled]

  /// Lengths from 0.46 to 1.33 of the other one.
  private static let scales: [Double] = (0..<28).map { step in
    (0..<step).reduce(0.46) { scale, _ in scale * 1.04 }
  }

  init(_ profile: [Float]) {
    let length = InkProfiles.length
    scaled = Self.scales.map { scale in
      let count = Int((Double(length) * scale).rounded())
      let values = (0..<count).map { index -> Float in
        let at = max((Double(index) + 0.5) * Double(length) / Double(count) - 0.5, 0)
        let low = min(Int(at), length - 1)
        let high = min(low + 1, length - 1)
        return profile[low] + Float(at - Double(low)) * (profile[high] - profile[low])
      }
      let mean = values.reduce(0, +) / Float(count)
      let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
      return Scaled(
        scale: Double(count) / Double(length),
        values: values.map { ($0 - mean) / max(spread, 1e-9) })
    }
  }

  /// The best place on another page's profile: wholly on it, or over it on both sides, but for three
  /// values.
  func place(on other: PaddedProfile) -> ProfilePlace {
    let length = InkProfiles.length
    var best = ProfilePlace(scale: 1, start: 0, correlation: -1)
    other.values.withUnsafeBufferPointer { values in
      for part in scaled {
        let count = part.values.count
        let free = length - count
        let starts = free >= 0 ? -3...free + 3 : free - 3...3
        part.values.withUnsafeBufferPointer { sought in
          for start in starts {
            let there = UnsafeBufferPointer(
              rebasing: values[start + PaddedProfile.room..<start + PaddedProfile.room + count])
            let found = dot(there, sought) * other.inverseSpread(from: start, count: count)
            if found > best.correlation {
              best = ProfilePlace(
                scale: part.scale, start: Double(start) / Double(length), correlation: found)
            }
          }
        }
      }
    }
    return best
  }
}

/// A profile with room on both sides for what is looked for on it.
struct PaddedProfile: Sendable {
  fileprivate static let room = 36
  fileprivate let values: [Float]
  private let sums: [Float]
  private let squares: [Float]
  private let least: Float

  init(_ profile: [Float]) {
    let padding = [Float](repeating: 0, count: Self.room)
    values = padding + profile + padding
    var (sums, squares): ([Float], [Float]) = ([0], [0])
    for value in values {
      sums.append(sums[sums.count - 1] + value)
      squares.append(squares[squares.count - 1] + value * value)
    }
    (self.sums, self.squares) = (sums, squares)
    least = max(0.2 * squares[squares.count - 1], 1e-12)
  }

  fileprivate func inverseSpread(from start: Int, count: Int) -> Float {
    let at = start + Self.room
    let sum = sums[at + count] - sums[at]
    let spread = squares[at + count] - squares[at] - sum * sum / Float(count)
    return 1 / max(spread, least).squareRoot()
  }
}
