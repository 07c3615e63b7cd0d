// Prediction of a page's class without its traces.

import ECGBaselines
import ECGDatasets
import ECGFiles
import ECGMeasures
import ECGMetrics
import ECGParallel
import ECGRandom
import ECGRaster
import ECGTerms
import ECGTraces
import Foundation

/// How a data set is probed.
public struct ProbePlan: Equatable, Sendable, Codable {
  /// Folds of the cross-validation, by group.
  public var folds: Int
  /// How often the data are parted again.
  public var repeats: Int
  /// Of the folds and of the intervals.
  public var seed: UInt64

  /// A plan.
  public init(folds: Int = 5, repeats: Int = 1, seed: UInt64 = 0) {
    precondition(folds >= 3 && repeats >= 1, "\(folds) folds, \(repeats) repeats")
    (self.folds, self.repeats, self.seed) = (folds, repeats, seed)
  }

  /// The crops that are compared.
  public static let crops = [CropRule.none, .paper, .frame]
}

/// What the models of a probe see of each distinct ECG.
public struct ProbedPages: Sendable {
  /// What one model sees.
  struct Input: Hashable, Sendable {
    let view: ProbeView
    /// `nil` where no crop changes it.
    let crop: String?

    /// The crop.
    var rule: CropRule {
      guard let crop else { return CropRule.none }
      guard let rule = CropRule(argument: crop) else {
        preconditionFailure("\(crop) is not a crop")
      }
      return rule
    }
  }

  /// One page an ECG, in the order of the ECGs.
  let items: [DatasetItem]
  /// one row per page; `nil` where none of it is left.
  let features: [Input: [[Double?]]]
  /// Pages whose kind is not known, or whose traces cannot be read.
  public let unread: Int

  /// The inputs of all views, in the order of a table.
  static let inputs = ProbeView.allCases.flatMap { view in
    view.kind == .picture
      ? ProbePlan.crops.map { Input(view: view, crop: $0.argument) }
      : [Input(view: view, crop: nil)]
  }

  /// Looks at every distinct ECG once.
  ///
  /// - Parameters:
  ///   - dataset: The data.
  ///   - maximumMegapixels: Larger pages are refused.
  ///   - pool: The threads.
  ///   - progress: Told after each page.
  /// - Throws: `ImageError` or `FileError` of the first page that cannot be decoded.
  public init(
    of dataset: Dataset, maximumMegapixels: Double = Image.defaultMaximumMegapixels,
    pool: WorkerPool, progress: ReadingProgress? = nil
  ) throws {
    var seen = Set<String>()
    items = dataset.items.filter { seen.insert($0.ecg).inserted }
    let paths = items.map(dataset.filePath)
    let counter = ProgressCounter(total: paths.count, progress)
    let looked = pool.map(paths.count) { index in
      defer { counter.advance() }
      return Result { try Self.look(at: paths[index], maximumMegapixels: maximumMegapixels) }
    }
    let pages = try looked.map { try $0.get() }
    unread = pages.count { !$0.isRead }
    var features: [Input: [[Double?]]] = [:]
    for input in Self.inputs where input.view != .majority {
      let rows = pages.map { page in
        guard let row = page.features[input] else { preconditionFailure("\(input) was not seen") }
        return row
      }
      guard rows.contains(where: { $0.contains { $0 != nil } }) else { continue }
      features[input] = rows
    }
    self.features = features
  }

  private struct Looked {
    let isRead: Bool
    let features: [Input: [Double?]]
  }

  private static func look(at path: String, maximumMegapixels: Double) throws -> Looked {
    let file = try readFile(path)
    let page = try Image(decoding: file, path: path, maximumMegapixels: maximumMegapixels)
    let reading = try? readPage(page, path: path)
    let regions = PageRegions(page, reading: reading)
    let measured = reading.map { MeasuredRecording($0.recording) }
    let beats =
      measured.map { BeatFeatures($0).values }
      ?? [Double?](repeating: nil, count: BeatFeatures.names.count)
    var features: [Input: [Double?]] = [:]
    for input in inputs {
      features[input] =
        switch input.view {
        case .majority: []
        case .file: FileProperties(file, of: page).features
        case .heartRate: [measured?.measures.rhythm.heartRate]
        case .measures: Array(beats.dropLast(Lead.allCases.count * BeatFeatures.beatTimes.count))
        case .beats: beats
        case .template:
          regions.cells(.template, crop: input.rule)
            + stripLead(reading)
        case .header, .footer, .date, .margins:
          regions.cells(input.view, crop: input.rule)
        }
    }
    return Looked(isRead: reading != nil, features: features)
  }

  /// One of twelve, as the strip's trace is identified among the leads.
  private static func stripLead(_ reading: PageReading?) -> [Double?] {
    Lead.allCases.map { lead in
      guard let reading else { return nil }
      return reading.strip?.lead == lead ? 1 : 0
    }
  }
}

extension ProbedPages {
  /// Tests every model over the folds.
  ///
  /// - Parameters:
  ///   - dataset: The data, with their groups.
  ///   - plan: Folds, repeats, seed.
  ///   - pool: The threads.
  ///   - progress: Told after each model and repeat.
  /// - Throws: `DatasetError` where the data cannot be parted, `LogisticRegressionError`.
  public func probe(
    _ dataset: Dataset, _ plan: ProbePlan, pool: WorkerPool, progress: ReadingProgress? = nil
  ) throws -> ProbeResult {
    let labels = items.map(\.class.index)
    let folds = try (0..<plan.repeats).map { round -> [Int] in
      let split = try Split.make(
        dataset: dataset, protocol: .grouped, innerFraction: 0, folds: plan.folds,
        seed: repeatSeed(plan.seed, round))
      let foldOf = Dictionary(split.items.map { ($0.ecg, $0.fold) }) { first, _ in first }
      return items.map { item in
        guard let fold = foldOf[item.ecg] else {
          preconditionFailure("\(item.path): not in the split")
        }
        return fold
      }
    }
    let shown = Self.inputs.filter { features[$0] != nil }
    let tasks = folds.indices.flatMap { round in shown.map { (round, $0) } }
    let counter = ProgressCounter(total: tasks.count, progress)
    let classes = dataset.classes.count
    let answers = pool.map(tasks.count) { number in
      defer { counter.advance() }
      let (round, input) = tasks[number]
      guard let rows = features[input] else { preconditionFailure("\(input) has no features") }
      return Result {
        try ProbeModel(features: rows, labels: labels, classes: classes, folds: folds[round])
          .probabilities()
      }
    }
    var probabilities: [Input: [[[Double]]]] = [:]
    for ((_, input), answer) in zip(tasks, answers) {
      probabilities[input, default: []].append(try answer.get())
    }
    probabilities[Input(view: .majority, crop: nil)] = folds.map {
      majority(labels, $0, classes: classes)
    }
    let groups = items.map(\.group)
    let rows = Self.inputs.map { input in
      ProbeResult.Row(
        view: input.view, crop: input.crop,
        figures: probabilities[input].map { rounds in
          ClassificationMetrics(
            repeats: rounds.map {
              TestRepeat(true: labels, probabilities: $0, groups: groups)
            }, keys: dataset.classes.map(\.key),
            bootstrap: GroupBootstrap(resamples: 2000, seed: plan.seed))
        })
    }
    return ProbeResult(
      plan: plan, ecgs: items.count, groups: Set(groups).count, classes: Set(labels).count,
      unread: unread, rows: rows)
  }

  /// The shares of the classes in the other folds.
  private func majority(_ labels: [Int], _ folds: [Int], classes: Int) -> [[Double]] {
    labels.indices.map { sample in
      let others = labels.indices.filter { folds[$0] != folds[sample] }
      return (0..<classes).map { label in
        Double(others.count { labels[$0] == label }) / Double(max(1, others.count))
      }
    }
  }
}
