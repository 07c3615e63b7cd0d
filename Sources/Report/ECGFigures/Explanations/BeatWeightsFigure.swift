// What speaks for each class in the twelve leads' beats: a linear network's weights over mean beats.

import ECGFiles
import ECGPlotting
import ECGTerms

/// The mean beat of each class by lead, colored by a linear network's weights.
public struct BeatWeightsFigure: Figure {
  /// A class in a lead.
  public struct Beat: Equatable, Sendable {
    /// The class.
    public let diagnosis: DiagnosticClass
    /// The lead.
    public let lead: Lead
    /// The class's mean beat in mV, one value a time; `nil` where no ECG shows it.
    public let millivolts: [Double?]
    /// What a millivolt more at each time adds to the class's logit.
    public let weights: [Double]

    /// A beat; as many weights as values.
    public init(
      diagnosis: DiagnosticClass, lead: Lead, millivolts: [Double?], weights: [Double]
    ) {
      precondition(millivolts.count == weights.count, "\(weights.count) weights")
      (self.diagnosis, self.lead) = (diagnosis, lead)
      (self.millivolts, self.weights) = (millivolts, weights)
    }
  }

  /// Every class in every lead.
  public let beats: [Beat]
  /// Where each value's time begins, in ms from the R peak.
  public let times: [Int]
  /// ECGs that the means are of.
  public let count: Int

  /// A figure of beats that share their times.
  public init(beats: [Beat], times: [Int], count: Int) {
    precondition(beats.allSatisfy { $0.weights.count == times.count }, "beats of other lengths")
    (self.beats, self.times, self.count) = (beats, times, count)
  }

  /// The weights.
  public var title: String { "What speaks for each class in the leads' beats" }

  /// One row a class, lead and time.
  public var csv: CSVTable {
    CSVTable(
      header: ["class", "lead", "time_ms", "mean_mv", "weight_per_mv"],
      rows: beats.flatMap { beat in
        times.indices.map { index in
          [
            beat.diagnosis.key, beat.lead.rawValue, String(times[index]),
            exactText(beat.millivolts[index]), exactText(beat.weights[index]),
          ]
        }
      })
  }

  /// Draws a row of leads a class, all at one scale.
  public func draw(on canvas: inout Canvas) {
    let label = FigureText.label
    let classes = Set(beats.map(\.diagnosis)).sorted { $0.index < $1.index }
    let left = label.size * 1.6
    let top = label.size * 1.6
    let width = (canvas.width - left) / Double(Lead.allCases.count)
    let voltages = beats.flatMap { $0.millivolts.compactMap(\.self) }
    let (low, high) = (min(-0.2, voltages.min() ?? 0), max(0.2, voltages.max() ?? 0))
    // With many classes the rows are lower, so that all are on one page.
    let scale = min(40.0, min(84, 520 / Double(max(1, classes.count))) / (high - low))
    let names = classes.map { canvas.typeface.width(of: $0.shortName, style: label) }
    let height = max((high - low) * scale, min(names.max() ?? 0, 40)) + (classes.count > 6 ? 4 : 8)
    let magnitudes = beats.flatMap { $0.weights.map(abs) }.sorted()
    // The strongest three hundredths share the full color, so that single weights do not pale all.
    let limit = max(magnitudes.isEmpty ? 1 : magnitudes[(magnitudes.count - 1) * 97 / 100], 1e-9)
    for (column, lead) in Lead.allCases.enumerated() {
      canvas.write(
        lead.rawValue, at: Point(left + (Double(column) + 0.5) * width, top - 3), style: label,
        anchor: .middle, vertical: .bottom)
    }
    for (row, diagnosis) in classes.enumerated() {
      let zero = top + Double(row) * height + 4 + high * scale
      canvas.write(
        canvas.typeface.fitted(diagnosis.shortName, style: label, width: height - 2),
        at: Point(label.size, top + (Double(row) + 0.5) * height),
        style: label, anchor: .middle, direction: .upwards)
      for (column, lead) in Lead.allCases.enumerated() {
        guard let beat = beats.first(where: { $0.diagnosis == diagnosis && $0.lead == lead })
        else { continue }
        let x = LinearScale(
          domain: 0...Double(max(1, times.count - 1)), from: left + Double(column) * width + 2,
          to: left + Double(column + 1) * width - 2)
        draw(beat, on: &canvas, zero: zero, scale: scale, x: { x(Double($0)) }, limit: limit)
      }
    }
    let foot = top + Double(classes.count) * height + 4
    drawScales(on: &canvas, at: Point(left, foot), scale: scale, width: width, limit: limit)
    canvas.height = foot + 24
    addNote(
      "Mean beats of training ECGs, n = \(countText(count)), \(times.first ?? 0) to "
        + "\((times.last ?? 0) + 10) ms around R. Red: more voltage here speaks for the class; blue: "
        + "against it. The measures have weights of their own.", to: &canvas)
  }

  private func draw(
    _ beat: Beat, on canvas: inout Canvas, zero: Double, scale: Double, x: (Int) -> Double,
    limit: Double
  ) {
    canvas.line(
      Point(x(0), zero), Point(x(times.count - 1), zero), Stroke(Ink.rule, width: 0.3))
    let half = 1.8
    for index in times.indices.dropLast() {
      guard let from = beat.millivolts[index], let to = beat.millivolts[index + 1] else { continue }
      let (a, b) = (zero - from * scale, zero - to * scale)
      let weight = (beat.weights[index] + beat.weights[index + 1]) / 2 / limit
      canvas.draw(
        Path([
          .move(Point(x(index), a - half)), .line(Point(x(index + 1), b - half)),
          .line(Point(x(index + 1), b + half)), .line(Point(x(index), a + half)), .close,
        ]), fill: ColorMap.diverging.color(weight))
    }
    for index in times.indices.dropLast() {
      guard let from = beat.millivolts[index], let to = beat.millivolts[index + 1] else { continue }
      canvas.line(
        Point(x(index), zero - from * scale), Point(x(index + 1), zero - to * scale),
        Stroke(Ink.text, width: 0.35))
    }
  }

  /// A millivolt, 200 ms, and the colors.
  private func drawScales(
    on canvas: inout Canvas, at corner: Point, scale: Double, width: Double, limit: Double
  ) {
    let small = FigureText.small
    let tall = 0.5 * scale
    let step = (width - 4) / Double(max(1, times.count - 1)) * 20
    let stroke = Stroke(Ink.text, width: 0.7)
    canvas.line(Point(corner.x, corner.y), Point(corner.x, corner.y + tall), stroke)
    canvas.line(
      Point(corner.x, corner.y + tall), Point(corner.x + step, corner.y + tall), stroke)
    canvas.write(
      "0.5 mV, 200 ms", at: Point(corner.x + step + 4, corner.y + tall), style: small)
    let bar = Box(x: canvas.width - 130, y: corner.y, width: 120, height: 5)
    let cells = 60
    for cell in 0..<cells {
      let value = 2 * (Double(cell) + 0.5) / Double(cells) - 1
      canvas.draw(
        .rectangle(
          Box(
            x: bar.x + bar.width * Double(cell) / Double(cells), y: bar.y,
            width: bar.width / Double(cells) + 0.2, height: bar.height)),
        fill: ColorMap.diverging.color(value))
    }
    for (place, value) in [(0.0, -limit), (0.5, 0), (1, limit)] {
      canvas.write(
        weightText(value), at: Point(bar.x + bar.width * place, bar.maxY + 2),
        style: small, anchor: .middle, vertical: .top)
    }
    canvas.write(
      "logit per mV", at: Point(bar.x - 6, bar.midY), style: small, anchor: .trailing,
      vertical: .middle)
  }
}
