// A WFDB record reads back as it was written; what is no such record is refused in words.

import ECGFiles
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGRecordings

@Suite("WFDB record")
struct WFDBRecordTests {
  static let recording: Recording = {
    var leads: [Lead: [Double]] = [:]
    for (place, lead) in Lead.allCases.enumerated() where lead != .V4 {
      leads[lead] = (0..<50).map { Double(($0 * 37 + place * 11) % 400 - 200) / 1000 }
    }
    leads[.V1]?[7] = .nan
    leads[.II]?[0] = -1.234
    return Recording(
      leads: leads, rhythm: RhythmStrip(lead: .III, samples: (0..<50).map { Double($0) / 1000 }),
      count: 50)
  }()

  @Test("reads back to the microvolt, missing samples and leads included")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      try WFDBRecord.write(Self.recording, to: folder + "/page-1", comments: ["a note"])
      let read = try WFDBRecord.read(folder + "/page-1.hea")
      #expect(read.samplesPerSecond == 500 && read.count == 50)
      #expect(read.rhythm?.lead == .III)
      #expect(Set(read.leads.keys) == Set(Self.recording.leads.keys))
      for (lead, samples) in Self.recording.leads {
        for (a, b) in zip(samples, read.leads[lead]!) {
          #expect(a.isNaN ? b.isNaN : abs(a - b) < 1e-12)
        }
      }
      let text = try String(contentsOfFile: folder + "/page-1.hea", encoding: .utf8)
      let lines = text.split(separator: "\n")
      #expect(lines[0] == "page-1 12 500 50")
      #expect(lines[2].hasPrefix("page-1.dat 16 1000(0)/mV 16 0 -1234 "))
      #expect(lines.suffix(2) == ["# a note", "# rhythm: III"])
    }
  }

  @Test("a voltage beyond the format's range is held at its end, not made missing")
  func clipped() throws {
    try withTemporaryFolder { folder in
      let wild = Recording(leads: [.I: [40, -40, .infinity]], count: 3)
      try WFDBRecord.write(wild, to: folder + "/wild")
      let read = try WFDBRecord.read(folder + "/wild.hea").leads[.I]!
      #expect(read[0] == 32.767 && read[1] == -32.767 && read[2].isNaN)
    }
  }

  @Test("names that the format does not allow are replaced in files and headers, and stay apart")
  func names() throws {
    try withTemporaryFolder { folder in
      for stem in ["Normal(1)", "Normal_1_", "Normal 1 ", "scan.2020.01"] {
        try WFDBRecord.write(Self.recording, to: folder + "/" + stem, comments: ["page: a\nb"])
        let name = RecordName.legal(stem, identity: stem)
        let header = folder + "/\(name).hea"
        #expect(try WFDBRecord.read(header).count == 50)
        let lines = try String(contentsOfFile: header, encoding: .utf8).split(separator: "\n")
        #expect(lines[0].split(separator: " ")[0] == name && lines[1].hasPrefix(name + ".dat "))
        #expect(lines.contains("# page: a b"))
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files.count == 8)
      #expect(files.allSatisfy { RecordName.isLegal(String($0.dropLast(4))) })
    }
  }

  @Test(
    "what is no such record is refused in words",
    arguments: [
      ("", "NAME SIGNALS RATE SAMPLES"), ("x 1 500\n", "NAME SIGNALS RATE SAMPLES"),
      ("x 2 500 4\nx.dat 16 200 16 0 0 0 0 I\n", "2 signals"),
      ("x 1 500 4\nx.dat 212 200 16 0 0 0 0 I\n", "format 16"),
      ("x 1 500 4\nx.dat 16 200/uV 16 0 0 0 0 I\n", "not mV"),
      ("x 1 500 4\nx.dat 16 0/mV 16 0 0 0 0 I\n", "no gain"),
      ("x 1 500 4\n../x.dat 16 200/mV 16 0 0 0 0 I\n", "one file beside it"),
      ("x 1 500 4\nx.dat 16 200/mV 16 0 0 0 0 I\n", "6 bytes of 8"),
    ])
  func refused(_ header: String, _ words: String) throws {
    try withTemporaryFolder { folder in
      try Data(header.utf8).write(to: URL(fileURLWithPath: folder + "/x.hea"))
      try Data(count: 6).write(to: URL(fileURLWithPath: folder + "/x.dat"))
      #expect {
        try WFDBRecord.read(folder + "/x.hea")
      } throws: { error in
        "\(error)".contains(words) && "\(error)".contains("x.hea")
      }
    }
  }

  @Test("gain and baseline of other writers count")
  func scales() throws {
    try withTemporaryFolder { folder in
      let header = "x 1 360/360(0) 2\nx.dat 16 200(10)/mV 12 0 0 0 0 avr\n"
      try Data(header.utf8).write(to: URL(fileURLWithPath: folder + "/x.hea"))
      try Data([210, 0, 10, 0]).write(to: URL(fileURLWithPath: folder + "/x.dat"))
      let read = try WFDBRecord.read(folder + "/x.hea")
      #expect(read.samplesPerSecond == 360)
      #expect(read.leads[.aVR] == [1, 0])
    }
  }
}
