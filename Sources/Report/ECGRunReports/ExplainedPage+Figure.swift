// An explained page as a case of a heat-map figure.

import ECGExplanations
import ECGFigures
import ECGFiles
import ECGInference
import ECGNetworks
import ECGResults
import ECGTerms

package extension ExplainedPage {
  /// A case of a heat-map figure: the map's positive part over the page, under the name `path`.
  func figureCase(_ stage: Stage, path: String, caption: String) -> HeatMapFigure.Case? {
    guard let map = maps[stage] else { return nil }
    return HeatMapFigure.Case(
      caption: caption, path: path, page: seen.page, crop: seen.part, map: HeatMap(map.heat),
      areas: seenAreas, shares: scores(stage)?.shares ?? [])
  }
}

package extension LeadScores {
  /// The scores as a figure's bars: the leads, the rhythm strip, the rest.
  var shares: [HeatMapFigure.Share] {
    Lead.allCases.map { .init(name: $0.rawValue, share: leads[$0]?.share ?? 0) }
      + (rhythm.map { [.init(name: "rhythm", share: $0.share)] } ?? [])
      + [.init(name: "outside", share: outside)]
  }
}

extension ExplanationError: ExitStatusError {
  /// The run holds another network than the explanation needs, or the target is none of its classes.
  public var exitStatus: ExitStatus {
    switch self {
    case .noStage: .badData
    case .untrainedClass, .unknownTarget: .usage
    }
  }
}
