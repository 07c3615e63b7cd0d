// How much the traces move between plain beats: what atrial waves and T waves make of themselves.

/// The level above which a faint deflection may be a beat.
///
/// Flutter waves, P waves that are not conducted and T waves recur between the plain beats and are
/// about alike; a ventricular premature beat that the visible leads show faintly stands out of them.
struct BeatBackground {
  /// The broad activity between plain beats, as a part of an ordinary beat's; 0 where no two plain
  /// beats show it.
  let level: Double

  /// Beats of this quickness are plain.
  private static let plain = 0.65
  /// Fainter beats than this must stand out.
  private static let faint = 0.5
  /// By how much.
  private static let standsOut = 1.3
  /// Samples around beats, and around candidates, that are no background.
  private static let near = 60
  /// The least samples of background between two plain beats.
  private static let shortest = 20

  /// The upper quartile over the intervals between plain beats of the greatest activity in each, away
  /// from all candidates.
  ///
  /// - Parameters:
  ///   - marks: All candidates by time, in samples.
  ///   - quick: The quick activity, a value a sample.
  ///   - broad: The broad activity, a value a sample.
  init(marks: [Int], quick: [Double], broad: [Double]) {
    let plain = marks.filter { quick[$0] >= Self.plain }
    let others = marks.filter { quick[$0] < Self.plain }
    var peaks: [Double] = []
    for (before, after) in zip(plain, plain.dropFirst()) {
      let between = before + Self.near..<max(before + Self.near, after - Self.near)
      guard between.count > Self.shortest else { continue }
      let peak = between.lazy
        .filter { sample in others.allSatisfy { abs($0 - sample) > Self.near } }
        .map { broad[$0] }.max()
      if let peak, peak > 0 { peaks.append(peak) }
    }
    peaks.sort()
    level = peaks.isEmpty ? 0 : peaks[(peaks.count - 1) * 3 / 4]
  }

  /// Whether a beat is plain enough, or stands out of the background.
  func isExceeded(quick: Double, broad: Double) -> Bool {
    quick >= Self.faint || broad >= Self.standsOut * level
  }
}
