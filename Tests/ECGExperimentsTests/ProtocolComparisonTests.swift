// The comparison of protocols: with copies in the training set, what leaks are worth, the fingerprint.

import ECGDatasets
import ECGFiles
import ECGMetrics
import ECGTerms
import ECGTraining
import Foundation
import Testing

@testable import ECGExperiments

@Suite("Comparison of protocols")
struct ProtocolComparisonTests {
  /// A split of `ecgs` pages a class, two a group; of each class the first `seen` test ECGs have a
  /// copy in training, the next `visits` another page of their group.
  private func split(
    _ splitProtocol: SplitProtocol, ecgs: Int = 10, seen: Int = 0, visits: Int = 0
  ) -> Split {
    var items: [SplitItem] = []
    func add(_ label: DiagnosticClass, _ name: String, _ ecg: String, _ group: String, _ part: Part)
    {
      items.append(
        SplitItem(
          path: "\(label.key)/\(name)", class: label, sha256: SHA256Digest.of(Data(ecg.utf8)),
          ecg: "\(label.key)-\(ecg)", group: "\(label.key)-\(group)", part: part, fold: 0))
    }
    for label in ClassList.archive {
      for number in 0..<ecgs {
        add(label, "test-\(number)", "\(number)", "g\(number)", .test)
        if number < seen {
          add(label, "copy-\(number)", "\(number)", "g\(number)", .train)
        } else if number < seen + visits {
          add(label, "visit-\(number)", "v\(number)", "g\(number)", .train)
        }
      }
      add(label, "other", "other", "other", .train)
    }
    return Split(
      protocol: splitProtocol, seed: 0, testFraction: 0.2, innerFraction: 0, folds: 2,
      dataDigest: "", items: items)
  }

  /// Answers on the test set; of each class the first `right` are right.
  private func cell(_ split: Split, right: [Int]) -> ProtocolCell {
    let test = split.items.filter { $0.part == .test }
    let predictions = test.map { item -> Prediction in
      let number = Int(item.path.split(separator: "-").last ?? "") ?? 0
      let label = item.class.index
      let named = number < right[label] ? label : (label + 1) % 4
      return Prediction(
        item: item.path, ecg: item.ecg, truth: item.class,
        logits: (0..<4).map { $0 == named ? 2 : 0 }, classes: .archive)
    }
    return ProtocolCell(predictions: PredictionTable(predictions, classes: .archive), split: split)
  }

  @Test("test items are told by with copies in the training set of them")
  func acquaintance() throws {
    let cell = cell(split(.paper, seen: 4, visits: 3), right: [5, 5, 5, 5])
    #expect(cell.count().samples == 40)
    #expect(cell.count(nil, .ecg).samples == 16)
    #expect(cell.count(.mi, .ecg).ecgs == 4)
    #expect(cell.count(.mi, .visit).ecgs == 3)
    #expect(cell.count(.mi, .new).groups == 3)
    #expect(cell.accuracy(.ecg)?.value == 1)
    #expect(try abs(#require(cell.accuracy(.visit)).value - 1.0 / 3) < 1e-12)
    #expect(cell.accuracy(.new)?.value == 0)
    #expect(self.cell(split(.grouped), right: [1, 1, 1, 1]).accuracy(.ecg) == nil)
  }

  @Test("leaks are worth what their protocols differ by, where both are there")
  func worth() throws {
    let cells = [
      cell(split(.paper, seen: 9), right: [9, 9, 9, 9]),
      cell(split(.files, seen: 5), right: [8, 8, 8, 8]),
      cell(split(.grouped), right: [4, 4, 4, 4]),
    ]
    let result = ProtocolComparisonResult(cells: cells, classes: .archive)
    #expect(result.leaks.map(\.leak) == [.augmentedCopies])
    #expect(try abs(#require(result.leaks[0].worth[.accuracy]).value - 0.1) < 1e-12)
    #expect(Set(result.gaps.keys) == [.paper, .files])
    let gap = try #require(result.gaps[.files]?[.recall(3)])
    #expect(abs(gap.value - 0.4) < 1e-12)
    #expect(try #require(gap.interval).contains(0.4))
    #expect(result.csv.rows.count == 3 * 7)
    let json = try #require(
      try JSONSerialization.jsonObject(with: encodeJSON(result)) as? [String: Any])
    #expect((json["cells"] as? [Any])?.count == 3)
  }

  @Test("the fingerprint needs both: easiest with the leak, hardest without")
  func fingerprint() throws {
    func print(_ leaking: [Int], _ honest: [Int]) throws -> Fingerprint {
      try #require(
        ProtocolComparisonResult(
          cells: [
            cell(split(.paper, seen: 5), right: leaking), cell(split(.grouped), right: honest),
          ], classes: .archive
        ).fingerprint)
    }
    #expect(try print([8, 8, 8, 9], [7, 7, 7, 6]).isThere)
    let notHardest = try print([8, 8, 8, 9], [7, 7, 6, 6])
    #expect(notHardest.isEasiest && !notHardest.isHardest && !notHardest.isThere)
    #expect(try !print([9, 8, 8, 9], [7, 7, 7, 6]).isThere)
    let honest = ProtocolComparisonResult(
      cells: [cell(split(.grouped), right: [1, 1, 1, 1])], classes: .archive)
    #expect(honest.fingerprint == nil && honest.leaks.isEmpty && honest.gaps.isEmpty)
  }

  @Test("a plan has each protocol once and puts it into the settings")
  func plan() throws {
    let plan = ProtocolComparisonPlan(
      settings: TrainingSettings(), protocols: [.paper, .grouped, .paper])
    #expect(plan.protocols == [.paper, .grouped])
    #expect(plan.settings(of: .paper).splitProtocol == .paper)
    let data = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(ProtocolComparisonPlan.self, from: data) == plan)
  }
}
