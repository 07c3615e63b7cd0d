// Dower's projection and the leads derived from it.

import ECGRandom
import ECGTerms
import Testing

@testable import ECGSignals

@Suite("Lead matrix")
struct LeadMatrixTests {
  @Test("a dipole to the left and down shows as a cardiologist expects")
  func signs() {
    let moment = DipoleMoment(1, 0.8, 0.2)
    func sees(_ lead: Lead) -> Double { (LeadMatrix.row(lead) * moment).sum() }
    #expect(sees(.I) > 0 && sees(.II) > 0 && sees(.V5) > 0)
    #expect(sees(.aVR) < 0 && sees(.V1) < 0)
    #expect(abs(sees(.V2) - (0.044 + 0.8 * 0.164 - 0.2 * 1.387)) < 1e-12)
  }

  @Test("Einthoven's and Goldberger's laws hold for the completed leads")
  func laws() {
    var random = Philox(seed: 3, for: .trial, 1)
    let moments = (0..<200).map { _ in
      DipoleMoment(random.normal(), random.normal(), random.normal())
    }
    let leads = LeadMatrix.complete(LeadMatrix.independentLeads(of: moments))
    #expect(Set(leads.keys) == Set(Lead.allCases))
    for t in moments.indices {
      let (i, ii, iii) = (leads[.I]![t], leads[.II]![t], leads[.III]![t])
      let (r, l, f) = (leads[.aVR]![t], leads[.aVL]![t], leads[.aVF]![t])
      #expect(iii == ii - i)
      #expect(r == -(i + ii) / 2)
      #expect(abs(r + l + f) < 1e-12)
      #expect(abs(l - (i - iii) / 2) < 1e-12)
      #expect(abs(f - (ii + iii) / 2) < 1e-12)
    }
  }

  @Test("a derived lead's row is the derived lead of the rows", arguments: Lead.allCases)
  func rows(_ lead: Lead) {
    let moment = DipoleMoment(0.3, -1.1, 0.7)
    let leads = LeadMatrix.complete(LeadMatrix.independentLeads(of: [moment]))
    #expect(abs((LeadMatrix.row(lead) * moment).sum() - leads[lead]![0]) < 1e-12)
  }
}
