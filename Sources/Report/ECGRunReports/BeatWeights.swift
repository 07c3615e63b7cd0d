// The weights of a linear network on beats, as figures.

import ECGBaselines
import ECGDatasets
import ECGFigures
import ECGNetworks
import ECGTerms
import ECGTraining

/// What speaks for each class in a `beats-linear` run.
package struct BeatWeights {
  /// Over the mean beats.
  package let beats: BeatWeightsFigure
  /// Of the measures.
  package let measures: MeasureWeightsFigure
  /// How the penalty was found.
  package let penalty: PenaltySearch?

  /// The weights of a run; `nil` for another network.
  package init?(of run: FinishedRun, network: Network, table: BeatTable) throws {
    guard network.specification.kind == .beatsLinear else { return nil }
    let record = try BeatsRecord(of: run.folder)
    let weight = network.tensors().first { $0.name == "linear.weight" }
    guard let weight else { return nil }
    let width = weight.shape[1]
    let split = try run.split()
    let classes = split.classList
    func weights(_ feature: Int) -> [Double] {
      classes.map { Double(weight.values[$0.index * width + feature]) }
    }
    let places = split.pageNumbers
    var rows: [DiagnosticClass: Set<Int>] = [:]
    for item in split.items where item.part == .train {
      rows[item.class, default: []].insert(places.index(of: item.ecg))
    }
    func mean(_ feature: Int, _ label: DiagnosticClass) -> Double? {
      let values = (rows[label] ?? []).sorted().compactMap { table.rows[$0].values[feature] }
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    let first = BeatFeatures.flagged.count
    let times = BeatFeatures.beatTimes
    let count = rows.values.reduce(0) { $0 + $1.count }
    beats = BeatWeightsFigure(
      beats: classes.flatMap { label in
        Lead.allCases.enumerated().map { number, lead in
          let features = times.indices.map { first + number * times.count + $0 }
          return BeatWeightsFigure.Beat(
            diagnosis: label, lead: lead, millivolts: features.map { mean($0, label) },
            weights: features.map {
              weights($0)[label.index] / record.scaling.deviations[$0]
            })
        }
      }, times: times, count: count)
    measures = MeasureWeightsFigure(
      measures: BeatFeatures.flagged.map {
        .init(name: BeatFeatures.names[$0], weights: weights($0))
      }, classes: classes, count: count)
    penalty = record.penalty
  }
}
