// Explains a network's answer on a page file: maps over what the network saw, and lead scores.

import ECGDatasets
import ECGExplanations
import ECGLayouts
import ECGNetworks
import ECGParallel
import ECGRaster
import ECGTerms
import ECGTraces
import ECGTraining

/// A page with what its network saw and said.
public struct ExplainedPage {
  /// The file.
  public let path: String
  /// The page as the network saw it, and the part that it saw.
  public let seen: SeenPage
  /// The network's answer.
  public let prediction: Prediction
  /// One raw, signed map a stage.
  public let maps: [Stage: AttributionMap]
  /// Where the leads lie, in the file's pixels; `nil` where no known layout was found.
  public let areas: LeadAreas?
  /// How the page compares with the run's training pages.
  public let comparison: PageComparison

  /// Where the leads lie on the page as the network saw it.
  public var seenAreas: LeadAreas? { areas?.mapped(seen.turn.onLevelPage) }

  /// How a stage's map is spread over the leads; `nil` without a layout or anything positive.
  public func scores(_ stage: Stage) -> LeadScores? {
    guard let map = maps[stage], let seenAreas else { return nil }
    return LeadScores(heat: map.heat, crop: seen.part, areas: seenAreas)
  }

  /// Where the cells of a stage's map lie on the page.
  public func cells(_ stage: Stage) -> CellPlaces? {
    maps[stage].map { CellPlaces(of: $0, on: seen) }
  }
}

/// Where the cells of a map lie on a page, in the file's pixels: the center of the cell in row r and
/// column c is `origin + c * column + r * row`.
public struct CellPlaces: Equatable, Encodable {
  /// The center of the first cell, x and y.
  public let origin: [Double]
  /// From a cell to the next one across.
  public let column: [Double]
  /// From a cell to the next one down.
  public let row: [Double]

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
public struct PageExplainer {
  private let explainer: Explainer
  private let classes: ClassList
  private let check: TrainingPagesCheck
  private let preprocessing: Preprocessing
  private let maximumMegapixels: Double

  /// The stages that the explainer gives maps of.
  public let stages: [Stage]
  /// What it explains.
  public let target: ExplanationTarget

  /// An explainer with some of a run's weights.
  ///
  /// - Throws: `ExplanationError` where the network has no such stage or training had no such class.
  public init(
    of run: FinishedRun, weights: WeightsChoice = .last, stages: [Stage] = [.layer4],
    target: ExplanationTarget = .predicted,
    maximumMegapixels: Double = Image.defaultMaximumMegapixels, pool: WorkerPool
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
  public func explain(_ path: String) throws -> ExplainedPage {
    let page = try Image(contentsOf: path, maximumMegapixels: maximumMegapixels)
    let seen = try preprocessing.crop.seen(of: page, path: path)
    let explanation = explainer.explain(planes: preprocessing.planes(of: seen), target: target)
    return ExplainedPage(
      path: path, seen: seen,
      prediction: Prediction(
        item: path, ecg: "", truth: nil, logits: explanation.logits, classes: classes),
      maps: explanation.maps, areas: LocatedLayout(on: page)?.areas,
      comparison: check.comparison(
        of: PageAppearance(of: page), features: explanation.features))
  }
}
