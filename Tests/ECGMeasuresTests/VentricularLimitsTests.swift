// The limits of QRS on beats of unusual shapes.

import Testing

@testable import ECGMeasures

struct VentricularLimitsTests {
  /// A beat that is level but for one step, as where the edge of a box is taken for a trace.
  @Test(arguments: [-50, -10, 0, 20, 60, 85])
  func aStepFarFromThePeakIsNoQRSOrHasOrderedLimits(distance: Int) {
    let step = RepresentativeBeats.peak + distance
    let lead = (0..<RepresentativeBeats.length).map { sample -> Double in
      min(max(Double(sample - step) / 3, 0), 1)
    }
    guard let limits = VentricularLimits([lead, lead]) else { return }
    #expect(limits.onset < limits.offset)
    #expect(limits.onset < Double(RepresentativeBeats.peak))
  }
}
