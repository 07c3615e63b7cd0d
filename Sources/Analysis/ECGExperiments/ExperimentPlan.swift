// What an experiment trains, and the file that keeps it.

import ECGFiles

/// The plan of an experiment folder.
protocol ExperimentPlan: Codable {
  /// How this plan differs from the folder's, for an error; `nil` where the folder's cells are its.
  func difference(from earlier: Self) throws -> String?
}

extension ExperimentFolder {
  /// Writes `plan.json`, or refuses a folder whose cells are of another plan.
  ///
  /// - Throws: ``FileError``.
  func keep<Plan: ExperimentPlan>(_ plan: Plan) throws {
    var known: Plan?
    do throws(FileError) { known = try readJSON(Plan.self, from: self.plan) } catch .missing {}
    if let difference = try known.flatMap(plan.difference(from:)) {
      throw FileError.notWritable(
        path, reason: "it holds an experiment with another plan: \(difference); use another --out")
    }
    try writeAtomically(encodeJSON(plan), to: self.plan)
  }
}
