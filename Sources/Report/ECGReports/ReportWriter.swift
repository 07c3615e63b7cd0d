// The report's sections in their order.

import ECGFigures
import ECGMetrics
import ECGPlotting
import ECGTerms

/// Fills a composer with the sections that there are values for.
struct ReportWriter {
  let content: ReportContent
  let style: FigureStyle
  var composer: Composer
  private var figureCount = 0
  private var tableCount = 0

  init(content: ReportContent, style: FigureStyle) {
    self.content = content
    self.style = style
    composer = Composer(
      typeface: style.typeface, watermark: content.splitProtocol.leaks ? "LEAKING PROTOCOL" : nil)
  }

  mutating func write() throws {
    try writeFirstPage()
    try writeSections()
    try writeData()
    try writeTraining()
    try writeResults()
    try writeWeights()
    try writeHeatMaps()
    composer.breakPage()
    try writeBranches()
    try writeFolds()
    writeClaims()
    composer.breakPage()
    writeSettings()
  }

  // MARK: Sections after the first page

  private mutating func writeData() throws {
    guard !content.samples.isEmpty || content.region != nil else { return }
    composer.breakPage()
    composer.section("Data")
    if !content.samples.isEmpty {
      try add(
        SamplePagesFigure(samples: content.samples),
        "A page of each class as it lies in the folder, with the number of distinct ECGs of the "
          + "class. Examples, not typical cases.")
    }
    if let region = content.region {
      try add(
        region,
        "a, a page with the region that is kept. b, what the network sees: "
          + "\(region.input.width) \u{00D7} \(region.input.height) pixels, aspect not kept, drawn "
          + "without smoothing.")
    }
  }

  private mutating func writeTraining() throws {
    guard let curves = content.curves, !curves.epochs.isEmpty else { return }
    composer.breakPage()
    composer.section("Training")
    try add(
      curves,
      "Loss and accuracy by epoch. Training figures are means over the epoch\u{2019}s augmented "
        + "draws; test figures were read after each epoch and chose nothing.")
    for sentence in EpochSummary(curves: curves, weightsName: content.weightsName).sentences {
      composer.paragraph(sentence)
    }
  }

  private mutating func writeResults() throws {
    guard let metrics = content.metrics else { return }
    composer.section("Results")
    if let confusion = content.confusion {
      try add(
        confusion,
        "Confusion matrix of the test set (\(content.weightsName)). Rows: true class; columns: "
          + "predicted; counts"
          + (metrics.repeats == 1 ? "" : ", summed over \(metrics.repeats) repeats,")
          + " and percentages of the row.", width: FigureWidth.singleColumn)
    }
    if let table = content.classTable {
      try add(
        table,
        "Figures of each class, one against the rest, and their unweighted means"
          + (content.published == nil
            ? "." : "; in gray, the published ones."),
        isTable: true)
    }
    if !metrics.notes.isEmpty {
      composer.list(metrics.notes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })
    }
  }

  private mutating func writeWeights() throws {
    guard content.beatWeights != nil || content.measureWeights != nil else { return }
    composer.breakPage()
    composer.section("What speaks for each class")
    if let beats = content.beatWeights {
      try add(
        beats, "The mean beat of each class by lead, colored by the linear network's weights.")
    }
    if let measures = content.measureWeights {
      try add(measures, "The measures with the greatest weights.")
    }
  }

  private mutating func writeHeatMaps() throws {
    for (index, section) in content.heatMaps.enumerated() where !section.figure.cases.isEmpty {
      if index == 0 {
        composer.breakPage()
        composer.section("Heat maps")
      }
      try add(section.figure, section.caption)
    }
  }

  private mutating func writeBranches() throws {
    guard let ablation = content.ablation, !ablation.variants.isEmpty else { return }
    composer.section("Branches")
    try add(
      ablation,
      "Accuracy on the test set with each branch\u{2019}s features set to zero at inference. It "
        + "measures the trained network\u{2019}s dependence on the branch, not what a network trained without it "
        + "would reach.")
  }

  private mutating func writeFolds() throws {
    guard let folds = content.folds, !folds.folds.isEmpty else { return }
    composer.section("Cross-validation")
    try add(
      folds,
      "Figures of each fold\u{2019}s held-out part. The standard deviation between folds is a "
        + "spread and no confidence interval.")
  }

  private mutating func writeClaims() {
    guard !content.claims.isEmpty || !content.limits.isEmpty else { return }
    composer.section("Claims and limits")
    if !content.claims.isEmpty {
      composer.subheading("What these numbers can show")
      composer.list(content.claims)
    }
    if !content.limits.isEmpty {
      composer.subheading("What they cannot")
      composer.list(content.limits)
    }
  }

  private mutating func writeSettings() {
    if !content.settings.isEmpty {
      composer.section("Settings")
      for group in content.settings where !group.facts.isEmpty {
        composer.subheading(group.title)
        composer.facts(group.facts)
      }
    }
    if !content.environment.isEmpty || content.commandLine != nil {
      composer.section("Environment")
      if let command = content.commandLine {
        composer.box(title: "Command", text: command, edge: Ink.rule)
      }
      composer.facts(content.environment)
    }
    if let credit = content.imageCredit {
      composer.section("Credits")
      composer.paragraph(credit, style: ReportText.fact, leading: 1.34)
    }
  }

  // MARK: Numbering

  mutating func add(
    _ figure: any Figure, _ caption: String, width: Double? = nil, isTable: Bool = false
  ) throws {
    var style = style
    let column = ReportSheet.columnWidth * 25.4 / 72
    let margins = 2 * FigureStyle.margin * 25.4 / 72
    style.widthMillimetres = min(width ?? column, column) + margins
    let drawing = try figure.drawing(style: style)
    composer.figure(drawing, caption: (nextLabel(isTable: isTable), caption))
  }

  mutating func nextLabel(isTable: Bool) -> String {
    if isTable { tableCount += 1 } else { figureCount += 1 }
    return isTable ? "Table \(tableCount)" : "Figure \(figureCount)"
  }
}
