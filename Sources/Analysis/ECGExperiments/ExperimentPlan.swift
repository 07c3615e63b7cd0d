// What an experiment trains, and the file that keeps it.

import ECGFiles

/// The plan of an experiment folder.
protocol ExperimentPlan: Codable {
  /// How this plan differs from the folder's; `nil` where the folder's cells are its.
  func difference(from earlier: Self) throws -> PlanDifference?
}

extension ExperimentFolder {
  /// Writes `plan.json`, or refuses a folder whose cells are of another plan.
  ///
  /// - Throws: ``FileError``, ``OtherPlan``.
  func keep<Plan: ExperimentPlan>(_ plan: Plan) throws {
    var known: Plan?
    do throws(FileError) { known = try readJSON(Plan.self, from: self.plan) } catch .missing {}
    if let difference = try known.flatMap(plan.difference(from:)) {
      throw OtherPlan(path: path, difference: difference)
    }
    try writeAtomically(encodeJSON(plan), to: self.plan)
  }
}
