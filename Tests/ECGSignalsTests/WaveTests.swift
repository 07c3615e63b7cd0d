// The healthy beat has the intervals and amplitudes of textbooks.

import ECGStatistics
import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Normal beat")
struct WaveTests {
  /// One normal beat with its R peak at 0.5 s and P 0.157 s earlier, 500 samples per second.
  static let leads: [Lead: [Double]] = {
    var dipole = CardiacDipole(count: 500, samplesPerSecond: 500)
    dipole.add(.normalAtria, at: 0.5 - 0.157, interval: 1, gain: 1)
    dipole.add(.normalVentricles, at: 0.5, interval: 1, gain: 1)
    return LeadMatrix.complete(LeadMatrix.independentLeads(of: dipole.moments))
  }()

  func largest(_ lead: Lead, _ from: Double, _ to: Double) -> Double {
    Self.leads.samples(of: lead)[Int((0.5 + from) * 500)...Int((0.5 + to) * 500)].greatest
  }

  func smallest(_ lead: Lead, _ from: Double, _ to: Double) -> Double {
    Self.leads.samples(of: lead)[Int((0.5 + from) * 500)...Int((0.5 + to) * 500)].least
  }

  @Test("P is upright in II and below 0.25 mV")
  func p() {
    #expect((0.08...0.25).contains(largest(.II, -0.25, -0.09)))
    #expect(smallest(.aVR, -0.25, -0.09) < -0.05)
  }

  @Test("R grows and S shrinks from V1 to V5")
  func progression() {
    let r = [Lead.V1, .V2, .V3, .V4].map { largest($0, -0.06, 0.06) }
    #expect(r == r.sorted())
    #expect(smallest(.V1, -0.06, 0.06) < -0.5)
    #expect(smallest(.V2, -0.06, 0.06) < smallest(.V4, -0.06, 0.06))
    #expect((0.7...1.6).contains(largest(.II, -0.06, 0.06)))
    #expect(largest(.V5, -0.06, 0.06) > 1)
  }

  @Test("QRS is narrow: over 0.1 mV for 50 to 110 ms in no lead longer")
  func duration() {
    let qrs = (Int(0.42 * 500)...Int(0.58 * 500)).filter { t in
      Lead.allCases.contains { abs(Self.leads[$0]![t]) > 0.1 }
    }
    let milliseconds = Double(qrs.last! - qrs.first!) * 2
    #expect((50...110).contains(milliseconds))
  }

  @Test(
    "T is upright where R is, and PR and ST are level", arguments: [Lead.I, .II, .V2, .V4, .V6])
  func recovery(_ lead: Lead) {
    #expect(largest(lead, 0.2, 0.4) > 0.1)
    #expect(largest(lead, 0.2, 0.4) > -smallest(lead, 0.2, 0.4))
    #expect(abs(Self.leads.samples(of: lead)[Int(0.43 * 500)]) < 0.05)
    #expect(abs(Self.leads.samples(of: lead)[Int(0.58 * 500)]) < 0.05)
  }

  @Test("a kind of wave can be changed")
  func changes() {
    let doubled = BeatShape.normalVentricles.mapping([.t]) { $0 * 2 }
    for (old, new) in zip(BeatShape.normalVentricles.waves, doubled.waves) {
      #expect(new.moment == (old.kind == .t ? old.moment * 2 : old.moment))
    }
  }
}
