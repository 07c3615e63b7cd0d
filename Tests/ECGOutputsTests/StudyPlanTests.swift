// The sizes of a study.

import ECGOutputs
import ECGTraining
import Testing

@Suite("Plan of a study")
struct StudyPlanTests {
  @Test("a quick study is small where no setting is given")
  func quick() {
    let plan = StudyPlan(TrainingSettings(), quick: true, given: [])
    #expect(plan.run.draws == 360 && plan.cell.draws == 360 && plan.folds == 3)
    #expect(plan.run.epochs == 4 && plan.cell.epochs == 2)
    #expect(plan.run.batch == 16 && plan.cell.batch == 16)
  }

  @Test("given settings stay, and all of them in a study that is not quick")
  func given() {
    var settings = TrainingSettings()
    (settings.draws, settings.epochs, settings.folds) = (100, 7, 4)
    let quick = StudyPlan(settings, quick: true, given: [.draws, .epochs, .folds])
    #expect(quick.run.draws == 100 && quick.cell.epochs == 7 && quick.folds == 4)
    #expect(quick.run.batch == 16)
    let whole = StudyPlan(settings, quick: false, given: [])
    #expect(whole.run == settings && whole.cell == settings && whole.folds == 4)
  }
}
