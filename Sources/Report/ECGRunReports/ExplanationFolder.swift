// What `explain` leaves for a page: the raw map as numbers and the page under it.

import ECGExplanations
import ECGFigures
import ECGFiles
import ECGInference
import ECGLayouts
import ECGNetworks
import ECGPlotting
import ECGResults
import ECGTerms
import ECGTraining
import Foundation

/// One explained page and stage, as `--json` prints it.
package struct ExplanationLine {
  /// A lead's score.
  package struct Score: Encodable {
    package let share: Double
    package let density: Double
  }

  package let path: String
  package let predicted: String
  package let target: String
  package let stage: String
  package let map: String
  package let page: String
  /// Where the map's cells lie on the page.
  package let cells: CellPlaces
  /// Where the leads lie on the page; `nil` where no known layout was found.
  package let areas: LeadAreas?
  package let leads: [String: Score]?
  package let outside: Double?
  /// How the page compares with the run's training pages.
  package let comparison: PageComparison

  /// The line as people read it.
  package var text: String {
    let top = (leads ?? [:]).sorted { ($1.value.density, $0.key) < ($0.value.density, $1.key) }
    let words = top.prefix(3).map {
      "\($0.key) with \(($0.value.share * 100).formatted(digits: 0)) % of the attribution"
    }
    return "\(path): read as \(predicted), \(stage) for \(target): \(page)"
      + (words.isEmpty ? "" : " (highest density: \(words.joined(separator: ", ")))")
      + (areas == nil ? " (unknown layout: no lead scores)" : "") + comparison.note
  }
}

extension ExplanationLine: Encodable {
  private enum CodingKeys: String, CodingKey {
    case path, predicted, target, method, stage, map, page, cells, layout, boxes, leads, outside
    case why
    case unlikeTraining = "unlike_training"
  }

  /// Writes every key; `null` for what is not known.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(path, forKey: .path)
    try values.encode(predicted, forKey: .predicted)
    try values.encode(target, forKey: .target)
    try values.encode(ExplanationMethod.gradCAM.rawValue, forKey: .method)
    try values.encode(stage, forKey: .stage)
    try values.encode(map, forKey: .map)
    try values.encode(page, forKey: .page)
    try values.encode(cells, forKey: .cells)
    try values.encode(areas?.layout, forKey: .layout)
    let boxes = areas.map { areas in
      Dictionary(
        uniqueKeysWithValues: areas.named.map { ($0.name, $0.area.corners.map { [$0.x, $0.y] }) })
    }
    try values.encode(boxes, forKey: .boxes)
    try values.encode(leads, forKey: .leads)
    try values.encode(outside, forKey: .outside)
    try values.encode(comparison.isUnlike, forKey: .unlikeTraining)
    try values.encode(comparison.why, forKey: .why)
  }
}

/// A folder that explanations are written to.
package struct ExplanationFolder {
  /// Made when missing.
  package let path: String
  /// How figures are drawn.
  package let style: FigureStyle
  /// The run's weights that the maps are of.
  private let weights: WeightsChoice
  /// Their digest.
  private let digest: SHA256Digest

  /// A folder for maps of a run's weights.
  ///
  /// - Throws: `FileError` where the weights cannot be read.
  package init(
    _ path: String, style: FigureStyle, of run: RunFolder, weights: WeightsChoice
  ) throws(FileError) {
    (self.path, self.style, self.weights) = (path, style, weights)
    digest = try SHA256Digest.of(file: run.weights(weights))
  }

  /// Writes `NAME.npy` (raw, signed), `NAME.pdf`, `.svg` and `.csv`; the name holds all that
  /// distinguishes the map, see ``name(of:_:target:)``.
  package func write(_ page: ExplainedPage, _ stage: Stage, target: ExplanationTarget) throws
    -> ExplanationLine
  {
    guard let map = page.maps[stage], let cells = page.cells(stage) else {
      preconditionFailure("no map of \(stage.rawValue)")
    }
    let name = try name(of: page.path, stage, target: target)
    try createFolder(path)
    try NumPyArray.write(map.values, shape: [map.height, map.width], to: "\(path)/\(name).npy")
    let predicted = page.prediction.predicted
    let caption =
      "Read as \(predicted.name), p = \(shareText(page.probability(of: predicted)))"
      + (page.comparison.isUnlike == true ? "; unlike the training pages" : "")
    let figure = HeatMapFigure(
      cases: [page.figureCase(stage, path: page.path, caption: caption)].compactMap { $0 },
      quantity: heatQuantity(target, stage), signed: false)
    try figure.write(to: path, name: name, style: style)
    let scores = page.scores(stage)
    var leads = scores.map { scores in
      Dictionary(
        uniqueKeysWithValues: scores.leads.map {
          ($0.key.rawValue, ExplanationLine.Score(share: $0.value.share, density: $0.value.density))
        })
    }
    if let rhythm = scores?.rhythm {
      leads?["rhythm"] = .init(share: rhythm.share, density: rhythm.density)
    }
    return ExplanationLine(
      path: page.path, predicted: predicted.key, target: target.argument, stage: stage.rawValue,
      map: "\(path)/\(name).npy", page: "\(path)/\(name).pdf", cells: cells,
      areas: page.areas, leads: leads, outside: scores?.outside,
      comparison: page.comparison)
  }

  /// The name of a map's files: `FOLDER-PAGE.DIGEST.METHOD.STAGE.TARGET.WEIGHTS-DIGEST`.
  ///
  /// The page's folder and name are there to be read; the digest, eight digits of the SHA-256 of the
  /// page's path and bytes, keeps pages of equal names apart. That of the file of weights does so for
  /// runs.
  ///
  /// - Throws: `FileError` where the page cannot be read.
  private func name(
    of path: String, _ stage: Stage, target: ExplanationTarget
  ) throws -> String {
    var hasher = SHA256Hasher()
    hasher.update(Data(path.utf8))
    hasher.update(try readFile(path))
    let joined = path.split(separator: "/").suffix(2).joined(separator: "-")
    let page = (joined as NSString).deletingPathExtension
    return [
      page, String(hasher.finish().description.prefix(8)), ExplanationMethod.gradCAM.rawValue,
      stage.rawValue, target.argument,
      "\(weights.rawValue)-\(digest.description.prefix(8))",
    ].joined(separator: ".")
  }
}

package extension ExplainedPage {
  /// The probability of a class.
  func probability(of label: DiagnosticClass) -> Double {
    prediction.probabilities[label.index]
  }
}

/// Name and unit of a map's numbers.
package func heatQuantity(_ target: ExplanationTarget, _ stage: Stage) -> String {
  let subject =
    switch target {
    case .predicted: "the predicted class"
    case .logit(let label): label.name
    case .difference(let above, let below): "\(above.name) over \(below.name)"
    }
  return "Grad-CAM for \(subject), \(stage.rawValue), logit units"
}
