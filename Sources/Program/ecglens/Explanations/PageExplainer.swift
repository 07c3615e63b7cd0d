// Explains a network's answer on a page file: maps over what the network saw, and lead scores.

import ECGDatasets
import ECGExplanations
import ECGFigures
import ECGFiles
import ECGLayouts
import ECGNetworks
import ECGPages
import ECGParallel
import ECGRaster
import ECGTerms
import ECGTraces
import ECGTraining

/// A page with what its network saw and said.
struct ExplainedPage {
  /// The file.
  let path: String
  /// The page as the network saw it, and the part that it saw.
  let seen: SeenPage
  /// The network's answer.
  let prediction: Prediction
  /// One raw, signed map a stage.
  let maps: [Stage: AttributionMap]
  /// Where the leads lie, in the file's pixels; `nil` where no known layout was found.
  let areas: LeadAreas?
  /// How the page compares with the run's training pages.
  let comparison: PageComparison

  /// Where the leads lie on the page as the network saw it.
  private var seenAreas: LeadAreas? { areas?.mapped(seen.turn.onLevelPage) }

  /// How a stage's map is spread over the leads; `nil` without a layout or anything positive.
  func scores(_ stage: Stage) -> LeadScores? {
    guard let map = maps[stage], let seenAreas else { return nil }
    return LeadScores(heat: map.heat, crop: seen.part, areas: seenAreas)
  }

  /// A case of a heat-map figure: the map's positive part over the page, under the name `path`.
  func figureCase(_ stage: Stage, path: String, caption: String) -> HeatMapFigure.Case? {
    guard let map = maps[stage] else { return nil }
    return HeatMapFigure.Case(
      caption: caption, path: path, page: seen.page, crop: seen.part, map: HeatMap(map.heat),
      areas: seenAreas, shares: scores(stage)?.shares ?? [])
  }

  /// Where the cells of a stage's map lie on the page.
  func cells(_ stage: Stage) -> CellPlaces? {
    maps[stage].map { CellPlaces(of: $0, on: seen) }
  }
}

/// Where the cells of a map lie on a page, in the file's pixels: the center of the cell in row r and
/// column c is `origin + c * column + r * row`.
struct CellPlaces: Equatable, Encodable {
  /// The center of the first cell, x and y.
  let origin: [Double]
  /// From a cell to the next one across.
  let column: [Double]
  /// From a cell to the next one down.
  let row: [Double]

  /// The places of a map's cells.
  init(of map: AttributionMap, on seen: SeenPage) {
    let (columns, rows) = (map.field.columns, map.field.rows)
    func place(_ x: Double, _ y: Double) -> [Double] {
      let place = seen.turn.onScan(
        PagePoint(
          x: Double(seen.part.x) + x * Double(seen.part.width),
          y: Double(seen.part.y) + y * Double(seen.part.height)))
      return [place.x, place.y]
    }
    func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
    let first = place(columns.first, rows.first)
    origin = first
    column = difference(place(columns.first + columns.step, rows.first), first)
    row = difference(place(columns.first, rows.first + rows.step), first)
  }
}

/// A run's network ready to explain page files.
struct PageExplainer {
  private let explainer: Explainer
  private let classes: ClassList
  private let check: TrainingPagesCheck
  private let preprocessing: Preprocessing
  private let maximumMegapixels: Double

  /// The stages that the explainer gives maps of.
  let stages: [Stage]
  /// What it explains.
  let target: ExplanationTarget

  /// An explainer with some of a run's weights.
  ///
  /// - Throws: `ExplanationError` where the network has no such stage or training had no such class.
  init(
    of run: FinishedRun, weights: WeightsChoice, stages: [Stage], target: ExplanationTarget,
    maximumMegapixels: Double, pool: WorkerPool
  ) throws {
    let trained = try run.trainedClasses()
    classes = trained.all
    if let label = target.classes.first(where: { !trained.contains($0) }) {
      throw ExplanationError.untrainedClass(label, trained: trained.list)
    }
    explainer = try Explainer(
      network: try run.network(weights), isTrained: classes.map(trained.contains), stages: stages,
      pool: pool)
    check = try TrainingPagesCheck(of: run, weights: weights)
    preprocessing = run.record.settings.preprocessing
    self.stages = stages
    self.target = target
    self.maximumMegapixels = maximumMegapixels
  }

  /// Explains one file.
  func explain(_ path: String) throws -> ExplainedPage {
    let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
    let seen = try preprocessing.crop.seen(of: page, path: path)
    let explanation = preprocessing.square(of: seen).pixels.withUnsafeBufferPointer { pixels in
      guard let start = pixels.baseAddress else { preconditionFailure("\(path): an empty square") }
      return explainer.explain(pixels: start, target: target)
    }
    return ExplainedPage(
      path: path, seen: seen,
      prediction: Prediction(
        item: path, ecg: "", truth: nil, logits: explanation.logits, classes: classes),
      maps: explanation.maps, areas: LocatedLayout(on: page)?.areas,
      comparison: check.comparison(
        of: PageAppearance(of: page), features: explanation.features))
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
  /// The run holds another network than the explanation needs, or the target is none of its classes.
  public var exitStatus: ExitStatus {
    switch self {
    case .noStage: .badData
    case .untrainedClass: .usage
    }
  }
}
