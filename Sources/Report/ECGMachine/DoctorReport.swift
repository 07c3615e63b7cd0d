// What `ecglens doctor` prints.

import ECGResults

/// Facts and findings.
package struct DoctorReport: Encodable {
  /// What was looked at.
  package let facts: MachineFacts
  /// What is said of it.
  package let findings: [Finding]

  /// Judges facts.
  package init(_ facts: MachineFacts) {
    self.facts = facts
    findings = facts.findings
  }

  /// Whether nothing will fail.
  package var isOK: Bool { findings.allSatisfy { $0.state != .fault } }

  /// The report as people read it: a line an area, remedies below theirs.
  package var text: String {
    let states = findings.map(\.state.rawValue.count).max() ?? 0
    let areas = findings.map(\.area.rawValue.count).max() ?? 0
    let indent = String(repeating: " ", count: states + areas + 4)
    var lines = findings.flatMap { finding in
      let head =
        finding.state.rawValue.padding(toLength: states + 2, withPad: " ", startingAt: 0)
        + finding.area.rawValue.padding(toLength: areas + 2, withPad: " ", startingAt: 0)
      return [head + finding.text] + (finding.remedy.isEmpty ? [] : [indent + finding.remedy])
    }
    lines.append("faults: \(count(.fault)), warnings: \(count(.warning))")
    return lines.joined(separator: "\n")
  }

  private func count(_ state: Finding.State) -> Int { findings.count { $0.state == state } }

  private enum CodingKeys: String, CodingKey {
    case ok, findings
  }

  package func encode(to encoder: any Encoder) throws {
    try facts.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(isOK, forKey: .ok)
    try values.encode(findings, forKey: .findings)
  }
}
