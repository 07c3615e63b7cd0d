// Whether the wave before QRS is a P wave: flutter and fibrillation waves have no quiet line between.

extension AtrialLimits {
  /// The greatest movement of a quiet line, as a part of the wave's: root of the mean squares over
  /// all leads.
  private static let quietest = 0.2
  /// The samples that a quiet line lasts before P: 80 ms.
  private static let quietLength = 40
  /// The greatest movement between P and QRS.
  private static let quietSegment = 0.45
  /// The directions of P from the sinus node, in degrees.
  private static let sinusAxis = 0.0...90
  /// The longest P from the sinus node, in samples: 130 ms.
  private static let longest = 65.0
  /// The tallest P from the sinus node in mV.
  private static let tallest = 0.3

  /// Whether the wave is a P wave: it rises from a quiet line of 80 ms.
  ///
  /// Where nothing before it is quiet since T is near, or where it lies too near the beat's beginning,
  /// it must be followed by a quiet PR segment and have the direction, length and height of a P wave
  /// from the sinus node.
  /// - Parameters:
  ///   - leads: The representative beats.
  ///   - qrsOnset: Where QRS begins, in samples.
  ///   - axis: The wave's direction in degrees, where it is known.
  /// - Source: limits: AHA/ACCF/HRS recommendations part IV (Circulation 119 (2009) e241–e250) and
  ///   the axis of sinus P, 0 to 75 degrees, with a margin.
  func isPWave(_ leads: [[Double]], qrsOnset: Double, axis: Double?) -> Bool {
    let wave = Self.movement(leads, Int(onset)..<Int(offset))
    guard wave > 0 else { return false }
    let starts = stride(from: 4, to: Int(onset) - Self.quietLength, by: 2)
    let least = starts.map { Self.movement(leads, $0..<$0 + Self.quietLength) }
      .filter(\.isFinite).min()
    if let least, least <= Self.quietest * wave { return true }
    guard let axis, Self.sinusAxis.contains(axis), offset - onset <= Self.longest,
      height <= Self.tallest
    else { return false }
    let segment = Int(offset)..<max(Int(offset), Int(qrsOnset) - 2)
    return segment.count < 5 || Self.movement(leads, segment) <= Self.quietSegment * wave
  }

  /// The root of the leads' summed variances over samples; NaN where one is missing.
  private static func movement(_ leads: [[Double]], _ samples: Range<Int>) -> Double {
    leads.reduce(0) { sum, lead in
      let level = windowMean(lead, samples)
      let squares = samples.reduce(0) { $0 + (lead[$1] - level) * (lead[$1] - level) }
      return sum + squares / Double(samples.count)
    }.squareRoot()
  }
}
