// Notes, and the form in JSON.

import ECGMetrics
import Foundation
import Testing

@Suite struct ClassificationMetricsTests {
  let keys = ["normal", "abnormal", "hmi", "mi"]

  /// Class `mi` is absent, `hmi` is present and never predicted.
  var gaps: ClassificationMetrics {
    ClassificationMetrics(
      true: [0, 1, 2, 1],
      probabilities: [
        [0.7, 0.1, 0.1, 0.1], [0, 1, 0, 0], [0.6, 0.2, 0.2, 0], [0.5, 0.5, 0, 0],
      ],
      keys: keys)
  }

  @Test func namesWhatIsMissing() {
    #expect(
      gaps.notes == [
        "hmi.precision": "no sample was predicted as this class",
        "macro_precision": "leaves out hmi, mi: undefined there",
        "mi.precision": "no sample was predicted as this class",
        "mi.recall": "no sample is of this class",
        "mi.f1": "the class is neither true nor predicted anywhere",
        "mi.auroc": "no sample is of this class",
        "balanced_accuracy": "leaves out mi: undefined there",
        "macro_recall": "leaves out mi: undefined there",
        "macro_f1": "leaves out mi: undefined there",
        "macro_auroc": "leaves out mi: undefined there",
        "macro_specificity": "leaves out mi: no sample is of it",
      ])
  }

  @Test func aClassThatIsPresentAndNeverPredictedCountsInMacroF1() {
    let f1 = gaps.perClass.compactMap(\.f1)
    #expect(f1 == [0.5, 2.0 / 3, 0])
    #expect(gaps.macroF1 == (f1[0] + f1[1]) / 3)
  }

  @Test func ofEqualProbabilitiesTheFirstClassIsTaken() {
    #expect(gaps.confusion.counts[1] == [1, 1, 0, 0])
  }

  @Test func givenPredictionsAreKept() {
    let metrics = ClassificationMetrics(
      true: [0, 1], probabilities: [[0.5, 0.5], [0.5, 0.5]], predicted: [1, 1], keys: ["a", "b"])
    #expect(metrics.confusion.counts == [[0, 1], [0, 1]])
  }

  @Test func everyKeyIsWritten() throws {
    let object = try #require(try json(gaps) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "n", "accuracy", "accuracy_ci95", "accuracy_wilson_ci95", "balanced_accuracy",
        "macro_precision", "macro_recall",
        "macro_f1", "macro_specificity", "mcc", "macro_auroc", "log_loss", "classes", "confusion",
        "notes",
      ])
    let classes = try #require(object["classes"] as? [[String: Any]])
    #expect(classes.map { $0["key"] as? String } == keys)
    for row in classes {
      #expect(
        Set(row.keys) == [
          "key", "precision", "precision_ci95", "recall", "recall_ci95", "f1", "specificity",
          "auroc", "support",
        ])
    }
    #expect(classes[3]["recall"] is NSNull && classes[3]["recall_ci95"] is NSNull)
    #expect((classes[0]["recall_ci95"] as? [Double])?.count == 2)
  }

  @Test func groupsAddTheBootstrapsKeys() throws {
    let samples = SampleSet.random(seed: 2, count: 200)
    let metrics = ClassificationMetrics(
      true: samples.truth, probabilities: samples.probabilities, keys: keys,
      groups: samples.truth.indices.map { "\($0 / 2)" },
      bootstrap: GroupBootstrap(resamples: 100, seed: 7))
    let object = try #require(try json(metrics) as? [String: Any])
    for key in ["accuracy", "balanced_accuracy", "macro_f1", "mcc", "macro_auroc"] {
      let limits = try #require(object[key + "_ci95"] as? [Double])
      let value = try #require(object[key] as? Double)
      #expect(limits.count == 2 && limits[0] < value && value < limits[1], "\(key)")
    }
    let method = try #require(object["intervals"] as? [String: Int])
    #expect(method == ["groups": 100, "resamples": 100, "seed": 7])
    let classes = try #require(object["classes"] as? [[String: Any]])
    for row in classes {
      for key in ["recall_bootstrap_ci95", "f1_ci95", "auroc_ci95"] {
        #expect((row[key] as? [Double])?.count == 2, "\(key)")
      }
    }
    let back = try JSONDecoder().decode(
      ClassificationMetrics.self, from: JSONEncoder().encode(metrics))
    #expect(back == metrics)
  }

  @Test func nothingMeansNullsAndANote() throws {
    let none = ClassificationMetrics(true: [], probabilities: [], keys: keys)
    let object = try #require(try json(none) as? [String: Any])
    for key in ["accuracy", "accuracy_ci95", "balanced_accuracy", "macro_f1", "mcc"] {
      #expect(object[key] is NSNull, "\(key)")
    }
    #expect(object["confusion"] as? [[Int]] == Array(repeating: [0, 0, 0, 0], count: 4))
    #expect(none.notes["accuracy"] == "no samples")
  }

  @Test func everyNullHasItsNote() throws {
    let none = ClassificationMetrics(true: [], probabilities: [], keys: keys)
    let one = ClassificationMetrics(true: [1], probabilities: [[0, 0, 1, 0]], keys: keys)
    for metrics in [gaps, none, one] {
      let object = try #require(try json(metrics) as? [String: Any])
      let classes = try #require(object["classes"] as? [[String: Any]])
      var nulls = object.filter { $0.value is NSNull }.map(\.key)
      for (key, row) in zip(keys, classes) {
        nulls += row.filter { $0.value is NSNull }.map { "\(key).\($0.key)" }
      }
      for figure in nulls {
        let noted = figure.replacing("_wilson", with: "").replacing("_ci95", with: "")
        #expect(metrics.notes[noted] != nil, "\(figure)")
      }
    }
  }

  @Test func brokenProbabilitiesAreNamedAndNeverWritten() throws {
    let metrics = ClassificationMetrics(
      true: [0, 1, 0], probabilities: [[.nan, .nan], [0.2, 0.8], [0.9, 0.1]], keys: ["a", "b"])
    #expect(metrics.notes["n"] == "probabilities are not numbers in 1 of 3 samples")
    #expect(metrics.macroAUROC == nil && metrics.logLoss == nil && metrics.accuracy == 1)
    #expect(throws: Never.self) { try json(metrics) }
  }

  @Test func readsBackWhatItWrites() throws {
    let encoder = JSONEncoder()
    let back = try JSONDecoder().decode(ClassificationMetrics.self, from: encoder.encode(gaps))
    #expect(back == gaps)
  }

  private func json(_ metrics: ClassificationMetrics) throws -> Any {
    try JSONSerialization.jsonObject(with: JSONEncoder().encode(metrics))
  }
}
