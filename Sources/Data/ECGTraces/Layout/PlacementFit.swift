// A placement made exact: the marks' middles measured, and an affine map fitted to them.

import ECGLayouts
import ECGRaster
import ECGStatistics

/// Measures a layout's marks on a page.
struct PlacementFit {
  let ink: InkProfile
  let landmarks: Landmarks

  /// A place of the layout and one coordinate of it on the page.
  private struct Observation {
    let place: PagePoint
    let seen: Double
  }

  /// The placement fitted to the marks around a first one; `nil` where too few are seen.
  ///
  /// The first round looks farther around and corrects the place, the others measure. The last one
  /// begins at a rounded place, so that it does not matter where the first one began.
  func fitted(from first: Placement) -> Placement? {
    var placement = first
    for (round, reach) in [5.0, 3.0, 3.0].enumerated() {
      if round == 2 { placement = placement.rounded }
      let (across, down) = observations(at: placement, reach: reach)
      guard let x = self.across(across, from: placement, reach: reach) else { return nil }
      // Level marks are too short to tell the turn; paper turns as a whole, without shear.
      let turn = -x[1] / x[0]
      guard let y = Self.line(through: down, slope: turn * placement.y[1]) else { return nil }
      placement = Placement(x: x, y: y)
    }
    return placement
  }

  /// The map to the page's x.
  ///
  /// All pulses stand below each other, so that separators alone tell the scale. Where steep lines
  /// beside them hide too many, the scale is that of the height.
  private func across(
    _ observations: [Observation], from placement: Placement, reach: Double
  ) -> SIMD3<Double>? {
    guard let plane = Self.plane(through: observations) else {
      return Self.line(through: observations, slope: placement.y[1])
    }
    let rise = landmarks.pulses.first?.rise ?? 0
    let separators = observations.filter { abs($0.place.x - rise) > 1 }
    let support = separators.count { abs(plane.value(at: $0.place) - $0.seen) <= Self.sure }
    let isNear = landmarks.steadyStrokes.allSatisfy { mark in
      let place = PagePoint(x: mark.x, y: mark.top)
      let shift = plane.value(at: place) - placement.onPage(place).x
      return abs(shift) <= (reach + 1) * placement.scaleAcross
    }
    guard isNear, support >= Self.leastSupport else {
      return Self.line(through: observations, slope: placement.y[1])
    }
    return plane
  }

  /// How near to its map a place is seen that supports it, in pixels.
  private static let sure = 0.5
  /// The fewest places on separators that support a scale.
  private static let leastSupport = 6

  /// The height of a millivolt in layout pixels: the median over the pulses.
  func millivoltHeight(at placement: Placement) -> Double? {
    let heights = landmarks.pulses.compactMap { pulse -> Double? in
      let tops = levels(of: topLine(of: pulse), at: placement, reach: 3)
      let bases = levels(of: baseLine(of: pulse), at: placement, reach: 3)
      guard let top = Self.middle(of: tops, at: placement),
        let base = Self.middle(of: bases, at: placement)
      else { return nil }
      return base - top
    }
    return heights.isEmpty ? nil : heights.upperMedian
  }

  private func observations(at placement: Placement, reach: Double) -> (
    across: [Observation], down: [Observation]
  ) {
    var across: [Observation] = []
    for mark in landmarks.steadyStrokes {
      let margin = 2 * landmarks.pen
      for y in stride(from: mark.top + margin, through: mark.bottom - margin, by: 4) {
        let place = PagePoint(x: mark.x, y: y)
        let guess = placement.onPage(place)
        let scale = placement.scaleAcross
        if let seen = ink.acrossUpright(
          x: guess.x, y: guess.y, reach: reach * scale, width: landmarks.pen * scale)
        {
          // The row that was looked at is not quite the one that was meant.
          let row = guess.y.rounded(.down) + 0.5
          let shift = (row - guess.y) / placement.y[1]
          across.append(Observation(place: PagePoint(x: place.x, y: place.y + shift), seen: seen))
        }
      }
    }
    let down = landmarks.pulses.flatMap { pulse in
      levels(of: topLine(of: pulse) + baseLine(of: pulse), at: placement, reach: reach)
    }
    return (across, down)
  }

  private func topLine(of pulse: PulseMark) -> [PagePoint] {
    let margin = landmarks.pen + 2
    return stride(from: pulse.rise + margin, through: pulse.fall - margin, by: 1).map {
      PagePoint(x: $0, y: pulse.top)
    }
  }

  private func baseLine(of pulse: PulseMark) -> [PagePoint] {
    let margin = landmarks.pen / 2 + 1
    let left = stride(from: pulse.left + 1, through: pulse.rise - margin - 1, by: 1)
    let right = stride(from: pulse.fall + margin + 1, through: pulse.right - 1, by: 1)
    return (Array(left) + Array(right)).map { PagePoint(x: $0, y: pulse.base) }
  }

  private func levels(of places: [PagePoint], at placement: Placement, reach: Double)
    -> [Observation]
  {
    places.compactMap { place in
      let guess = placement.onPage(place)
      let scale = placement.scaleDown
      let seen = ink.acrossLevel(
        x: guess.x, y: guess.y, reach: reach * scale, width: landmarks.pen * scale)
      guard let seen else { return nil }
      let column = guess.x.rounded(.down) + 0.5
      let shift = (column - guess.x) / placement.x[0]
      return Observation(place: PagePoint(x: place.x + shift, y: place.y), seen: seen)
    }
  }

  /// The layout's y of a level line, from where it is seen on the page.
  private static func middle(of observations: [Observation], at placement: Placement) -> Double? {
    guard observations.count >= 3 else { return nil }
    let offs = observations.map { $0.seen - placement.onPage($0.place).y }
    return observations[0].place.y + offs.upperMedian / placement.y[1]
  }

  /// The least-squares plane seen = a X + b Y + c; observations far off the first plane are left out of
  /// the second.
  private static func plane(through observations: [Observation]) -> SIMD3<Double>? {
    guard observations.count >= 12, let first = leastSquares(observations) else { return nil }
    return leastSquares(near(first, of: observations))
  }

  /// The observations that do not lie far off a plane.
  private static func near(_ plane: SIMD3<Double>, of observations: [Observation]) -> [Observation]
  {
    let offs = observations.map { abs(plane.value(at: $0.place) - $0.seen) }
    let limit = max(0.3, 2.5 * offs.upperMedian)
    return zip(observations, offs).filter { $0.1 <= limit }.map(\.0)
  }

  /// The least-squares plane seen = slope X + b Y + c of a given slope, in two rounds.
  private static func line(through observations: [Observation], slope: Double) -> SIMD3<Double>? {
    func fit(_ observations: [Observation]) -> SIMD3<Double>? {
      guard observations.count >= 12 else { return nil }
      let count = Double(observations.count)
      let mean = observations.reduce(0) { $0 + $1.seen - slope * $1.place.x } / count
      let meanY = observations.reduce(0) { $0 + $1.place.y } / count
      var (yy, ys) = (0.0, 0.0)
      for observation in observations {
        yy += (observation.place.y - meanY) * (observation.place.y - meanY)
        ys +=
          (observation.place.y - meanY) * (observation.seen - slope * observation.place.x - mean)
      }
      return yy > 0 ? [slope, ys / yy, mean - ys / yy * meanY] : nil
    }
    return fit(observations).flatMap { fit(near($0, of: observations)) }
  }

  private static func leastSquares(_ observations: [Observation]) -> SIMD3<Double>? {
    guard observations.count >= 12 else { return nil }
    return leastSquaresPlane(observations.map { ($0.place, $0.seen) })
  }
}

extension Placement {
  /// The placement to about a quarter of a pixel.
  fileprivate var rounded: Placement {
    func rounded(_ row: SIMD3<Double>) -> SIMD3<Double> {
      let steps: SIMD3<Double> = [8192, 8192, 4]
      return (row * steps).rounded(.toNearestOrEven) / steps
    }
    return Placement(x: rounded(x), y: rounded(y))
  }
}

extension SIMD3<Double> {
  fileprivate func value(at place: PagePoint) -> Double {
    self[0] * place.x + self[1] * place.y + self[2]
  }
}
