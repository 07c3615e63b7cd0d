// Targets as command lines write them and as weights of logits.

import ECGTerms
import Testing

@testable import ECGExplanations

@Suite("Explanation targets")
struct ExplanationTargetTests {
  @Test("read and written alike", arguments: ["predicted", "hmi", "hmi-normal", "mi-abnormal"])
  func roundTrip(_ argument: String) {
    #expect(ExplanationTarget(argument: argument, classes: .archive)?.argument == argument)
  }

  @Test("what is none is refused", arguments: ["", "flutter", "hmi-", "hmi-hmi", "hmi-normal-mi"])
  func refused(_ argument: String) {
    #expect(ExplanationTarget(argument: argument, classes: .archive) == nil)
  }

  @Test("seeds weigh the logits")
  func seeds() {
    let logits: [Float] = [0.5, 2, -1, 1]
    #expect(ExplanationTarget.predicted.seed(logits: logits) == [0, 1, 0, 0])
    #expect(ExplanationTarget.logit(.mi).seed(logits: logits) == [0, 0, 0, 1])
    #expect(ExplanationTarget.difference(.hmi, .normal).seed(logits: logits) == [-1, 0, 1, 0])
  }
}
