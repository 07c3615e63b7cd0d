// Rows of `predictions.csv`.

import ECGFiles
import ECGMetrics
import ECGRandom
import ECGTerms
import Foundation
import TestSupport
import Testing

@testable import ECGTraining

private func prediction(_ item: String, _ logits: [Float]) -> Prediction {
  Prediction(item: item, ecg: "0123", truth: .hmi, logits: logits, classes: .archive)
}

@Suite("Prediction tables")
struct PredictionTableTests {
  @Test("have the format's header and are sorted by item")
  func header() throws {
    let table = PredictionTable(
      [
        prediction("b.jpg", [0, 0, 1, 0]), prediction("a, \"1\".jpg", [2, 0, 0, 0]),
      ], classes: .archive)
    let lines = table.csv.text().split(separator: "\n")
    #expect(
      lines[0]
        == "item,ecg,true,predicted,p_normal,p_abnormal,p_hmi,p_mi,z_normal,z_abnormal,z_hmi,z_mi")
    #expect(
      lines[1]
        == #""a, ""1"".jpg",0123,hmi,normal,0.711234594,0.0962551353,0.0962551353,0.0962551353,2,0,0,0"#
    )
    #expect(lines[2].hasPrefix("b.jpg,0123,hmi,hmi,"))
  }

  @Test("bring every float back with its own bits")
  func exactFloats() throws {
    var generator = Philox(seed: 3, for: .trial, 1)
    let special: [Float] = [
      .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, -0.0, 0.1,
      Float(1).nextUp, 16_777_218, 1 / 3,
    ]
    var logits = stride(from: 0, to: 8, by: 4).map { Array(special[$0..<$0 + 4]) }
    for _ in 0..<2000 {
      logits.append(
        (0..<4).map { _ in
          let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
          return value.isFinite ? value : 0
        })
    }
    let table = PredictionTable(
      logits.enumerated().map { prediction(String(format: "%05d", $0), $1) }, classes: .archive)
    try withTemporaryFolder { folder in
      try table.write(to: folder + "/predictions.csv")
      let back = try PredictionTable(contentsOf: folder + "/predictions.csv", classes: .archive)
      #expect(back.rows.count == logits.count)
      for (row, expected) in zip(back.rows, logits) {
        #expect(row.logits.map(\.bitPattern) == expected.map(\.bitPattern))
      }
      #expect(back.rows.map(\.probabilities) == table.rows.map(\.probabilities))
    }
  }

  @Test("have figures that equal those of a reader of the file's probabilities")
  func figuresFromFile() throws {
    var generator = Philox(seed: 4, for: .trial, 2)
    let table = PredictionTable(
      (0..<200).map { index in
        Prediction(
          item: "\(index)", ecg: "e", truth: ClassList.archive[index % 4],
          logits: (0..<4).map { _ in Float(20 * generator.normal()) }, classes: .archive)
      }, classes: .archive)
    let csv = table.csv
    let probabilities = csv.rows.map { $0[4..<8].compactMap { Double($0) } }
    let classes = csv.rows.compactMap { ClassList.archive[key: $0[2]]?.index }
    let figures = ClassificationMetrics(
      true: classes, probabilities: probabilities, keys: ClassList.archive.map(\.key))
    #expect(figures.macroAUROC == table.metrics().macroAUROC)
    #expect(figures.logLoss == table.metrics().logLoss)
    #expect(figures.confusion == table.metrics().confusion)
  }

  @Test("count only rows whose class is known")
  func unlabelled() {
    let table = PredictionTable(
      [
        Prediction(item: "a", ecg: "", truth: nil, logits: [1, 0, 0, 0], classes: .archive),
        prediction("b", [0, 0, 1, 0]), prediction("c", [0, 0, 0, 1]),
      ], classes: .archive)
    #expect(table.accuracy == 0.5 && table.metrics().n == 2)
    #expect(table.csv.rows[0][2] == "")
    #expect(
      PredictionTable([], classes: .archive).accuracy == nil
        && PredictionTable([], classes: .archive).loss == nil)
  }

  @Test("take the first of equal logits, and the loss from the logits")
  func ties() throws {
    #expect(prediction("a", [1, 3, 3, 0]).predicted == .abnormal)
    let loss = try #require(
      PredictionTable([prediction("a", [0, 0, 0, 0])], classes: .archive).loss)
    #expect(abs(loss - log(4)) < 1e-15)
  }

  @Test(
    "of another form are refused",
    arguments: [
      (
        "item,ecg\n",
        "the columns are not \(PredictionTable.header(.archive).joined(separator: ","))"
      ),
      (
        PredictionTable.header(.archive).joined(separator: ",") + "\na,e,flu,mi,0,0,0,1,0,0,0,1\n",
        "row 1 has no such class or no numbers"
      ),
      (
        PredictionTable.header(.archive).joined(separator: ",") + "\na,e,mi,mi,0,0,0,1,0,0,x,1\n",
        "row 1 has no such class or no numbers"
      ),
    ])
  func malformed(text: String, reason: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/predictions.csv"
      try writeAtomically(Data(text.utf8), to: path)
      #expect(throws: FileError.malformed(path, reason: reason)) {
        _ = try PredictionTable(contentsOf: path, classes: .archive)
      }
    }
  }
}
