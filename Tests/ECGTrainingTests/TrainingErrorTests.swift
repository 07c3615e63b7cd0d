// Every error's line and exit status.

import ECGFiles
import Testing

@testable import ECGTraining

@Suite("Training errors")
struct TrainingErrorTests {
  static let all: [(TrainingError, ECGFiles.ExitStatus)] = [
    (.folderNotEmpty(path: "RUN"), .cannotCreate),
    (.nothingToResume(path: "RUN"), .missingInput),
    (.differsFromRun(path: "RUN", .setting(.batch), before: "32", now: "16"), .usage),
    (.damagedState(path: "RUN", reason: "cut\nshort"), .badData),
    (.noSuchWeights(path: "RUN", weights: "best"), .missingInput),
    (.tooFewSamples(path: "RUN", part: "test", found: 0), .badData),
    (.setting(.batch, value: "1", allowed: "2 or more"), .usage),
    (.diverged(path: "RUN", epoch: 2, step: 5), .badData),
    (.otherSplit(path: "RUN"), .badData),
    (.otherPredictions(path: "RUN"), .badData),
    (.trunkTrainedOnTest(path: "RUN", run: "OTHER", seen: 3, tested: 8), .badData),
    (.noTrunk(network: "beats"), .usage),
    (.interrupted(path: "RUN", signal: .interrupt, epochs: 0), .interrupted),
    (.interrupted(path: "RUN", signal: .terminate, epochs: 1), .terminated),
  ]

  @Test("are one line without a flag, and have the contract's status", arguments: all)
  func line(error: TrainingError, status: ECGFiles.ExitStatus) {
    #expect(error.exitStatus == status)
    #expect(!error.description.contains("\n"))
    #expect(!error.description.contains("--"))
    let subject =
      switch error {
      case .setting: "batch 1: "
      case .noTrunk: "weights: "
      default: "RUN: "
      }
    #expect(error.description.hasPrefix(subject))
  }

  @Test("an interruption counts the finished epochs")
  func interrupted() {
    #expect(
      TrainingError.interrupted(path: "RUN", signal: .interrupt, epochs: 2).description
        == "RUN: interrupted after 2 finished epochs")
  }

  @Test("the first signal raised is the one that counts")
  func stopRequest() {
    let stop = StopRequest()
    #expect(stop.signal == nil)
    stop.raise(.terminate)
    stop.raise(.interrupt)
    #expect(stop.signal == .terminate)
  }
}
