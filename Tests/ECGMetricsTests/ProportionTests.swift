// Wilson's interval against SciPy and its defining equation.

import ECGMetrics
import Foundation
import TestSupport
import Testing

@Suite struct ProportionTests {
  struct Case: Decodable {
    let successes, trials: Int
    let lower, upper: Double
  }

  @Test func equalsSciPy() throws {
    let cases = try JSONDecoder().decode([Case].self, from: fixture("metrics/wilson.json"))
    #expect(cases.count == 11)
    for c in cases {
      let interval = try wilsonInterval(successes: c.successes, trials: c.trials)
      #expect(abs(interval.lower - c.lower) < 1e-12, "\(c)")
      #expect(abs(interval.upper - c.upper) < 1e-12, "\(c)")
    }
  }

  @Test func equalsStatsmodels() throws {
    for c in try IntervalFixture.read().wilson {
      let interval = try wilsonInterval(successes: c.successes, trials: c.trials)
      #expect(abs(interval.lower - c.lower) < 1e-9 && abs(interval.upper - c.upper) < 1e-9)
    }
  }

  @Test(arguments: [1, 2, 7, 98, 1000]) func limitsSolveTheScoreEquation(trials: Int) throws {
    for successes in stride(from: 0, through: trials, by: max(1, trials / 13)) {
      let p = Double(successes) / Double(trials)
      let interval = try wilsonInterval(successes: successes, trials: trials)
      #expect(0 <= interval.lower && interval.lower <= p && p <= interval.upper)
      #expect(interval.upper <= 1)
      for limit in [interval.lower, interval.upper] {
        let distance = normalQuantile95 * (limit * (1 - limit) / Double(trials)).squareRoot()
        #expect(abs(abs(p - limit) - distance) < 1e-12 || limit == p)
      }
    }
  }

  @Test func exactAtTheEnds() throws {
    #expect(try wilsonInterval(successes: 0, trials: 9).lower == 0)
    #expect(try wilsonInterval(successes: 9, trials: 9).upper == 1)
  }

  @Test func mirrorsFailures() throws {
    let hits = try wilsonInterval(successes: 7, trials: 19)
    let misses = try wilsonInterval(successes: 12, trials: 19)
    #expect(abs(hits.lower - (1 - misses.upper)) < 1e-15)
  }

  @Test func refusesImpossibleCounts() {
    #expect(throws: MetricError.noTrials) { try wilsonInterval(successes: 0, trials: 0) }
    #expect(throws: MetricError.impossibleCount(successes: 3, trials: 2)) {
      try wilsonInterval(successes: 3, trials: 2)
    }
    #expect(throws: MetricError.impossibleCount(successes: -1, trials: 2)) {
      try wilsonInterval(successes: -1, trials: 2)
    }
    #expect(throws: MetricError.quantile(0)) { try wilsonInterval(successes: 1, trials: 2, z: 0) }
  }
}
