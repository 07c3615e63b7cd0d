// `evaluate` and `predict` say what training wrote down.

import ECGFiles
import ECGTerms
import Foundation
import TestSupport
import Testing

@Suite("Answers")
struct AnswersTests {
  private func object(_ text: String) throws -> NSDictionary {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
  }

  @Test("evaluate computes metrics.json again, exactly")
  func evaluate() throws {
    let ended = try ecglens("evaluate", TinyPages.run, "--json", "--threads", "1")
    #expect(ended.status == 0, "\(ended.errors)")
    let printed = try #require(try object(ended.output).mutableCopy() as? NSMutableDictionary)
    printed.removeObject(forKey: "run")
    #expect(printed == (try object(fileText(TinyPages.run + "/metrics.json"))))
  }

  @Test("evaluate takes the best weights and other places of the data")
  func evaluateElsewhere() throws {
    try withTemporaryFolder { folder in
      try TinyPages.copy(to: folder + "/moved")
      let ended = try ecglens(
        "evaluate", TinyPages.run, "--json", "--weights", "best", "--data", folder + "/moved")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.json["weights"] as? String == "best")
    }
  }

  @Test("predict on a file is its row of predictions.csv, bit for bit")
  func predict() throws {
    let table = try CSVTable(contentsOf: TinyPages.run + "/predictions.csv")
    for row in table.rows {
      let path = "\(TinyPages.data)/\(row[0])"
      let json = try ecglens("predict", TinyPages.run, path, "--json", "--threads", "1").json
      #expect(json["path"] as? String == path)
      #expect(json["predicted"] as? String == row[3])
      let logits = try #require(json["logits"] as? [Double]).map { Float($0) }
      #expect(logits == row.suffix(4).compactMap { Float($0) })
      let shares = try #require(json["probabilities"] as? [String: Double])
      #expect(
        ClassList.archive.map { shares[$0.key] } == row[4..<8].map { Double($0) })
    }
  }

  @Test("predict speaks to people, one line a page, in their order")
  func predictText() throws {
    let pages = try ["mi", "normal"].map { try TinyPages.page($0) }
    let lines = try ecglens(["predict", TinyPages.run] + pages).output.split(separator: "\n")
    #expect(lines.count == 2)
    for (line, page) in zip(lines, pages) { #expect(line.hasPrefix("\(page): ")) }
  }
}
