// Territories look at the leads they are named for.

import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Territory")
struct TerritoryTests {
  @Test(
    "a current towards a territory is seen in its leads, mean as asked",
    arguments: Territory.allCases)
  func moment(_ territory: Territory) {
    let moment = territory.moment(meanMillivolts: 0.3)
    let seen = territory.leads.map { (LeadMatrix.row($0) * moment).sum() * territory.polarity }
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

  @Test("neighbors are leads of the territory", arguments: Territory.allCases)
  func pairs(_ territory: Territory) {
    #expect(!territory.contiguousPairs.isEmpty)
    for (a, b) in territory.contiguousPairs {
      #expect(territory.leads.contains(a) && territory.leads.contains(b) && a != b)
    }
  }

  @Test("every class has findings of its own", arguments: ArchiveClass.allCases)
  func classes(_ label: ArchiveClass) {
    let findings = Subtype.allCases.filter { $0.label == label }
    #expect(findings.count >= 3)
    #expect(
      findings.allSatisfy { !$0.territories.isEmpty == (label == .hmi || label == .mi) })
    #expect(findings.allSatisfy { $0.diagnosticParts.isEmpty == (label == .normal) })
  }
}
