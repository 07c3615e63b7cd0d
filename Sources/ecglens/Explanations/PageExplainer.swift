// Explains a network's answer on a page file: maps over what the network saw, and lead scores.

import ECGDatasets
import ECGExplanations
import ECGFigures
import ECGFiles
import ECGNetworks
import ECGPages
import ECGParallel
import ECGRaster
import ECGTerms
import ECGTraining

/// A page with what its network saw and said.
struct ExplainedPage {
  /// The file.
  let path: String
  /// The whole page.
  let page: Image
  /// The part that the network saw, in the page's pixels.
  let crop: PixelRectangle
  /// The network's answer.
  let prediction: Prediction
  /// One raw, signed map a stage.
  let maps: [Stage: AttributionMap]
  /// Where the leads are, if the page has the proportions of a known kind.
  let layout: PageLayout?

  /// How a stage's map is spread over the leads; `nil` without a layout or anything positive.
  func scores(_ stage: Stage) -> LeadScores? {
    guard let map = maps[stage], let layout else { return nil }
    return LeadScores(map: map, crop: crop, layout: layout)
  }

  /// A case of a heat-map figure: the map's positive part over the page, under the name `path`.
  func figureCase(_ stage: Stage, path: String, caption: String) -> HeatMapFigure.Case? {
    guard let map = maps[stage]?.rectified else { return nil }
    return HeatMapFigure.Case(
      caption: caption, path: path, page: page, crop: crop,
      map: HeatMap(width: map.width, height: map.height, values: map.values), layout: layout,
      shares: scores(stage)?.shares ?? [])
  }
}

/// A run's network ready to explain page files.
struct PageExplainer {
  private let explainer: Explainer
  private let preprocessing: Preprocessing
  private let maximumMegapixels: Double

  /// The stages that the explainer gives maps of.
  let stages: [Stage]
  /// What it explains.
  let target: ExplanationTarget

  /// An explainer of a run's network.
  ///
  /// - Throws: `ExplanationError` where the network has no such stage.
  init(
    network: Network, preprocessing: Preprocessing, stages: [Stage], target: ExplanationTarget,
    maximumMegapixels: Double, pool: WorkerPool
  ) throws {
    explainer = try Explainer(network: network, stages: stages, pool: pool)
    self.preprocessing = preprocessing
    self.stages = stages
    self.target = target
    self.maximumMegapixels = maximumMegapixels
  }

  /// Explains one file.
  func explain(_ path: String) throws -> ExplainedPage {
    let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
    let square = try preprocessing.square(of: page, path: path)
    let explanation = square.pixels.withUnsafeBufferPointer { pixels in
      guard let start = pixels.baseAddress else { preconditionFailure("\(path): an empty square") }
      return explainer.explain(pixels: start, target: target)
    }
    // The map lies on the page as the network saw it, which may have been set level.
    let (seen, crop) = try preprocessing.crop.kept(of: page, path: path)
    return ExplainedPage(
      path: path, page: seen, crop: crop,
      prediction: Prediction(item: path, ecg: "", truth: nil, logits: explanation.logits),
      maps: explanation.maps, layout: PageLayout(fitting: page))
  }
}

extension PageLayout {
  /// The layout of the known kind of page whose proportions are nearest, `nil` where none is near.
  init?(fitting page: Image) {
    let ratio = Double(page.width) / Double(page.height)
    func distance(_ layout: PageLayout) -> Double {
      abs(ratio * Double(layout.size.height) / Double(layout.size.width) - 1)
    }
    let known = PageDesign.allCases.map { PageLayout.of($0) }
    guard let nearest = known.min(by: { distance($0) < distance($1) }), distance(nearest) < 0.01
    else { return nil }
    self = nearest.scaled(to: PageSize(width: page.width, height: page.height))
  }
}

extension LeadScores {
  /// The scores as a figure's bars: the leads, the rhythm strip, the rest.
  var shares: [HeatMapFigure.Share] {
    Lead.allCases.map { .init(name: $0.rawValue, share: leads[$0]?.share ?? 0) }
      + (rhythm.map { [.init(name: "rhythm", share: $0.share)] } ?? [])
      + [.init(name: "outside", share: outside)]
  }
}

extension ExplanationError: ExitStatusError {
  /// The run holds another network than the explanation needs.
  public var exitStatus: ExitStatus { .badData }
}
