// What `explain` leaves for a page: the raw map as numbers and the page under it.

import ECGExplanations
import ECGFigures
import ECGFiles
import ECGNetworks
import ECGPlotting
import ECGTerms
import ECGTraining
import Foundation

/// One explained page and stage, as `--json` prints it.
struct ExplanationLine: Encodable {
  /// A lead's score.
  struct Score: Encodable {
    let share: Double
    let density: Double
  }

  let path: String
  let predicted: String
  let target: String
  let method = ExplanationMethod.gradCAM.rawValue
  let stage: String
  let map: String
  let page: String
  let leads: [String: Score]?
  let outside: Double?

  private enum CodingKeys: String, CodingKey {
    case path, predicted, target, method, stage, map, page, leads, outside
  }

  /// The line as people read it.
  var text: String {
    let top = (leads ?? [:]).sorted { ($1.value.density, $0.key) < ($0.value.density, $1.key) }
    let words = top.prefix(3).map { "\($0.key) \(($0.value.share * 100).formatted(digits: 0)) %" }
    return "\(path): read as \(predicted), \(stage) for \(target): \(page)"
      + (words.isEmpty ? "" : " (densest: \(words.joined(separator: ", ")))")
  }
}

/// A folder that explanations are written to.
struct ExplanationFolder {
  /// Made when missing.
  let path: String
  /// How figures are drawn.
  let style: FigureStyle
  /// The run's weights that the maps are of.
  let weights: WeightsChoice

  /// Writes `NAME.npy` (raw, signed), `NAME.pdf`, `.svg` and `.csv`; the name holds all that
  /// distinguishes the map, see ``name(of:_:target:)``.
  func write(_ page: ExplainedPage, _ stage: Stage, target: ExplanationTarget) throws
    -> ExplanationLine
  {
    guard let map = page.maps[stage] else { preconditionFailure("no map of \(stage.rawValue)") }
    let name = try name(of: page.path, stage, target: target)
    try createFolder(path)
    try NumPyArray.write(map.values, shape: [map.height, map.width], to: "\(path)/\(name).npy")
    let predicted = page.prediction.predicted
    let caption = "Read as \(predicted.name), p = \(share(page.probability(of: predicted)))"
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
      map: "\(path)/\(name).npy", page: "\(path)/\(name).pdf", leads: leads,
      outside: scores?.outside)
  }

  /// The name of a map's files: `FOLDER-PAGE.DIGEST.METHOD.STAGE.TARGET.WEIGHTS`.
  ///
  /// The page's folder and name are there to be read; the digest, eight digits of the SHA-256 of the
  /// page's path and bytes, keeps pages of equal names apart.
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
      stage.rawValue, target.argument, weights.rawValue,
    ].joined(separator: ".")
  }
}

extension ExplainedPage {
  /// The probability of a class.
  func probability(of label: DiagnosticClass) -> Double {
    prediction.probabilities[label.rawValue]
  }
}

/// Name and unit of a map's numbers.
func heatQuantity(_ target: ExplanationTarget, _ stage: Stage) -> String {
  let subject =
    switch target {
    case .predicted: "the predicted class"
    case .logit(let label): label.name
    case .difference(let above, let below): "\(above.name) over \(below.name)"
    }
  return "Grad-CAM for \(subject), \(stage.rawValue), logit units"
}
