// The recipes step by step.

import Testing

@testable import ECGTraining

@Suite("Recipes")
struct RecipeTests {
  @Test("are as their description has them")
  func values() {
    let table3 = Recipe(.paperTable3)
    #expect(table3.phases == [Phase(epochs: 25, trunkRate: 1e-4, restRate: 1e-4)])
    #expect((table3.batch, table3.labelSmoothing, table3.weightDecay) == (32, 0, 0))
    #expect(table3.schedule == .constant && table3.weightAverageDecay == nil)
    #expect(table3.statisticsImages == 0 && table3.dropout == 0.3)

    let text = Recipe(.paperText)
    #expect(
      text.phases == [
        Phase(epochs: 5, trunkRate: nil, restRate: 1e-3),
        Phase(epochs: 20, trunkRate: 1e-4, restRate: 3e-4),
      ])
    #expect(text.labelSmoothing == 0.1 && text.epochs == 25 && text.weightDecay == 0)

    let steady = Recipe(.steady)
    #expect(steady.epochs == 25 && steady.labelSmoothing == 0.05 && steady.weightDecay == 0.05)
    #expect(steady.weightAverageDecay == 0.99 && steady.statisticsImages == 480)
  }

  @Test("table 3 has one rate and one optimizer at every step")
  func constantRates() {
    for step in 1...75 {
      let rates = Recipe(.paperTable3).rates(step: step, stepsPerEpoch: 3)
      #expect(rates == StepRates(phase: 0, stepOfPhase: step, trunk: 1e-4, rest: 1e-4))
    }
  }

  @Test(
    "the text's trunk thaws after five epochs, with an optimizer that counts again",
    arguments: [
      (1, StepRates(phase: 0, stepOfPhase: 1, trunk: nil, rest: 1e-3)),
      (50, StepRates(phase: 0, stepOfPhase: 50, trunk: nil, rest: 1e-3)),
      (51, StepRates(phase: 1, stepOfPhase: 1, trunk: 1e-4, rest: 3e-4)),
      (250, StepRates(phase: 1, stepOfPhase: 200, trunk: 1e-4, rest: 3e-4)),
    ])
  func phases(step: Int, expected: StepRates) {
    #expect(Recipe(.paperText).rates(step: step, stepsPerEpoch: 10) == expected)
  }

  @Test("the frozen trunk's rate is listed as zero")
  func listedRates() {
    #expect(Recipe(.paperText).rates(step: 1, stepsPerEpoch: 10).list == [0, 1e-3])
    #expect(Recipe(.paperText).rates(step: 60, stepsPerEpoch: 10).list == [1e-4, 3e-4])
  }

  @Test("steady rises to its rate at the end of the warm-up and falls to above zero")
  func cosine() {
    let recipe = Recipe(.steady)  // 25 epochs of 30: 750 steps, 60 of them rising
    let rates = (1...750).map { recipe.rates(step: $0, stepsPerEpoch: 30).rest }
    #expect(rates[0] == 1e-3 / 60 && rates[59] == 1e-3 && rates[60] == 1e-3)
    #expect(zip(rates[..<60], rates[1..<60]).allSatisfy { $0 < $1 })
    #expect(zip(rates[60...], rates[61...]).allSatisfy { $0 > $1 })
    #expect(abs(rates[60 + 345] - 0.5e-3) < 1e-12)
    #expect(rates[749] > 0 && rates[749] < 1e-7)
    #expect(recipe.rates(step: 400, stepsPerEpoch: 30).trunk == rates[399])
  }

  @Test("a cosine over one or two steps is still a rate", arguments: [1, 2, 3])
  func shortCosine(steps: Int) {
    let factors = (1...steps).map { Schedule.cosine(warmUp: 0.5).factor(step: $0, steps: steps) }
    #expect(factors.allSatisfy { $0 > 0 && $0 <= 1 } && factors.contains(1))
  }

  @Test(
    "other numbers of epochs keep the phases' proportions",
    arguments: [
      (1, [1]), (2, [1, 1]), (3, [1, 2]), (4, [1, 3]), (5, [1, 4]), (10, [2, 8]), (25, [5, 20]),
      (100, [20, 80]),
    ])
  func lasting(epochs: Int, expected: [Int]) {
    let recipe = Recipe(.paperText).lasting(epochs: epochs)
    #expect(recipe.phases.map(\.epochs) == expected)
    #expect(recipe.phases.last?.trunkRate == 1e-4)
    #expect(Recipe(.steady).lasting(epochs: epochs).epochs == epochs)
  }

  @Test("the moving average of a short training forgets the initial weights")
  func averageDecay() {
    let recipe = Recipe(.steady)
    #expect(recipe.averageDecay(step: 1) == 2.0 / 11)
    #expect(recipe.averageDecay(step: 10_000) == 0.99)
    #expect(Recipe(.paperTable3).averageDecay(step: 1) == nil)
    let left = (1...50).reduce(1.0) { $0 * (recipe.averageDecay(step: $1) ?? 0) }
    #expect(left < 1e-6)
  }

  @Test(
    "no batch has a single image",
    arguments: [
      (64, 32, [32, 32]), (70, 32, [32, 32, 6]), (65, 32, [32, 31, 2]), (33, 32, [31, 2]),
      (5, 32, [5]), (2, 2, [2]), (7, 2, [2, 2, 2]), (7, 3, [3, 2, 2]),
    ])
  func batches(images: Int, batch: Int, expected: [Int]) {
    #expect(batchSizes(images: images, batch: batch) == expected)
  }
}
