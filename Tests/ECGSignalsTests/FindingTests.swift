// Territories look at the leads they are named for.

import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Findings")
struct FindingTests {
  @Test(
    "a current towards a territory is seen in its leads, mean as asked",
    arguments: Territory.allCases)
  func moment(_ territory: Territory) {
    let moment = territory.moment(meanMillivolts: 0.3)
    let seen = territory.leads.map { (LeadMatrix.row($0) * moment).sum() }
    #expect(seen.allSatisfy { $0 > 0.1 })
    #expect(abs(seen.reduce(0, +) / Double(seen.count) - 0.3) < 1e-12)
    #expect(abs((territory.direction * territory.direction).sum() - 1) < 1e-12)
  }

  @Test(
    "the opposite leads see the reverse",
    arguments: [(Territory.inferior, Lead.aVL), (.lateral, .III), (.anteroseptal, .V6)])
  func reciprocal(_ territory: Territory, _ lead: Lead) {
    #expect((LeadMatrix.row(lead) * territory.moment(meanMillivolts: 0.3)).sum() < -0.02)
  }

  @Test("every class has findings of its own", arguments: DiagnosticClass.allCases)
  func classes(_ label: DiagnosticClass) {
    #expect(Subtype.allCases.filter { $0.label == label }.count >= 3)
  }
}
