// Whether a comparison of protocols may go on in a folder.

import ECGDatasets
import ECGExperiments
import ECGFiles

package extension ProtocolComparisonPlan {
  /// Refuses to resume a comparison without some of its protocols, whose rows its tables would lose.
  ///
  /// - Throws: ``OutputError/otherProtocols(_:before:now:)``; `FileError` where the plan cannot be read.
  func checkKeepsProtocols(of folder: ExperimentFolder) throws {
    guard somethingLies(at: folder.plan) else { return }
    let earlier = try readJSON(ProtocolComparisonPlan.self, from: folder.plan).protocols
    guard !Set(earlier).isSubset(of: protocols) else { return }
    func listed(_ names: [SplitProtocol]) -> String {
      names.map(\.rawValue).joined(separator: ",")
    }
    throw OutputError.otherProtocols(
      folder.path, before: listed(earlier), now: listed(protocols))
  }
}
