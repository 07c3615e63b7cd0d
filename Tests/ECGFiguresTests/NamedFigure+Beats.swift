// The figures of baselines and weights, with usual and extreme values.

import ECGFigures
import ECGMetrics
import ECGTerms

extension NamedFigure {
  static let baselines: [NamedFigure] = {
    func rows(_ names: [String], _ counts: [[Int]]) -> BaselinesFigure {
      BaselinesFigure(
        rows: names.map { .init(name: $0, figures: SampleValues.metrics(counts)) })
    }
    func beats(_ times: [Int], _ value: Double?, _ weight: Double) -> BeatWeightsFigure {
      BeatWeightsFigure(
        beats: ClassList.archive.flatMap { label in
          Lead.allCases.map { lead in
            .init(
              diagnosis: label, lead: lead,
              millivolts: times.map { time -> Double? in
                let share = Double(1 + label.index) / Double(1 + abs(time) / 20)
                return value.map { $0 * share }
              },
              weights: times.map { time -> Double in
                let step = (time + 7 * label.index) % 50
                return weight * Double(step) / 50
              })
          }
        }, times: times, count: 314)
    }
    func measures(_ count: Int, _ weight: Double) -> MeasureWeightsFigure {
      MeasureWeightsFigure(
        measures: (0..<count).map { index -> MeasureWeightsFigure.Measure in
          let name = index % 2 == 0 ? "V\(index % 6 + 1)_st_j60_mv" : "qtc_fridericia_ms"
          let weights = (0..<4).map { place -> Double in
            let step = (index * 5 + place * 3) % 17 - 8
            return weight * Double(step) / 8
          }
          return .init(name: name, weights: weights)
        }, count: 314)
    }
    let times = Array(stride(from: -250, to: 450, by: 10))
    return [
      .init(
        "baselines", rows(["hybrid", "beats-linear", "heart rate alone"], SampleValues.counts)),
      .init("baselines-long", rows(SampleValues.longNames, SampleValues.counts)),
      .init("baselines-none", rows(["hybrid"], SampleValues.noCounts)),
      .init("beat-weights", beats(times, 0.8, 0.4)),
      .init("beat-weights-tall", beats(times, 5, -300)),
      .init("beat-weights-none", beats(times, nil, 0)),
      .init("measure-weights", measures(117, 0.7)),
      .init("measure-weights-few", measures(2, 1e-9)),
      .init("measure-weights-none", measures(0, 1)),
    ]
  }()
}
